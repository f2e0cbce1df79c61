package clinicops.scheduling.drug;

import clinicops.scheduling.protocol.Approved;
import java.time.LocalDate;
import java.util.List;

/**
 * The content of drug-terms.json.
 *
 * @param controlled drugs whose every mg is in the log
 * @param onSiteBusinessDays how long before a session its drug is looked for
 * @param lossReportBusinessDays how long a theft or significant loss may wait to be reported to the DEA
 * @param inventoryEveryMonths how often everything is counted by law
 */
record DrugTerms(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        List<Controlled> controlled,
        int onSiteBusinessDays,
        int lossReportBusinessDays,
        int inventoryEveryMonths)
        implements Approved {

    /** @param schedule of the Controlled Substances Act */
    record Controlled(String drug, String schedule) {}

    boolean controls(String drug) {
        return controlled.stream().anyMatch(one -> one.drug().equals(drug));
    }
}
