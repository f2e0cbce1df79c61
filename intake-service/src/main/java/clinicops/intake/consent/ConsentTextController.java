package clinicops.intake.consent;

import clinicops.chassis.NotFound;
import clinicops.intake.patient.Language;
import clinicops.intake.patient.Route;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Consents")
class ConsentTextController {
    private final ConsentTexts texts;

    ConsentTextController(ConsentTexts texts) {
        this.texts = texts;
    }

    /** One version of a consent text in one language. */
    @Schema(name = "ConsentText", description = "One version of a consent text in one language")
    record TextEntry(
            String drug,
            Route route,
            Language language,
            String version,
            String title,

            @Schema(description = "SHA-256 of the text, hex; a consent keeps it")
            String sha256,

            @Schema(description = "New signatures take the version in force only")
            boolean inForce) {}

    /** The same, to read. */
    @Schema(name = "ConsentTextToRead", description = "One version of a consent text in one language, to read")
    record TextToRead(
            String drug,
            Route route,
            Language language,
            String version,
            String title,
            List<String> paragraphs,
            String sha256,
            boolean inForce) {}

    @GetMapping("/api/consent-texts")
    @Operation(summary = "List the consent texts", description = "Every version that the clinic has or had.")
    List<TextEntry> list() {
        return texts.all().stream()
                .map(text -> new TextEntry(
                        text.drug(),
                        text.route(),
                        text.language(),
                        text.version(),
                        texts.wording(text).title(),
                        text.sha256(),
                        text.inForce()))
                .toList();
    }

    @GetMapping("/api/consent-texts/{drug}/{route}/{language}")
    @Operation(
            summary = "Read a consent text",
            description = "The version in force, or another. Errors: 404 `not-found` when there is no such text.")
    TextToRead read(
            @PathVariable String drug,
            @Parameter(description = "iv, im, nasal or oral") @PathVariable String route,
            @Parameter(description = "en or es") @PathVariable String language,
            @RequestParam(required = false) @Nullable String version) {
        var text = Route.of(route)
                .flatMap(by -> Language.of(language).flatMap(in -> texts.find(drug, by, in, version)))
                .orElseThrow(() -> new NotFound("consent-text", drug + "/" + route + "/" + language));
        var wording = texts.wording(text);
        return new TextToRead(
                text.drug(),
                text.route(),
                text.language(),
                text.version(),
                wording.title(),
                wording.paragraphs(),
                text.sha256(),
                text.inForce());
    }
}
