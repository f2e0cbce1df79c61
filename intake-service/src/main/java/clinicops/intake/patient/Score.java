package clinicops.intake.patient;

/**
 * One instrument's result.
 *
 * @param instrument the instrument's id, for example {@code phq-9}
 * @param version the version that scored it
 * @param score points; for a graded instrument the grade's rank, 0 the least
 * @param band the instrument's own name for that score
 */
public record Score(String instrument, String version, int score, String band) {}
