package clinicops.intake.outcome;

import clinicops.intake.instrument.Instrument.Measure;
import clinicops.intake.instrument.Instrument.Remission;
import clinicops.intake.instrument.Instrument.Response;
import clinicops.intake.instrument.LatestScore;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One score taken after treatment began, held against the baseline: the last score of the same scale before the first session,
 * or, when there is none, the first ever. Nothing here originates here, so it can be made again from scores and sessions.
 *
 * @param id the assessment and the scale
 * @param change from the baseline; negative when the score fell
 * @param changePercent of the baseline, one decimal; null for a baseline of 0
 * @param response null when the scale has no threshold, or the baseline leaves nothing to fall
 * @param remission null when the scale has no threshold
 * @param sessions given until then
 * @param route of the last of these
 * @param diagnosis ICD-10-CM of the plan; null without a plan
 */
@Document("outcomes")
record FollowUp(
        @Id String id,
        String assessmentId,
        String patientId,
        String instrument,
        String instrumentVersion,
        String scale,
        BigDecimal baseline,
        BigDecimal value,
        BigDecimal change,
        @Nullable BigDecimal changePercent,
        @Nullable Boolean response,
        @Nullable Boolean remission,
        int sessions,
        String route,
        @Nullable String diagnosis,
        Instant at) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** @param response the scale's threshold; null when there is none; so with {@code remission} */
    static FollowUp of(
            String patientId,
            LatestScore baseline,
            LatestScore now,
            @Nullable Response response,
            @Nullable Remission remission,
            int sessions,
            String route,
            @Nullable String diagnosis) {
        BigDecimal before = baseline.score().value();
        BigDecimal value = now.score().value();
        BigDecimal fall = before.subtract(value);
        boolean mayFall = before.signum() > 0;
        return new FollowUp(
                now.assessmentId() + "/" + now.score().scale(),
                now.assessmentId(),
                patientId,
                now.score().instrument(),
                now.score().version(),
                now.score().scale(),
                before,
                value,
                fall.negate(),
                mayFall ? fall.negate().multiply(HUNDRED).divide(before, 1, RoundingMode.HALF_UP) : null,
                response == null || !mayFall ? null : responded(before, fall, response),
                remission == null ? null : value.compareTo(remission.atMost()) <= 0,
                sessions,
                route,
                diagnosis,
                now.completedAt());
    }

    private static boolean responded(BigDecimal before, BigDecimal fall, Response response) {
        return response.measure() == Measure.POINTS
                ? fall.compareTo(response.fall()) >= 0
                // without rounding: 50 % of 13 is not reached by 6
                : fall.multiply(HUNDRED).compareTo(before.multiply(response.fall())) >= 0;
    }
}
