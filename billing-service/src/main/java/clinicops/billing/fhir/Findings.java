package clinicops.billing.fhir;

import clinicops.billing.money.Usd;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a resource, all of it, so that an insurer mends it in one go. Each reader answers null when the field is
 * missing or wrong, and has noted it then.
 */
final class Findings {
    private static final Pattern LOCAL_ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
    /** In dollars: ten million, as for amounts that staff type. */
    private static final BigDecimal LARGEST = BigDecimal.valueOf(10_000_000);

    private static final int LONGEST_NUMBER = 12;

    private final FhirBase base;
    private final ZoneId zone;
    private final List<FhirIssue> issues = new ArrayList<>();

    /** @param zone of the clinic: what day a time of the insurer's is here */
    Findings(FhirBase base, ZoneId zone) {
        this.base = base;
        this.zone = zone;
    }

    /** @throws FhirRefusal 422 with everything that was found */
    void refuseIfAny() {
        if (!issues.isEmpty()) {
            throw new FhirRefusal(422, issues);
        }
    }

    void note(IssueType type, String rule, String text, String path) {
        issues.add(new FhirIssue(type, rule, text, path));
    }

    void broken(String rule, String text, String path) {
        note(IssueType.BUSINESSRULE, rule, text, path);
    }

    void required(String path) {
        note(IssueType.REQUIRED, "required", "is required", path);
    }

    /** Notes the rule unless it holds. */
    void check(boolean holds, String rule, String text, String path) {
        if (!holds) {
            broken(rule, text, path);
        }
    }

    /** The id of a resource of this server. */
    @Nullable
    String reference(@Nullable Reference reference, String type, String path) {
        if (reference == null || reference.isEmpty()) {
            required(path);
            return null;
        }
        String text = reference.getReference();
        if (text == null || text.isBlank()) {
            required(path + ".reference");
            return null;
        }
        String local =
                text.startsWith(base.url() + "/") ? text.substring(base.url().length() + 1) : text;
        String prefix = type + "/";
        if (!local.startsWith(prefix)
                || !LOCAL_ID.matcher(local.substring(prefix.length())).matches()) {
            note(
                    IssueType.INVALID,
                    "reference-local",
                    "has to be " + prefix + "{id} of this server",
                    path + ".reference");
            return null;
        }
        return local.substring(prefix.length());
    }

    /** The one identifier's value. */
    @Nullable
    String identifier(List<Identifier> identifiers, int longest, String path) {
        if (identifiers.isEmpty()) {
            required(path);
            return null;
        }
        if (identifiers.size() > 1) {
            broken("one-identifier", "has to be one: your own number of the claim", path);
            return null;
        }
        return text(identifiers.getFirst().getValue(), longest, path + "[0].value");
    }

    @Nullable
    String text(@Nullable String text, int longest, String path) {
        if (text == null || text.isBlank()) {
            required(path);
            return null;
        }
        if (text.length() > longest) {
            note(IssueType.TOOLONG, "text-too-long", "has at most " + longest + " characters", path);
            return null;
        }
        return text;
    }

    /** A day, or the clinic's day of a time. */
    @Nullable
    LocalDate day(@Nullable BaseDateTimeType when, String path) {
        if (when == null || when.getValue() == null) {
            required(path);
            return null;
        }
        return switch (when.getPrecision()) {
            case YEAR, MONTH -> {
                note(IssueType.INVALID, "date-to-the-day", "has to name the day", path);
                yield null;
            }
            case DAY -> LocalDate.parse(when.getValueAsString());
            default -> LocalDate.ofInstant(when.getValue().toInstant(), zone);
        };
    }

    /** US dollars, to the cent. */
    @Nullable
    Usd money(@Nullable Money money, String path) {
        if (money == null || money.isEmpty()) {
            required(path);
            return null;
        }
        BigDecimal value = money.getValue();
        boolean sound = true;
        if (value == null) {
            required(path + ".value");
            sound = false;
        }
        if (!money.hasCurrency()) {
            required(path + ".currency");
            sound = false;
        } else if (!money.getCurrency().equals("USD")) {
            broken("currency-usd", "has to be USD", path + ".currency");
            sound = false;
        }
        if (value == null) {
            return null;
        }
        if (value.scale() > 2) {
            broken("two-places", "has at most two places", path + ".value");
            return null;
        }
        if (value.signum() < 0) {
            broken("not-negative", "can't be negative", path + ".value");
            return null;
        }
        // a huge exponent is refused before it becomes digits
        if ((long) value.precision() - value.scale() > LONGEST_NUMBER || value.compareTo(LARGEST) > 0) {
            broken("amount-limit", "is more than 10 million dollars", path + ".value");
            return null;
        }
        return sound ? new Usd(value.movePointRight(2).longValueExact()) : null;
    }

    /** The code of that system in a concept; null, and nothing noted, when there is none. */
    static @Nullable String code(@Nullable CodeableConcept concept, String system) {
        if (concept == null) {
            return null;
        }
        for (Coding coding : concept.getCoding()) {
            if (system.equals(coding.getSystem()) && coding.getCode() != null) {
                return coding.getCode();
            }
        }
        return null;
    }
}
