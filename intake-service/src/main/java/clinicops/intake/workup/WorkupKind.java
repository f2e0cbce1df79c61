package clinicops.intake.workup;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is found out about a patient besides questions and answers. */
public enum WorkupKind {
    /** Query of the state's prescription-monitoring programme. */
    PDMP_QUERY,
    URINE_DRUG_SCREEN,
    WEIGHT,
    VITAL_SIGNS,
    ECG,
    PREGNANCY_TEST,
    LAB;

    /** As it travels: kebab-case. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The constant of that code; empty when there is none such. */
    public static Optional<WorkupKind> of(String code) {
        return Arrays.stream(values()).filter(k -> k.code().equals(code)).findFirst();
    }

    boolean isMeasured() {
        return this == WEIGHT || this == VITAL_SIGNS;
    }
}
