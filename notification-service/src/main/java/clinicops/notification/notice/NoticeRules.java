package clinicops.notification.notice;

import clinicops.notification.rules.RuleFile;
import clinicops.notification.template.Template;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/**
 * The clinic's rules for notices, read from {@code notification/rules/notices-v1.json}; each part names its source there.
 *
 * @param approver who stands for the numbers
 * @param beforeSession notices that the clock sends before a session
 */
public record NoticeRules(
        String id,
        String version,
        String approver,
        LocalDate effectiveFrom,
        QuietHours quietHours,
        SmsLimit smsPerTopicAndDay,
        List<BeforeSession> beforeSession,
        List<Preparation> preparation,
        AfterSession afterSession,
        CheckIn checkIn) {

    /** @param limit text messages of one topic that a patient may get on one day of theirs */
    public record SmsLimit(int limit, String source) {}

    /**
     * @param template id of the template
     * @param before how long before the session it is due
     * @param uselessWithin when the session is nearer than this, the notice is dropped
     * @param onlyWithoutEscort whether it is withdrawn as soon as an escort is named
     */
    public record BeforeSession(
            String template, Duration before, Duration uselessWithin, boolean onlyWithoutEscort, String source) {

        public Template kind() {
            return Template.of(template)
                    .orElseThrow(() -> new IllegalArgumentException("no template is called " + template));
        }
    }

    /** Fasting before a session, in minutes. */
    public record Preparation(String route, int solidsMinutes, int liquidsMinutes, String source) {}

    public record AfterSession(Duration usefulFor, String source) {}

    /** @param at time of day in the patient's zone */
    public record CheckIn(int daysLater, LocalTime at, Duration usefulFor, String source) {}

    /** Reads the rules in force. */
    public static NoticeRules read() {
        return RuleFile.read("notices-v1", NoticeRules.class);
    }

    /** {@code notices@1}: what a notice remembers of the rules that planned it. */
    String reference() {
        return id + "@" + version;
    }

    /** How to fast for a route; empty when nothing is known of the route. */
    public Optional<Preparation> preparationFor(String route) {
        return preparation.stream().filter(p -> p.route().equals(route)).findFirst();
    }
}
