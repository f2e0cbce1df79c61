package clinicops.scheduling.house;

import clinicops.scheduling.protocol.Approved;
import java.time.LocalDate;
import java.util.List;

/**
 * The content of house-terms.json.
 *
 * @param items what is looked at each day before the first dose
 */
record HouseTerms(
        String id, String version, String source, String approver, LocalDate effectiveFrom, List<String> items)
        implements Approved {}
