package clinicops.scheduling.integration;

import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;

/**
 * Integration sessions that are wanted with a course: one after each dose, at the earliest place of the therapist.
 *
 * @param therapistId the clinic's, or the patient's own, with whom only days are planned
 * @param minutes as integration.json says when left out
 */
public record IntegrationWish(
        @NotBlank String therapistId, @Nullable Integer minutes) {}
