package clinicops.intake.instrument;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers that another system sent.
 *
 * @param complete true when that system says that nothing is missing
 * @param authoredAt when they were given; null when it did not say
 */
public record SentAnswers(
        String instrument,
        Map<String, String> answers,
        boolean complete,
        @Nullable Instant authoredAt) {

    /** When they were given; a moment that has not come counts as now. */
    Instant at(Instant now) {
        return authoredAt == null || authoredAt.isAfter(now) ? now : authoredAt;
    }
}
