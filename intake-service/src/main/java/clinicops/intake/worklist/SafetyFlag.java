package clinicops.intake.worklist;

/** Whether something that concerns a patient's safety is unresolved; a bean of the feature that knows. */
public interface SafetyFlag {
    /** Joins the caller's transaction. */
    boolean raised(String patientId);
}
