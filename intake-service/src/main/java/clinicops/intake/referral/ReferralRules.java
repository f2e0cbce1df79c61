package clinicops.intake.referral;

import clinicops.intake.patient.Contact;
import clinicops.intake.patient.ContactRules;
import clinicops.intake.patient.Demographics;
import clinicops.intake.patient.Indication;
import clinicops.intake.patient.Language;
import clinicops.intake.patient.ReportedCoverage;
import clinicops.intake.patient.Sex;
import clinicops.intake.patient.Urgency;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a referral must be, in whichever form it was sent: turns its columns into a {@link ReferralRow}, or says everything that
 * is wrong with them.
 */
final class ReferralRules {
    static final List<String> COLUMNS = List.of(
            "system",
            "id",
            "given_name",
            "family_name",
            "birth_date",
            "sex",
            "email",
            "phone",
            "zone",
            "language",
            "email_ok",
            "sms_ok",
            "indication",
            "urgency",
            "referred_on",
            "payer_code",
            "plan",
            "member_id");

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]*");
    private static final Pattern PAYER_CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern ISO_DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}\\uFFFD]");
    /** Older than anybody: a slip in the year. */
    private static final int OLDEST_YEARS = 125;

    private final SentReferral.Row sent;
    private final LocalDate today;
    private final String phoneRegion;
    private final List<RowError> errors;

    /** What is wrong with one field; {@code message} repeats none of the field's content. */
    record RowError(String field, String rule, String message) {}

    /** Either a row or its errors. */
    record Result(@Nullable ReferralRow row, List<RowError> errors) {}

    private ReferralRules(SentReferral.Row sent, LocalDate today, String phoneRegion) {
        this.sent = sent;
        this.today = today;
        this.phoneRegion = phoneRegion;
        this.errors = new ArrayList<>(sent.refused());
    }

    /** @param phoneRegion ISO country of numbers without country code */
    static Result judge(SentReferral.Row sent, LocalDate today, String phoneRegion) {
        var rules = new ReferralRules(sent, today, phoneRegion);
        var row = rules.row();
        return new Result(rules.errors.isEmpty() ? row.orElse(null) : null, List.copyOf(rules.errors));
    }

    private Optional<ReferralRow> row() {
        var system = text("system", 200, KEY);
        var id = text("id", 50, KEY);
        var givenName = text("given_name", 100, null);
        var familyName = text("family_name", 100, null);
        var birthDate = date("birth_date").filter(day -> plausible("birth_date", day, OLDEST_YEARS));
        var sex = code("sex", Sex::of, "female, male, other or unknown");
        var email = optional("email", 254, ContactRules.EMAIL);
        var phone = phone();
        var zone = zone();
        var language = code("language", Language::of, "en or es");
        var emailOk = yesOrNo("email_ok");
        var smsOk = yesOrNo("sms_ok");
        var indication = code("indication", Indication::of, "depression, anxiety, ptsd or chronic-pain");
        var urgency = code("urgency", Urgency::of, "routine or urgent");
        var referredOn = date("referred_on").filter(day -> plausible("referred_on", day, OLDEST_YEARS));
        var payerCode = optional("payer_code", 50, PAYER_CODE);
        var plan = optional("plan", 100, null);
        var memberId = optional("member_id", 50, null);
        if (emailOk.orElse(false) && get("email").isEmpty()) {
            error("email", "needed-for-email-ok", "e-mail is allowed, but there is no address");
        }
        if (smsOk.orElse(false) && get("phone").isEmpty()) {
            error("phone", "needed-for-sms-ok", "SMS is allowed, but there is no number");
        }
        if (payerCode.isPresent() && get("member_id").isEmpty()) {
            error("member_id", "needed-for-payer", "an insured patient has a member id");
        }
        if (get("payer_code").isEmpty() && (plan.isPresent() || memberId.isPresent())) {
            error("payer_code", "needed-for-plan", "a plan or member id belongs to a payer");
        }
        if (!errors.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ReferralRow(
                system.orElseThrow() + "|" + id.orElseThrow(),
                new Demographics(
                        givenName.orElseThrow(), familyName.orElseThrow(), birthDate.orElseThrow(), sex.orElseThrow()),
                new Contact(
                        email.orElse(null),
                        phone.orElse(null),
                        zone.orElseThrow(),
                        language.orElseThrow(),
                        emailOk.orElseThrow(),
                        smsOk.orElseThrow()),
                indication.orElseThrow(),
                urgency.orElseThrow(),
                referredOn.orElseThrow(),
                payerCode
                        .map(code -> new ReportedCoverage(1, code, plan.orElse(null)))
                        .orElse(null),
                memberId.orElse(null),
                sent.answers()));
    }

    private String get(String field) {
        return sent.text(field).strip();
    }

    private void error(String field, String rule, String message) {
        if (!sent.unread().contains(field)) {
            errors.add(new RowError(sent.place(field), rule, message));
        }
    }

    private Optional<String> text(String field, int longest, @Nullable Pattern pattern) {
        if (get(field).isEmpty()) {
            error(field, "missing", "must not be empty");
            return Optional.empty();
        }
        return optional(field, longest, pattern);
    }

    private Optional<String> optional(String field, int longest, @Nullable Pattern pattern) {
        String value = get(field);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.length() > longest) {
            error(field, "too-long", "at most " + longest + " characters");
            return Optional.empty();
        }
        if (UNPRINTABLE.matcher(value).find()) {
            error(field, "encoding", "has characters that are not text; what is sent must be UTF-8");
            return Optional.empty();
        }
        if (pattern != null && !pattern.matcher(value).matches()) {
            error(field, "format", "is not written as this field must be");
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private <T> Optional<T> code(String field, Function<String, Optional<T>> of, String allowed) {
        return text(field, 50, null).flatMap(value -> {
            var found = of.apply(value.toLowerCase(Locale.ROOT));
            if (found.isEmpty()) {
                error(field, "unknown-code", "is one of " + allowed);
            }
            return found;
        });
    }

    private Optional<Boolean> yesOrNo(String field) {
        return code(
                field,
                value -> switch (value) {
                    case "yes", "true" -> Optional.of(true);
                    case "no", "false" -> Optional.of(false);
                    default -> Optional.empty();
                },
                "yes or no");
    }

    private Optional<LocalDate> date(String field) {
        return text(field, 20, null).flatMap(value -> {
            try {
                if (ISO_DATE.matcher(value).matches()) {
                    return Optional.of(LocalDate.parse(value));
                }
            } catch (DateTimeParseException noSuchDay) {
                // said below
            }
            error(field, "date", "is a day of the calendar, written as 2026-01-31");
            return Optional.empty();
        });
    }

    private boolean plausible(String field, LocalDate day, int years) {
        if (day.isAfter(today)) {
            error(field, "in-the-future", "must not lie in the future");
            return false;
        }
        if (day.isBefore(today.minusYears(years))) {
            error(field, "too-long-ago", "lies more than " + years + " years back");
            return false;
        }
        return true;
    }

    private Optional<String> zone() {
        return text("zone", 50, null).flatMap(value -> {
            if (ContactRules.isZone(value)) {
                return Optional.of(value);
            }
            error("zone", "unknown-zone", "is an IANA time zone, for example America/New_York");
            return Optional.empty();
        });
    }

    private Optional<String> phone() {
        return optional("phone", 40, null).flatMap(value -> {
            var number = ContactRules.e164(value, phoneRegion);
            if (number.isPresent()) {
                return number;
            }
            error("phone", "phone", "is not a number that can be called");
            return Optional.empty();
        });
    }
}
