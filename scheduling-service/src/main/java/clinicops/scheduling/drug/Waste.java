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
 * Somebody says that they wasted some of a controlled drug. It is in the log only once a second person who saw it has confirmed
 * it from the own login; until then it is <em>waiting</em>. Who did not see it refuses.
 */
@Document("drug_wastes")
final class Waste {
    @Id
    private final String id;

    @Version
    private long version;

    private final String drug;
    private final @Nullable String drawId;
    private final @Nullable String lotId;
    private final @Nullable String patientId;
    private final BigDecimal mg;
    private final WasteReason reason;
    private final String by;
    private final Instant at;
    private WasteState state = WasteState.WAITING;
    private @Nullable String witness;
    private @Nullable Instant witnessedAt;

    /** Why it was wasted. */
    enum WasteReason {
        @JsonProperty("rest-of-draw")
        REST_OF_DRAW("rest-of-draw"),
        @JsonProperty("rest-of-vial")
        REST_OF_VIAL("rest-of-vial"),
        @JsonProperty("expired")
        EXPIRED("expired"),
        @JsonProperty("broken")
        BROKEN("broken"),
        @JsonProperty("not-given")
        NOT_GIVEN("not-given");

        private final String code;

        WasteReason(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /** Where it stands. */
    enum WasteState {
        @JsonProperty("waiting")
        WAITING,
        @JsonProperty("witnessed")
        WITNESSED,
        @JsonProperty("refused")
        REFUSED
    }

    Waste(
            String id,
            String drug,
            @Nullable String drawId,
            @Nullable String lotId,
            @Nullable String patientId,
            BigDecimal mg,
            WasteReason reason,
            String by,
            Instant at) {
        this.id = id;
        this.drug = drug;
        this.drawId = drawId;
        this.lotId = lotId;
        this.patientId = patientId;
        this.mg = mg;
        this.reason = reason;
        this.by = by;
        this.at = at;
    }

    void witness(String who, Instant now) {
        requireWaiting();
        if (who.equals(by)) {
            throw DrugBook.secondPerson();
        }
        state = WasteState.WITNESSED;
        witness = who;
        witnessedAt = now;
    }

    /** By a second person who did not see it, or by the first, who takes it back. */
    void refuse(String who, Instant now) {
        requireWaiting();
        state = WasteState.REFUSED;
        witness = who;
        witnessedAt = now;
    }

    private void requireWaiting() {
        if (state != WasteState.WAITING) {
            throw RuleViolation.conflict("already-confirmed", "somebody answered it already");
        }
    }

    String id() {
        return id;
    }

    long version() {
        return version;
    }

    String drug() {
        return drug;
    }

    @Nullable
    String drawId() {
        return drawId;
    }

    @Nullable
    String lotId() {
        return lotId;
    }

    @Nullable
    String patientId() {
        return patientId;
    }

    BigDecimal mg() {
        return mg;
    }

    WasteReason reason() {
        return reason;
    }

    String by() {
        return by;
    }

    Instant at() {
        return at;
    }

    WasteState state() {
        return state;
    }

    @Nullable
    String witness() {
        return witness;
    }

    @Nullable
    Instant witnessedAt() {
        return witnessedAt;
    }
}
