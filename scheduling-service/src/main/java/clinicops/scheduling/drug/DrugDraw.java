package clinicops.scheduling.drug;

import clinicops.chassis.RuleViolation;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What was taken out of the stock at one moment for one session. Its rest stays open until it is wasted before a witness:
 * drawn = given + wasted + open, always. While its dose is to come or runs, what is open is in use and nobody misses it; only what
 * is left of a dose that is over, of a draw that was replaced, or of a session without a dose has to be accounted for.
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

    private DrawUse use = DrawUse.LEFT;

    /** Where the open part of a draw is. */
    enum DrawUse {
        /** In the syringe or bag, for a dose that has not begun. */
        @JsonProperty("drawn-up")
        DRAWN_UP,
        /** Its dose runs. */
        @JsonProperty("running")
        RUNNING,
        /** Nothing uses it any more: somebody wastes it, or says where it is. */
        @JsonProperty("left")
        LEFT;

        boolean inUse() {
            return this != LEFT;
        }
    }

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

    /** @return whether that is news */
    boolean put(DrawUse now) {
        boolean news = use != now;
        use = now;
        return news;
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

    /** @throws RuleViolation {@code dose-running} (409): what is left of it is known when it has ended */
    void waste(BigDecimal mg) {
        if (use == DrawUse.RUNNING) {
            throw RuleViolation.conflict(
                            "dose-running", "the dose runs: its rest is wasted when it has ended or was stopped")
                    .withField("drawId");
        }
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

    DrawUse use() {
        return use;
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
