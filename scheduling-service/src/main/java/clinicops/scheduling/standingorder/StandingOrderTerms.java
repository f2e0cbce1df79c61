package clinicops.scheduling.standingorder;

import clinicops.scheduling.protocol.Approved;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The content of standing-orders.json: what a nurse may give without asking first.
 *
 * @param validMonths how long a prescriber's signature holds
 * @param warnDays it is shown as expiring so many days before
 */
record StandingOrderTerms(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        int validMonths,
        int warnDays,
        List<Order> orders)
        implements Approved {

    /**
     * @param mostMg at one time
     * @param recheckMinutes vital signs again after so long
     */
    record Order(String drug, String route, BigDecimal mostMg, int recheckMinutes) {}

    Optional<Order> of(String drug) {
        return orders.stream().filter(order -> order.drug().equals(drug)).findFirst();
    }
}
