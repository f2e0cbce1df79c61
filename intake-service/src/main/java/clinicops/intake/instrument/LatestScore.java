package clinicops.intake.instrument;

import java.time.Instant;

/** The newest value of one scale of one instrument. */
public record LatestScore(String assessmentId, ScaleScore score, Instant completedAt) {}
