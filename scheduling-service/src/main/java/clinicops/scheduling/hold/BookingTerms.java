package clinicops.scheduling.hold;

import clinicops.scheduling.protocol.Approved;
import java.time.LocalDate;

/** @param holdMinutes how long places are kept for somebody who is asked whether they suit */
record BookingTerms(String id, String version, String source, String approver, LocalDate effectiveFrom, int holdMinutes)
        implements Approved {}
