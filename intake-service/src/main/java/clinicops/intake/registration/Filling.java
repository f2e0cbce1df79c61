package clinicops.intake.registration;

import java.time.Instant;

/**
 * Who filled a section last.
 *
 * @param by a username, or {@code patient}
 */
public record Filling(String by, Instant at) {}
