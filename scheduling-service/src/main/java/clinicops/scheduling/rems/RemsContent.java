package clinicops.scheduling.rems;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the monitoring form tells of a session.
 *
 * @param devices each device with its lot
 * @param before blood pressure before the dose
 * @param after40 about 40 min after it began
 * @param beforeLeaving the last one
 * @param readyToLeaveAt when the patient was well enough to leave
 * @param otherSedatingDrugs given or taken that day
 * @param seriousAdverseEvents what happened, each with its time; empty when nothing did
 */
record RemsContent(
        @DecimalMin("1") @DecimalMax("500") @Digits(integer = 3, fraction = 2)
        BigDecimal doseMg,

        @Size(max = 6) List<@Valid RemsDevice> devices,
        @Nullable Instant doseStartedAt,
        @Nullable @Valid RemsPressure before,
        @Nullable @Valid RemsPressure after40,
        @Nullable @Valid RemsPressure beforeLeaving,
        @Valid RemsEffect sedation,
        @Valid RemsEffect dissociation,
        @Nullable Instant readyToLeaveAt,
        @Size(max = 20) List<@NotBlank @Size(max = 80) String> otherSedatingDrugs,
        @Size(max = 20) List<@Valid RemsEvent> seriousAdverseEvents) {

    /** A device of the session. */
    record RemsDevice(
            @NotBlank @Size(max = 40) String lot,

            @DecimalMin("1") @DecimalMax("500") @Digits(integer = 3, fraction = 2)
            BigDecimal mg) {}

    /** mmHg. */
    record RemsPressure(
            Instant takenAt,
            @Min(30) @Max(300) int systolic,
            @Min(20) @Max(200) int diastolic) {}

    /** @param resolvedAt when it was over; null when it did not occur, or goes on */
    record RemsEffect(Occurrence occurred, @Nullable Instant resolvedAt) {}

    /** Whether an effect was seen. */
    enum Occurrence {
        @JsonProperty("yes")
        YES,
        @JsonProperty("no")
        NO,
        /** Nothing was measured: somebody has to say. */
        @JsonProperty("unknown")
        UNKNOWN
    }

    record RemsEvent(@NotBlank @Size(max = 120) String what, Instant at) {}

    /** Fields that are asked for and empty. */
    @JsonIgnore
    List<String> missing() {
        List<String> open = new ArrayList<>();
        when(devices.isEmpty(), "devices", open);
        when(doseStartedAt == null, "doseStartedAt", open);
        when(before == null, "before", open);
        when(after40 == null, "after40", open);
        when(beforeLeaving == null, "beforeLeaving", open);
        effect(sedation, "sedation", open);
        effect(dissociation, "dissociation", open);
        when(readyToLeaveAt == null, "readyToLeaveAt", open);
        return List.copyOf(open);
    }

    private static void effect(RemsEffect effect, String field, List<String> open) {
        when(
                effect.occurred() == Occurrence.UNKNOWN
                        || effect.occurred() == Occurrence.YES && effect.resolvedAt() == null,
                field,
                open);
    }

    private static void when(boolean empty, String field, List<String> open) {
        if (empty) {
            open.add(field);
        }
    }
}
