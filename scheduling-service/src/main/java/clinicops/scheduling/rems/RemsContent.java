package clinicops.scheduling.rems;

import clinicops.chassis.RuleViolation;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
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

    /** Fields that are another in {@code other}, in the form's order. */
    List<String> changedIn(RemsContent other) {
        List<String> changed = new ArrayList<>();
        when(doseMg.compareTo(other.doseMg) != 0, "doseMg", changed);
        when(!sameDevices(other), "devices", changed);
        when(!Objects.equals(doseStartedAt, other.doseStartedAt), "doseStartedAt", changed);
        when(!Objects.equals(before, other.before), "before", changed);
        when(!Objects.equals(after40, other.after40), "after40", changed);
        when(!Objects.equals(beforeLeaving, other.beforeLeaving), "beforeLeaving", changed);
        when(!sedation.equals(other.sedation), "sedation", changed);
        when(!dissociation.equals(other.dissociation), "dissociation", changed);
        when(!Objects.equals(readyToLeaveAt, other.readyToLeaveAt), "readyToLeaveAt", changed);
        when(!otherSedatingDrugs.equals(other.otherSedatingDrugs), "otherSedatingDrugs", changed);
        when(!seriousAdverseEvents.equals(other.seriousAdverseEvents), "seriousAdverseEvents", changed);
        return List.copyOf(changed);
    }

    private boolean sameDevices(RemsContent other) {
        return devices.size() == other.devices.size()
                && IntStream.range(0, devices.size())
                        .allMatch(i -> devices.get(i)
                                        .lot()
                                        .equals(other.devices.get(i).lot())
                                && devices.get(i)
                                                .mg()
                                                .compareTo(other.devices.get(i).mg())
                                        == 0);
    }

    /**
     * Judges the blood pressures among these fields; what the session told stays as it is. To the minute, as staff write times.
     *
     * @throws RuleViolation {@code pressure-order} or {@code reading-time} (422)
     */
    void check(List<String> fields, Instant now) {
        check(fields, "before", before, false, now);
        check(fields, "after40", after40, true, now);
        check(fields, "beforeLeaving", beforeLeaving, true, now);
    }

    private void check(
            List<String> fields, String field, @Nullable RemsPressure pressure, boolean afterDose, Instant now) {
        if (pressure == null || !fields.contains(field)) {
            return;
        }
        if (pressure.systolic() <= pressure.diastolic()) {
            throw new RuleViolation("pressure-order", "the systolic pressure is above the diastolic")
                    .withField(field + ".systolic");
        }
        Instant taken = pressure.takenAt().truncatedTo(ChronoUnit.MINUTES);
        Instant dose = doseStartedAt == null ? null : doseStartedAt.truncatedTo(ChronoUnit.MINUTES);
        boolean wrongSide = dose != null && (afterDose ? taken.isBefore(dose) : taken.isAfter(dose));
        if (wrongSide || taken.isAfter(now)) {
            throw new RuleViolation(
                            "reading-time",
                            taken.isAfter(now)
                                    ? "it was taken in the future"
                                    : afterDose ? "it was taken before the dose" : "it was taken after the dose began")
                    .withField(field + ".takenAt");
        }
    }

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
