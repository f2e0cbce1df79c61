package clinicops.scheduling.session;

import clinicops.scheduling.protocol.Approved;
import java.time.LocalDate;
import java.util.Set;

/**
 * The content of overrides.json: what a prescriber may let pass.
 *
 * @param treating rules of readiness and of the pre-dose gate
 * @param leaving rules of the discharge gate
 */
record OverrideRules(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        Set<String> treating,
        Set<String> leaving)
        implements Approved {

    boolean allows(String rule) {
        return treating.contains(rule) || leaving.contains(rule);
    }
}
