package clinicops.scheduling.drug;

import clinicops.chassis.RuleViolation;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One shipment of a controlled drug: the clinic's own (buy-and-bill), or a pharmacy's for one named patient.
 *
 * <p>It is <em>ordered</em>, <em>received</em> with its lot, drawn from until it is <em>used</em>, or its rest is
 * <em>returned</em>. What is on hand changes only together with an entry of the log (see {@link DrugBook}). A shipment for one
 * patient is never used for another.
 */
@Document("stock_lots")
public final class StockLot {
    @Id
    private final String id;

    @Version
    private long version;

    private final String drug;
    private final String ndc;
    private final Container container;
    private final BigDecimal mgPerUnit;
    private final Supply supply;
    private final @Nullable String forPatientId;
    private final int unitsOrdered;
    private final Instant orderedAt;
    private final @Nullable LocalDate dueOn;
    private LotState state = LotState.ORDERED;
    private @Nullable String lot;
    private @Nullable LocalDate expiresOn;
    private int unitsReceived;
    private @Nullable Instant receivedAt;
    private BigDecimal onHandMg = BigDecimal.ZERO;
    private @Nullable Instant returnedAt;

    /** What the drug comes in. */
    public enum Container {
        @JsonProperty("vial")
        VIAL,
        @JsonProperty("device")
        DEVICE
    }

    /** Who bought it. */
    public enum Supply {
        @JsonProperty("buy-and-bill")
        BUY_AND_BILL,
        @JsonProperty("pharmacy")
        PHARMACY
    }

    /** Where a shipment stands. */
    public enum LotState {
        @JsonProperty("ordered")
        ORDERED,
        @JsonProperty("received")
        RECEIVED,
        @JsonProperty("used")
        USED,
        @JsonProperty("returned")
        RETURNED
    }

    /** @param forPatientId whom a pharmacy's shipment is for; null for the clinic's own */
    public StockLot(
            String id,
            String drug,
            String ndc,
            Container container,
            BigDecimal mgPerUnit,
            Supply supply,
            @Nullable String forPatientId,
            int unitsOrdered,
            Instant orderedAt,
            @Nullable LocalDate dueOn) {
        if (supply == Supply.PHARMACY && forPatientId == null) {
            throw new RuleViolation("patient-missing", "a pharmacy's shipment is for one named patient")
                    .withField("forPatientId");
        }
        if (supply == Supply.BUY_AND_BILL && forPatientId != null) {
            throw new RuleViolation("patient-named", "the clinic's own stock is for no one patient")
                    .withField("forPatientId");
        }
        this.id = id;
        this.drug = drug;
        this.ndc = ndc;
        this.container = container;
        this.mgPerUnit = mgPerUnit;
        this.supply = supply;
        this.forPatientId = forPatientId;
        this.unitsOrdered = unitsOrdered;
        this.orderedAt = orderedAt;
        this.dueOn = dueOn;
    }

    /** @return mg received */
    BigDecimal receive(String lotNumber, LocalDate expires, int units, LocalDate today, Instant now) {
        if (state != LotState.ORDERED) {
            throw RuleViolation.conflict("already-received", "the shipment was received already");
        }
        if (!expires.isAfter(today)) {
            throw new RuleViolation("lot-expired", "send back what has expired: it is not received")
                    .withField("expiresOn");
        }
        lot = lotNumber;
        expiresOn = expires;
        unitsReceived = units;
        receivedAt = now;
        state = LotState.RECEIVED;
        onHandMg = mgPerUnit.multiply(BigDecimal.valueOf(units));
        return onHandMg;
    }

    void take(BigDecimal mg) {
        if (onHandMg.compareTo(mg) < 0) {
            throw RuleViolation.conflict(
                            "not-in-stock", "of this lot " + onHandMg.toPlainString() + " mg are on hand by the log")
                    .withField("lot");
        }
        onHandMg = onHandMg.subtract(mg);
        state = onHandMg.signum() == 0 ? LotState.USED : state;
    }

    void put(BigDecimal mg) {
        onHandMg = onHandMg.add(mg);
        state = LotState.RECEIVED;
    }

    /** @return mg sent back */
    BigDecimal giveBack(Instant now) {
        if (state != LotState.RECEIVED) {
            throw RuleViolation.conflict("nothing-on-hand", "nothing of this shipment is on hand");
        }
        BigDecimal rest = onHandMg;
        onHandMg = BigDecimal.ZERO;
        state = LotState.RETURNED;
        returnedAt = now;
        return rest;
    }

    boolean isFor(String patientId) {
        return forPatientId == null || forPatientId.equals(patientId);
    }

    boolean hasExpiredBy(LocalDate day) {
        return expiresOn != null && day.isAfter(expiresOn);
    }

    /** Whether some of it could be drawn for that patient on that day. */
    boolean serves(String patientId, LocalDate day) {
        return state == LotState.RECEIVED && onHandMg.signum() > 0 && isFor(patientId) && !hasExpiredBy(day);
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

    String ndc() {
        return ndc;
    }

    Container container() {
        return container;
    }

    BigDecimal mgPerUnit() {
        return mgPerUnit;
    }

    Supply supply() {
        return supply;
    }

    @Nullable
    String forPatientId() {
        return forPatientId;
    }

    int unitsOrdered() {
        return unitsOrdered;
    }

    Instant orderedAt() {
        return orderedAt;
    }

    @Nullable
    LocalDate dueOn() {
        return dueOn;
    }

    LotState state() {
        return state;
    }

    @Nullable
    String lot() {
        return lot;
    }

    @Nullable
    LocalDate expiresOn() {
        return expiresOn;
    }

    int unitsReceived() {
        return unitsReceived;
    }

    @Nullable
    Instant receivedAt() {
        return receivedAt;
    }

    BigDecimal onHandMg() {
        return onHandMg;
    }

    @Nullable
    Instant returnedAt() {
        return returnedAt;
    }
}
