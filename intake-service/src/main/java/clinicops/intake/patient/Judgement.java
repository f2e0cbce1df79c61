package clinicops.intake.patient;

/**
 * Runs the contraindication rules again. Whoever keeps facts that the rules look at calls it in the same transaction, after
 * keeping them, so that no decision ever rests on facts that nobody judged.
 */
public interface Judgement {
    /**
     * Judges all facts that are known of the patient now. Nothing happens before the first screening, or when nothing changed.
     *
     * @param because what changed, as a code: {@code registration-changed}, {@code assessment-completed}, {@code
     *     workup-recorded}, {@code patients-merged} (or unmerged)
     */
    void rejudge(String patientId, String because);
}
