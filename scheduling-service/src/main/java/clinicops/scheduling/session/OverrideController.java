package clinicops.scheduling.session;

import clinicops.chassis.Audit;
import clinicops.chassis.Commands;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.Versions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Overrides: asked at the chair, decided on the prescriber's own device. */
@RestController
@Tag(
        name = "Overrides",
        description = "A prescriber lets one patient pass in one session although some rules are not met")
class OverrideController {
    private final OverrideDesk desk;
    private final SessionOverrides overrides;
    private final Commands commands;
    private final Audit audit;

    OverrideController(OverrideDesk desk, SessionOverrides overrides, Commands commands, Audit audit) {
        this.desk = desk;
        this.overrides = overrides;
        this.commands = commands;
        this.audit = audit;
    }

    /**
     * An override as staff see it.
     *
     * @param rules that are not met
     * @param state `asked`, `approved`, `refused` or `expired`
     * @param decidedBy null while nobody decided, and when it expired
     */
    record OverrideAnswer(
            String id,
            long version,
            String sessionId,
            String patientId,
            List<String> rules,
            String reason,
            String askedBy,
            Instant askedAt,
            String state,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String decisionReason) {
        static OverrideAnswer of(SessionOverride override) {
            SessionOverride.Decision decision = override.decision();
            return new OverrideAnswer(
                    override.id(),
                    override.version(),
                    override.sessionId(),
                    override.patientId(),
                    override.rules(),
                    override.reason(),
                    override.askedBy(),
                    override.askedAt(),
                    override.state(),
                    decision == null ? null : decision.by(),
                    decision == null ? null : decision.at(),
                    decision == null ? null : decision.reason());
        }
    }

    /** @param rules that are not met, see overrides.json */
    record OverrideAskRequest(
            @NotEmpty @Size(max = 20) List<@NotBlank @Size(max = 60) String> rules,
            @NotBlank @Size(max = 1000) String reason) {}

    record ApprovalRequest(@Size(max = 1000) @Nullable String reason) {}

    record RefusalRequest(@NotBlank @Size(max = 1000) String reason) {}

    @PostMapping("/api/sessions/{id}/overrides")
    @Operation(summary = "Ask a prescriber for an override", description = """
                    For a patient who is here (409 `session-state`), for rules that a prescriber may override (422
                    `not-overridable`; overrides.json). Takes an Idempotency-Key. Emits OverrideAsked.""")
    ResponseEntity<OverrideAnswer> ask(
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody OverrideAskRequest body) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(commands.once(
                        key,
                        body,
                        OverrideAnswer.class,
                        () -> OverrideAnswer.of(desk.ask(id, body.rules(), body.reason()))));
    }

    @GetMapping("/api/sessions/{id}/overrides")
    @Operation(summary = "What was asked in one session, oldest first", description = "Errors: 400 `limit`, `cursor`.")
    Page<OverrideAnswer> ofSession(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        return page(overrides.ofSession(id, Cursor.of(cursor).after(), Limit.of(size + 1)), size);
    }

    @GetMapping("/api/overrides")
    @Operation(summary = "Overrides in one state, oldest first", description = """
                    `state`: `asked` (when left out), `approved`, `refused`, `expired`. Errors: 400 `limit`, `cursor`.""")
    Page<OverrideAnswer> list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        return page(
                overrides.in(
                        state == null ? SessionOverride.ASKED : state,
                        Cursor.of(cursor).after(),
                        Limit.of(size + 1)),
                size);
    }

    private Page<OverrideAnswer> page(List<SessionOverride> found, int size) {
        var page = Page.of(found, size, SessionOverride::id);
        audit.readList(
                "read-overrides",
                page.items().stream().map(SessionOverride::patientId).toList());
        return page.map(OverrideAnswer::of);
    }

    @PostMapping("/api/overrides/{id}/approval")
    @Operation(summary = "A prescriber approves", description = """
                    Under the own login: 422 `second-person` for who asked. Holds for these rules until the session is over. 409
                    `override-decided`. Emits OverrideDecided.""")
    ResponseEntity<OverrideAnswer> approve(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody(required = false) @Nullable ApprovalRequest body) {
        return answer(desk.decide(id, ifMatch, true, body == null ? null : body.reason()));
    }

    @PostMapping("/api/overrides/{id}/refusal")
    @Operation(
            summary = "A prescriber refuses, with a reason",
            description = "409 `override-decided`; 422 `second-person`. Emits OverrideDecided.")
    ResponseEntity<OverrideAnswer> refuse(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody RefusalRequest body) {
        return answer(desk.decide(id, ifMatch, false, body.reason()));
    }

    private static ResponseEntity<OverrideAnswer> answer(SessionOverride override) {
        return ResponseEntity.ok().eTag(Versions.etag(override.version())).body(OverrideAnswer.of(override));
    }
}
