package clinicops.notification.task;

import clinicops.notification.rules.RuleFile;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/**
 * Who is asked, and when, while nobody acknowledges a safety alert. Read from {@code
 * notification/rules/safety-escalation-v1.json}.
 */
record EscalationRules(
        String id, String version, String approver, LocalDate effectiveFrom, String source, List<Step> steps) {

    /** @param after since the alert was raised */
    record Step(String role, Duration after) {}

    static EscalationRules read() {
        return RuleFile.read("safety-escalation-v1", EscalationRules.class);
    }
}
