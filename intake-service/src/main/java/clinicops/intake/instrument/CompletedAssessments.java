package clinicops.intake.instrument;

/** Who must know when an instrument is completed. Called in the transaction that completes it, after it is kept. */
public interface CompletedAssessments {
    void completed(String patientId, String assessmentId);
}
