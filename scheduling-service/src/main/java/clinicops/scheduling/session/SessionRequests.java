package clinicops.scheduling.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Bodies of what is done to a session. */
final class SessionRequests {
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private static final String NDC = "\\d{4,5}-\\d{3,4}-\\d{1,2}";

    private SessionRequests() {}

    /** For actions that need no word beside who and when. */
    record NoDetails() {}

    /** When something that can't wait happened, and under which id it is sent until an answer comes. */
    sealed interface ExitDetails {
        @Nullable
        String entryId();

        @Nullable
        Instant at();

        @Nullable
        Instant deviceAt();
    }

    /**
     * @param entryId UUID that the tablet gives it: sent again under the same, it is the same entry
     * @param at when it happened, by the tablet's clock; left out: now
     * @param deviceAt the tablet's clock at the moment of sending; a clock that is off is corrected by it
     */
    record ExitRequest(
            @Pattern(regexp = UUID) @Nullable String entryId,
            @Nullable Instant at,
            @Nullable Instant deviceAt) implements ExitDetails {}

    /** @param phone as the escort gave it, 7 to 20 characters */
    record EscortRequest(
            @NotBlank @Size(max = 80) String name,

            @NotBlank @Pattern(regexp = "\\+?[0-9 ()./-]{7,20}")
            String phone,

            @NotBlank @Size(max = 40) String relation) {}

    record MoveRequest(
            Instant startsAt,
            @NotBlank String chairId,
            @NotBlank String nurseId) {}

    record CancelRequest(CancelReason reason) {}

    enum CancelReason {
        @JsonProperty("patient")
        PATIENT("patient"),
        @JsonProperty("clinic")
        CLINIC("clinic"),
        @JsonProperty("safety")
        SAFETY("safety");

        private final String code;

        CancelReason(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /**
     * @param fastingSolidsHours hours since the last solid food
     * @param fastingLiquidsHours hours since the last clear liquid
     * @param drugsChanged whether the patient's drugs changed since last time
     * @param decongestantHours hours since a nasal steroid or decongestant; left out when none was used
     */
    record GateRequest(
            @DecimalMin("0") @DecimalMax("72") @Digits(integer = 2, fraction = 2)
            BigDecimal fastingSolidsHours,

            @DecimalMin("0") @DecimalMax("72") @Digits(integer = 2, fraction = 2)
            BigDecimal fastingLiquidsHours,

            PregnancyTest pregnancyTest,
            boolean drugsChanged,

            @DecimalMin("0") @DecimalMax("72") @Digits(integer = 2, fraction = 2) @Nullable
            BigDecimal decongestantHours) {}

    enum PregnancyTest {
        @JsonProperty("negative")
        NEGATIVE,
        @JsonProperty("positive")
        POSITIVE,
        @JsonProperty("not-applicable")
        NOT_APPLICABLE
    }

    /**
     * @param doseMgPerKg mg per kg of measured weight to begin with, in steps of the dose rule; left out when the plan fixes the
     *     dose in mg
     * @param highMgPerKg the range may be titrated up to here; left out: no more than {@code doseMgPerKg}
     * @param weightKg measured now; left out when a weight of the last 30 days is known
     * @param weighedAgain the scale said so twice: takes a weight that is far off the last one
     */
    record OrderRequest(
            @DecimalMin("0.01") @DecimalMax("5") @Digits(integer = 1, fraction = 3) @Nullable
            BigDecimal doseMgPerKg,

            @DecimalMin("0.01") @DecimalMax("5") @Digits(integer = 1, fraction = 3) @Nullable
            BigDecimal highMgPerKg,

            @DecimalMin("30") @DecimalMax("300") @Digits(integer = 3, fraction = 2) @Nullable
            BigDecimal weightKg,

            @Nullable Boolean weighedAgain) {}

    /** @param doseMgPerKg inside the ordered range, in steps of the dose rule */
    record TitrateRequest(
            @DecimalMin("0.01") @DecimalMax("5") @Digits(integer = 1, fraction = 3)
            BigDecimal doseMgPerKg) {}

    /**
     * @param volumeMl volume to be infused
     * @param rateMlPerH millilitres per hour
     */
    record PumpRequest(
            @DecimalMin("0.01") @DecimalMax("500") @Digits(integer = 3, fraction = 3)
            BigDecimal volumeMl,

            @DecimalMin("0.1") @DecimalMax("1500") @Digits(integer = 4, fraction = 2)
            BigDecimal rateMlPerH) {}

    /** @param site required for an injection into a muscle, left out for the other routes */
    record StartRequest(@Nullable InjectionSite site) {}

    enum InjectionSite {
        @JsonProperty("deltoid-left")
        DELTOID_LEFT("deltoid-left"),
        @JsonProperty("deltoid-right")
        DELTOID_RIGHT("deltoid-right"),
        @JsonProperty("thigh-left")
        THIGH_LEFT("thigh-left"),
        @JsonProperty("thigh-right")
        THIGH_RIGHT("thigh-right"),
        @JsonProperty("gluteal-left")
        GLUTEAL_LEFT("gluteal-left"),
        @JsonProperty("gluteal-right")
        GLUTEAL_RIGHT("gluteal-right");

        private final String code;

        InjectionSite(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /**
     * @param ndc National Drug Code of the device
     * @param lot the device's lot number
     */
    record DeviceRequest(
            @NotBlank @Pattern(regexp = NDC) String ndc,
            @NotBlank @Size(max = 40) String lot) {}

    /**
     * @param gauge of the cannula, 14 to 26
     * @param success whether the line lies
     */
    record IvAccessRequest(IvSite site, @Min(14) @Max(26) int gauge, boolean success) {}

    enum IvSite {
        @JsonProperty("hand-left")
        HAND_LEFT("hand-left"),
        @JsonProperty("hand-right")
        HAND_RIGHT("hand-right"),
        @JsonProperty("forearm-left")
        FOREARM_LEFT("forearm-left"),
        @JsonProperty("forearm-right")
        FOREARM_RIGHT("forearm-right"),
        @JsonProperty("elbow-left")
        ELBOW_LEFT("elbow-left"),
        @JsonProperty("elbow-right")
        ELBOW_RIGHT("elbow-right");

        private final String code;

        IvSite(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /** @param mask whether the patient wears an eye mask */
    record SettingRequest(Music music, boolean mask, Light light) {}

    enum Music {
        @JsonProperty("none")
        NONE("none"),
        @JsonProperty("clinic")
        CLINIC("clinic"),
        @JsonProperty("own")
        OWN("own");

        private final String code;

        Music(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    enum Light {
        @JsonProperty("dim")
        DIM("dim"),
        @JsonProperty("normal")
        NORMAL("normal");

        private final String code;

        Light(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /** @param why the dose may be given although a pressure is above the soft limit */
    record WeighRequest(@NotBlank @Size(max = 1000) String why) {}

    record DrugsReviewRequest(@NotBlank @Size(max = 1000) String conclusion) {}

    /**
     * @param endedAt when the effect was over; left out: now
     * @param done what was done about it
     */
    record EndEffectRequest(
            @NotBlank String adverseEventId,
            @Nullable Instant endedAt,
            @Size(max = 200) @Nullable String done) {}

    /**
     * @param ndc National Drug Code of the vial, three groups
     * @param vialMgPerMl concentration on the label: 10, 50 or 100
     * @param dilutedToMgPerMl concentration after dilution; required for 100 mg/mL by IV
     * @param volumeMl volume drawn, at the concentration in the syringe
     * @param lot the vial's lot number
     */
    record DrawRequest(
            @NotBlank @Pattern(regexp = NDC) String ndc,

            @DecimalMin("0.1") @DecimalMax("1000") @Digits(integer = 4, fraction = 3)
            BigDecimal vialMgPerMl,

            @DecimalMin("0.1") @DecimalMax("1000") @Digits(integer = 4, fraction = 3) @Nullable
            BigDecimal dilutedToMgPerMl,

            @DecimalMin("0.01") @DecimalMax("500") @Digits(integer = 3, fraction = 3)
            BigDecimal volumeMl,

            @NotBlank @Size(max = 40) String lot) {}

    /** When and under which id: see {@link ExitRequest}. */
    record StopRequest(
            StopReason reason,

            @Pattern(regexp = UUID) @Nullable String entryId,

            @Nullable Instant at,
            @Nullable Instant deviceAt)
            implements ExitDetails {}

    enum StopReason {
        @JsonProperty("adverse-event")
        ADVERSE_EVENT("adverse-event"),
        @JsonProperty("patient-request")
        PATIENT_REQUEST("patient-request"),
        @JsonProperty("equipment")
        EQUIPMENT("equipment");

        private final String code;

        StopReason(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /**
     * When and under which id: see {@link ExitRequest}.
     *
     * @param amountMg milligrams
     */
    record RescueRequest(
            RescueDrug drug,

            @DecimalMin("0.001") @DecimalMax("1000") @Digits(integer = 4, fraction = 3)
            BigDecimal amountMg,

            @Pattern(regexp = UUID) @Nullable String entryId,

            @Nullable Instant at,
            @Nullable Instant deviceAt)
            implements ExitDetails {}

    /** What the standing orders allow (domain.md section 3, K). */
    enum RescueDrug {
        @JsonProperty("ondansetron")
        ONDANSETRON("ondansetron"),
        @JsonProperty("clonidine")
        CLONIDINE("clonidine"),
        @JsonProperty("labetalol")
        LABETALOL("labetalol"),
        @JsonProperty("midazolam")
        MIDAZOLAM("midazolam");

        private final String code;

        RescueDrug(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /**
     * When and under which id: see {@link ExitRequest}.
     *
     * @param onset when it began; left out: when it was seen
     */
    record AdverseEventRequest(
            Effect effect,
            Severity severity,
            @Nullable Instant onset,

            @Pattern(regexp = UUID) @Nullable String entryId,

            @Nullable Instant at,
            @Nullable Instant deviceAt)
            implements ExitDetails {}

    enum Effect {
        @JsonProperty("dissociation")
        DISSOCIATION("dissociation"),
        @JsonProperty("floating")
        FLOATING("floating"),
        @JsonProperty("hallucinations")
        HALLUCINATIONS("hallucinations"),
        @JsonProperty("blurred-vision")
        BLURRED_VISION("blurred-vision"),
        @JsonProperty("nausea")
        NAUSEA("nausea"),
        @JsonProperty("vomiting")
        VOMITING("vomiting"),
        @JsonProperty("dizziness")
        DIZZINESS("dizziness"),
        @JsonProperty("headache")
        HEADACHE("headache"),
        @JsonProperty("anxiety")
        ANXIETY("anxiety"),
        @JsonProperty("sedation")
        SEDATION("sedation"),
        @JsonProperty("raised-blood-pressure")
        RAISED_BLOOD_PRESSURE("raised-blood-pressure"),
        @JsonProperty("slow-breathing")
        SLOW_BREATHING("slow-breathing"),
        @JsonProperty("bladder")
        BLADDER("bladder"),
        @JsonProperty("other")
        OTHER("other");

        private final String code;

        Effect(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    enum Severity {
        @JsonProperty("mild")
        MILD("mild"),
        @JsonProperty("moderate")
        MODERATE("moderate"),
        @JsonProperty("serious")
        SERIOUS("serious");

        private final String code;

        Severity(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    record ReviewRequest(
            @NotBlank String adverseEventId,
            @NotBlank @Size(max = 1000) String conclusion) {}

    /** The five parts of the modified Aldrete score, 0 to 2 each. */
    record AldreteRequest(
            @Min(0) @Max(2) int activity,
            @Min(0) @Max(2) int breathing,
            @Min(0) @Max(2) int circulation,
            @Min(0) @Max(2) int consciousness,
            @Min(0) @Max(2) int spo2) {}

    /**
     * @param moaas MOAA/S, 0-5
     * @param cssrsHigh the C-SSRS since last contact says high risk
     * @param ivOut left out for a route without a line
     * @param escortIdSeenBy who saw the escort's ID; left out when the code is told
     * @param escortCode the six digits that the escort was given
     * @param override a prescriber lets the patient go although a rule is not met
     */
    record DischargeRequest(
            @Valid AldreteRequest aldrete,
            @Min(0) @Max(5) int moaas,
            boolean dissociationOver,
            boolean walksSteadily,
            @Nullable Boolean ivOut,
            boolean instructionsGiven,
            boolean cssrsHigh,
            boolean escortPresent,
            @Size(max = 80) @Nullable String escortIdSeenBy,
            @Pattern(regexp = "\\d{6}") @Nullable String escortCode,
            @Valid @Nullable OverrideRequest override) {}

    record OverrideRequest(@NotBlank @Size(max = 1000) String reason) {}
}
