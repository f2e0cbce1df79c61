package clinicops.scheduling.protocol;

import java.time.LocalDate;

/**
 * Where a set of clinical numbers comes from. Records that were made under it keep {@link #reference()}.
 *
 * @param id name of the set, for example {@code vitals-limits}
 * @param version the set's own version
 * @param source label, rule or practice that the numbers come from; (P) published, (K) practice to be confirmed
 * @param approver who answers for the numbers
 * @param effectiveFrom first day in force
 */
public record ProtocolHeader(String id, String version, String source, String approver, LocalDate effectiveFrom) {
    /** For example {@code vitals-limits@2026-11}. */
    public String reference() {
        return id + "@" + version;
    }
}
