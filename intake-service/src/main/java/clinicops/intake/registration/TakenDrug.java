package clinicops.intake.registration;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A drug that the patient takes now.
 *
 * @param name as given: generic or brand
 * @param dose in the patient's words, for example {@code 50 mg in the morning}
 * @param since first day, as far as it is known
 */
public record TakenDrug(
        @Schema(description = "Generic or brand name, as given") @NotBlank @Size(max = 100)
        String name,

        @Schema(description = "In the patient's words") @Nullable @Size(max = 100)
        String dose,

        @Nullable LocalDate since) {}
