package clinicops.intake.instrument;

import clinicops.chassis.NotFound;
import clinicops.intake.instrument.Instrument.AnsweredBy;
import clinicops.intake.instrument.Instrument.Licence;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Instruments", description = "Questionnaires: what they ask, how they score, what they set off")
class InstrumentController {
    private final InstrumentEngine engine;
    private final QuestionnaireForm form;

    InstrumentController(InstrumentEngine engine, QuestionnaireForm form) {
        this.engine = engine;
        this.form = form;
    }

    record InstrumentList(List<InstrumentLine> instruments) {}

    /** An instrument in a list. */
    record InstrumentLine(
            String id,
            String version,
            InstrumentText title,
            AnsweredBy answeredBy,
            int lookBackDays,
            int items,
            boolean asksAboutSuicide,
            List<String> scales,
            Licence licence) {}

    @GetMapping("/api/instruments")
    @Operation(summary = "List the instruments", description = "The version in use of each, in the clinic's order.")
    InstrumentList list() {
        return new InstrumentList(engine.all().stream()
                .map(i -> new InstrumentLine(
                        i.id(),
                        i.version(),
                        i.title(),
                        i.answeredBy(),
                        i.lookBackDays(),
                        i.items().size(),
                        i.asksAboutSuicide(),
                        i.scales().stream().map(Scale::id).toList(),
                        i.licence()))
                .toList());
    }

    @GetMapping("/api/instruments/{id}")
    @Operation(
            summary = "Show one instrument",
            description = "Texts in English and Spanish. Errors: 404 `not-found` for an unknown one, or version of it.")
    InstrumentView show(
            @PathVariable String id,
            @Parameter(description = "Another version than the one in use") @RequestParam(required = false) @Nullable
                    String version) {
        return InstrumentView.of(instrument(id, version), engine.versions(id));
    }

    @GetMapping(value = "/api/instruments/{id}/questionnaire", produces = QuestionnaireForm.FHIR_JSON)
    @Operation(
            summary = "Show one instrument as a FHIR R4 Questionnaire",
            description = "Its url is `urn:clinicops:instrument:{id}`. Errors: 404 `not-found`.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content =
                                    @Content(
                                            mediaType = QuestionnaireForm.FHIR_JSON,
                                            schema = @Schema(type = "object", description = "FHIR R4 Questionnaire"))))
    String questionnaire(
            @PathVariable String id,
            @Parameter(description = "Another version than the one in use") @RequestParam(required = false) @Nullable
                    String version) {
        return form.questionnaire(instrument(id, version));
    }

    private Instrument instrument(String id, @Nullable String version) {
        return (version == null ? engine.current(id) : engine.of(id, version))
                .orElseThrow(() -> new NotFound("instrument", id));
    }
}
