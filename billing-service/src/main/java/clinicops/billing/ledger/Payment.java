package clinicops.billing.ledger;

import clinicops.billing.money.Usd;
import clinicops.chassis.RuleViolation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/** Money that a patient paid. Life: received; perhaps reversed, once, with a reason (a bounced check, a mistake). */
@Document("payments")
public class Payment {
    @Id
    private final String id;

    @Version
    private long version;

    private final String patientId;
    private final Usd amount;
    private final String method;
    private final String transactionId;
    private final Instant receivedAt;
    private @Nullable String reversedBecause;

    @PersistenceCreator
    Payment(
            String id,
            long version,
            String patientId,
            Usd amount,
            String method,
            String transactionId,
            Instant receivedAt,
            @Nullable String reversedBecause) {
        this.id = id;
        this.version = version;
        this.patientId = patientId;
        this.amount = amount;
        this.method = method;
        this.transactionId = transactionId;
        this.receivedAt = receivedAt;
        this.reversedBecause = reversedBecause;
    }

    /** @throws RuleViolation {@code already-reversed} */
    void reverse(String reason) {
        if (reversedBecause != null) {
            throw RuleViolation.conflict("already-reversed", "the payment was reversed before");
        }
        reversedBecause = reason;
    }

    public String id() {
        return id;
    }

    public long version() {
        return version;
    }

    public String patientId() {
        return patientId;
    }

    public Usd amount() {
        return amount;
    }

    /** card, cash, check. */
    public String method() {
        return method;
    }

    String transactionId() {
        return transactionId;
    }

    public Instant receivedAt() {
        return receivedAt;
    }

    /** Null unless reversed. */
    public @Nullable String reversedBecause() {
        return reversedBecause;
    }
}
