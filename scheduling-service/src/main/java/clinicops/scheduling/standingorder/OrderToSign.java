package clinicops.scheduling.standingorder;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A rescue drug that no signed standing order covered. It was given all the same, as it is never refused; a prescriber signs it
 * as an order of their own.
 *
 * @param id session and number of the rescue drug in it
 * @param why {@code not-signed}: no signature held; {@code above-order}: more than the order allows
 * @param signedBy null while it waits
 */
@Document("orders_to_sign")
record OrderToSign(
        @Id String id,
        @Version long version,
        String sessionId,
        String patientId,
        String drug,
        BigDecimal amountMg,
        String why,
        String givenBy,
        Instant givenAt,
        @Nullable String signedBy,
        @Nullable Instant signedAt) {
    OrderToSign signed(String by, Instant now) {
        return new OrderToSign(id, version, sessionId, patientId, drug, amountMg, why, givenBy, givenAt, by, now);
    }
}
