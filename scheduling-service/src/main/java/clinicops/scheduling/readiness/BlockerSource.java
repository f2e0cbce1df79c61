package clinicops.scheduling.readiness;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Another feature that may have something against a dose today: a drug that is not on site, a house that was not checked, a
 * patient who is not enrolled. Readiness asks every such bean, for all patients at once: one query, not one a patient.
 */
public interface BlockerSource {
    /** @return by patient id, what stands against treating them; patients without an objection may be left out */
    Map<String, List<Blocker>> of(Collection<PatientAtHand> patients);
}
