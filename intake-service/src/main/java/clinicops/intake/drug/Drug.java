package clinicops.intake.drug;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What a drug's name, as somebody gave it, was understood as. */
@Schema(description = "What a drug's name, as it was given, was understood as")
public record Drug(
        @Schema(description = "As it was given") String given,

        @Schema(description = "False when any part of what was given is not on the clinic's list: it then needs review")
        boolean known,

        List<String> ingredients,

        @Schema(description = "Interaction classes, for example `benzodiazepine`")
        List<String> classes,

        @Schema(description = "RxNorm concept ids, where the list has them")
        List<String> rxcuis) {}
