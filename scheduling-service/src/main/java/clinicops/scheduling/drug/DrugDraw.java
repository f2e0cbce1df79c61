package clinicops.scheduling.drug;

import clinicops.chassis.RuleViolation;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What was taken out of the stock at one moment for one session. Its rest stays open until it is wasted before a witness:
 * drawn = given + wasted + open, always.
 */
@Document("drug_draws")
public final class DrugDraw {
    @Id
    private final String id;

    @Version
    private long version;

    private final String drug;
    private final @Nullable String lotId;
    private final String sessionId;
    private final String patientId;
    private final BigDecimal drawnMg;
    private final String by;
    private final Instant at;
    private BigDecimal givenMg = BigDecimal.ZERO;
    private BigDecimal wastedMg = BigDecimal.ZERO;
    /** Kept beside the amounts, so that a query finds it. */
    private boolean open = true;

    /** @param lotId null when by the log nothing was there to take it from */
    DrugDraw(
            String id,
            String drug,
            @Nullable String lotId,
            String sessionId,
            String patientId,
            BigDecimal drawnMg,
            String by,
            Instant at) {
        this.id = id;
        this.drug = drug;
        this.lotId = lotId;
        this.sessionId = sessionId;
        this.patientId = patientId;
        this.drawnMg = drawnMg;
        this.by = by;
        this.at = at;
    }

    void give(BigDecimal mg) {
        givenMg = givenMg.add(within(mg));
        open = openMg().signum() != 0;
    }

    /** Less was given than was told at first. */
    void giveLess(BigDecimal mg) {
        givenMg = givenMg.subtract(mg);
        open = openMg().signum() != 0;
    }

    void waste(BigDecimal mg) {
        wastedMg = wastedMg.add(within(mg));
        open = openMg().signum() != 0;
    }

    private BigDecimal within(BigDecimal mg) {
        if (mg.compareTo(openMg()) > 0) {
            throw new RuleViolation(
                            "waste-above-drawn",
                            "of this draw " + openMg().toPlainString() + " mg are not accounted for")
                    .withField("mg");
        }
        return mg;
    }

    BigDecimal openMg() {
        return drawnMg.subtract(givenMg).subtract(wastedMg);
    }

    public String id() {
        return id;
    }

    public long version() {
        return version;
    }

    public String drug() {
        return drug;
    }

    @Nullable
    String lotId() {
        return lotId;
    }

    public String sessionId() {
        return sessionId;
    }

    public String patientId() {
        return patientId;
    }

    BigDecimal drawnMg() {
        return drawnMg;
    }

    BigDecimal givenMg() {
        return givenMg;
    }

    BigDecimal wastedMg() {
        return wastedMg;
    }

    public boolean isOpen() {
        return open;
    }

    public String by() {
        return by;
    }

    public Instant at() {
        return at;
    }
}
