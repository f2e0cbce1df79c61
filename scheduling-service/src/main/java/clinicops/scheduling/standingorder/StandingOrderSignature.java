package clinicops.scheduling.standingorder;

import java.time.Instant;
import java.time.LocalDate;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A prescriber's signature under the standing order of one drug. Never changed: it ends by time, or by the next one.
 *
 * @param terms reference of the standing-orders.json that was signed
 * @param validUntil the last day on which it holds
 */
@Document("standing_order_signatures")
record StandingOrderSignature(
        @Id String id, String drug, String terms, String signedBy, Instant signedAt, LocalDate validUntil) {}
