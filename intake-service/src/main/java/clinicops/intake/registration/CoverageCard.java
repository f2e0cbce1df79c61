package clinicops.intake.registration;

import clinicops.intake.registration.Section.HolderRelationship;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An insurance card as it is kept.
 *
 * @param rank 1 is primary
 * @param memberIdEnding the last characters of the member id, to tell cards apart; the id itself is billing's
 */
public record CoverageCard(
        @Schema(description = "1 is primary") int rank,
        String payerName,
        String payerCode,
        @Nullable String plan,

        @Schema(description = "Last 4 characters of the member id")
        String memberIdEnding,

        @Nullable String groupNumber,
        @Nullable String holder,
        @Nullable HolderRelationship holderRelationship) {}
