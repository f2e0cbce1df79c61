package clinicops.billing.payer;

import clinicops.chassis.RuleViolation;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An insurer.
 *
 * <p>Life: <em>named</em> by a patient's coverage before the clinic knows it (a task for the biller), or at once <em>known</em>
 * by an admin. A coverage that finds its payer unknown touches the payer's document, so that it and the admin's entry can never
 * miss each other.
 */
@Document("payers")
public class Payer {
    @Id
    private final String code;

    @Version
    private long version;

    private boolean known;
    private int waitingCoverages;
    private @Nullable String name;
    private @Nullable PayerClass payerClass;
    private boolean authorizationRequired;

    @PersistenceCreator
    Payer(
            String code,
            long version,
            boolean known,
            int waitingCoverages,
            @Nullable String name,
            @Nullable PayerClass payerClass,
            boolean authorizationRequired) {
        this.code = code;
        this.version = version;
        this.known = known;
        this.waitingCoverages = waitingCoverages;
        this.name = name;
        this.payerClass = payerClass;
        this.authorizationRequired = authorizationRequired;
    }

    static Payer unknown(String code) {
        return new Payer(code, 0, false, 0, null, null, false);
    }

    /** A coverage names this payer, which nobody has entered yet. */
    void awaitedByCoverage() {
        waitingCoverages++;
    }

    /** @throws RuleViolation {@code payer-exists} */
    void enter(String name, PayerClass payerClass, boolean authorizationRequired) {
        if (known) {
            throw RuleViolation.conflict("payer-exists", "there is a payer " + code)
                    .withField("code");
        }
        known = true;
        waitingCoverages = 0;
        this.name = name;
        this.payerClass = payerClass;
        this.authorizationRequired = authorizationRequired;
    }

    public String code() {
        return code;
    }

    public boolean known() {
        return known;
    }

    /** Null while the payer is not known. */
    public @Nullable String name() {
        return name;
    }

    /** Null while the payer is not known. */
    public @Nullable PayerClass payerClass() {
        return payerClass;
    }

    /** The payer's usual rule for ketamine sessions; a coverage's checked benefits go before it. */
    public boolean authorizationRequired() {
        return authorizationRequired;
    }

    /** Coverages that wait for the payer to be entered. */
    public int waitingCoverages() {
        return waitingCoverages;
    }

    public long version() {
        return version;
    }
}
