package clinicops.intake.worklist;

import java.util.Set;

/**
 * What one feature knows to be missing of a patient; each feature has a bean of it, so that the work-list knows none of them. A
 * feature whose facts changed calls {@link WorkList#refresh} afterwards.
 */
public interface StillMissing {
    /** Joins the caller's transaction. */
    Set<Missing> of(String patientId);

    /** What everybody lacks who has just been registered. Asked for thousands at once: answers without the database. */
    Set<Missing> atFirst();
}
