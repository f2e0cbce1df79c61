package clinicops.notification.delivery;

import clinicops.chassis.BusinessClock;
import clinicops.contracts.Money;
import clinicops.notification.notice.Notice;
import clinicops.notification.notice.NoticeFacts;
import clinicops.notification.notice.NoticeRules;
import clinicops.notification.session.BookedSession;
import clinicops.notification.template.Channel;
import clinicops.notification.template.Language;
import clinicops.notification.template.Text;
import clinicops.notification.template.Texts;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a notice in the patient's language. Times of sessions are the clinic's, where the patient has to be. The patient's
 * name, amounts and the like are offered to mails only, so that no text message can name them.
 */
final class NoticeWriter {

    private final Texts texts = new Texts();
    private final DeliverySettings settings;
    private final NoticeRules rules;
    private final ZoneId clinicZone;

    NoticeWriter(DeliverySettings settings, NoticeRules rules, BusinessClock clock) {
        this.settings = settings;
        this.rules = rules;
        this.clinicZone = clock.clinicZone();
    }

    /**
     * @param course the sessions to tell, for a notice about a course
     * @param link the address to tell, for a notice about a link
     * @throws IllegalArgumentException when the text can't be written from what is known
     */
    Text write(Notice notice, Language language, String givenName, List<BookedSession> course, @Nullable URI link) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("clinicName", settings.clinicName());
        facts.put("clinicPhone", settings.clinicPhone());
        Instant startsAt = notice.facts().startsAt();
        if (startsAt != null) {
            facts.put("day", language.day(startsAt, clinicZone));
            facts.put("time", language.time(startsAt, clinicZone));
            facts.put("when", language.brief(startsAt, clinicZone));
        }
        Instant usefulUntil = notice.usefulUntil();
        if (link != null) {
            facts.put("link", link.toString());
        }
        if (usefulUntil != null) {
            facts.put("untilDay", language.day(usefulUntil, clinicZone));
            facts.put("untilTime", language.time(usefulUntil, clinicZone));
        }
        if (notice.channel() == Channel.EMAIL) {
            facts.put("givenName", givenName);
            facts.put("sessions", sessions(course, language));
            money(facts, notice.facts(), language);
            fasting(facts, notice.facts(), language);
        }
        return texts.write(notice.template(), notice.templateVersion(), language, notice.channel(), facts);
    }

    private List<Map<String, ?>> sessions(List<BookedSession> course, Language language) {
        return course.stream()
                .<Map<String, ?>>map(s -> Map.of(
                        "number", s.number(),
                        "day", language.day(s.startsAt(), clinicZone),
                        "time", language.time(s.startsAt(), clinicZone)))
                .toList();
    }

    private void fasting(Map<String, Object> facts, NoticeFacts of, Language language) {
        String route = of.route();
        var preparation = route == null ? null : rules.preparationFor(route).orElse(null);
        facts.put("fasting", preparation != null);
        if (preparation != null) {
            facts.put("solids", language.duration(preparation.solidsMinutes()));
            facts.put("liquids", language.duration(preparation.liquidsMinutes()));
        }
    }

    private static void money(Map<String, Object> facts, NoticeFacts of, Language language) {
        Integer sessions = of.sessions();
        Money amount = of.amount();
        Money balance = of.balance();
        LocalDate dueOn = of.dueOn();
        if (sessions != null) {
            facts.put("sessionCount", sessions);
        }
        if (amount != null) {
            facts.put("amount", dollars(amount));
        }
        if (balance != null) {
            facts.put("balance", dollars(balance));
        }
        if (dueOn != null) {
            facts.put("dueDay", language.day(dueOn));
        }
    }

    /** {@code $1,234.50}, as it is written in the United States in either language. */
    static String dollars(Money money) {
        long cents = Math.abs(money.cents());
        return String.format(Locale.US, "%s$%,d.%02d", money.cents() < 0 ? "-" : "", cents / 100, cents % 100);
    }
}
