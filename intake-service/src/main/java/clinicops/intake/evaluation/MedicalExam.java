package clinicops.intake.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a medical evaluation finds. A draft may leave anything open; a signature takes all but what says "optional". */
@Schema(description = "What a medical evaluation finds; a draft may leave anything open")
record MedicalExam(
        @Nullable @Size(max = 10_000) String reviewOfSystems,
        @Nullable @Size(max = 10_000) String physicalExam,

        @Schema(description = "mmHg at rest") @Nullable @Min(50) @Max(300)
        Integer systolic,

        @Schema(description = "mmHg at rest") @Nullable @Min(20) @Max(200)
        Integer diastolic,

        @Schema(description = "Beats a minute at rest") @Nullable @Min(20) @Max(250)
        Integer heartRate,

        @Schema(description = "Percent") @Nullable @Min(50) @Max(100)
        Integer spo2,

        @Schema(description = "Physical status of the American Society of Anesthesiologists, 1 to 5")
        @Nullable
        @Min(1)
        @Max(5)
        Integer asaClass,

        @Schema(description = "Mallampati class, mouth opening, neck, what went wrong before")
        @Nullable
        @Size(max = 2_000)
        String airway,

        @Nullable @Size(max = 5_000) String cardiac,

        @Schema(description = "Which results were reviewed, and what they say") @Nullable @Size(max = 5_000)
        String labs,

        @Nullable Recommendation recommendation,

        @Schema(description = "Optional") @Nullable @Size(max = 5_000)
        String note) {

    /** Fields that a signature still lacks. */
    @JsonIgnore
    List<String> open() {
        var open = new ArrayList<String>();
        Open.text(open, "reviewOfSystems", reviewOfSystems);
        Open.text(open, "physicalExam", physicalExam);
        Open.value(open, "systolic", systolic);
        Open.value(open, "diastolic", diastolic);
        Open.value(open, "heartRate", heartRate);
        Open.value(open, "spo2", spo2);
        Open.value(open, "asaClass", asaClass);
        Open.text(open, "airway", airway);
        Open.text(open, "cardiac", cardiac);
        Open.text(open, "labs", labs);
        Open.value(open, "recommendation", recommendation);
        return open;
    }
}
