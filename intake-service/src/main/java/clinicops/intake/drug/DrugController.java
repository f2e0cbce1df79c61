package clinicops.intake.drug;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Drugs", description = "Names of drugs, and what the rules know of them")
class DrugController {
    private static final int MOST = 20;

    private final Drugs drugs;

    DrugController(Drugs drugs) {
        this.drugs = drugs;
    }

    /** Drugs of the clinic's list. */
    record ListedDrugs(
            List<ListedDrug> items,
            @Schema(description = "Version of the list") String version) {}

    /** One of them. */
    record ListedDrug(String name, List<String> otherNames, List<String> ingredients, List<String> classes) {}

    /** How a name is understood, and what else might be meant. */
    record UnderstoodDrug(
            Drug drug,

            @Schema(description = "Names of the list that look alike")
            List<String> suggestions) {}

    @GetMapping("/api/drugs")
    @Operation(summary = "Find drugs by the beginning of a name", description = """
                    Generic, brand or Spanish name; at most 20, by generic name. A drug that is not here may be recorded all the
                    same: it then needs a prescriber's review.""")
    ListedDrugs find(@RequestParam @NotBlank @Size(max = 100) String q) {
        return new ListedDrugs(
                drugs.beginning(q, MOST).stream()
                        .map(d -> new ListedDrug(d.name(), d.otherNames(), d.ingredients(), d.classes()))
                        .toList(),
                drugs.version());
    }

    @GetMapping("/api/drugs/normalised")
    @Operation(summary = "See how a drug's name is understood", description = """
                    As the rules will understand it. `suggestions` are only for the person who types: nothing is taken instead of
                    what was given.""")
    UnderstoodDrug normalised(@RequestParam @NotBlank @Size(max = 100) String name) {
        var drug = drugs.normalise(name);
        return new UnderstoodDrug(drug, drug.known() ? List.of() : drugs.suggestions(name));
    }
}
