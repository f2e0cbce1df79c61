package clinicops.intake.clearance;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A professional's decision. */
record ClearanceRequest(
        @NotNull Decision decision,

        @Schema(description = "Needed to decline; stays in intake") @Nullable @Size(max = 1000)
        String reason,

        @Schema(
                description =
                        "A prescriber's reasons to go on in spite of findings that need review; all of them are needed before the medical clearance")
        @Nullable
        @Size(max = 50)
        List<@NotNull @Valid Review> reviewed,

        @Schema(
                description =
                        "A prescriber's reason to clear without a signed evaluation, or with an incomplete work-up; stays in intake")
        @Nullable
        @Size(max = 1000)
        String override) {

    enum Decision {
        CLEARED,
        DECLINED;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param finding the finding's rule */
    record Review(
            @Schema(description = "The finding's rule") @NotBlank @Size(max = 100)
            String finding,

            @NotBlank @Size(max = 1000) String reason) {}

    List<Review> reviews() {
        return reviewed == null ? List.of() : reviewed;
    }
}
