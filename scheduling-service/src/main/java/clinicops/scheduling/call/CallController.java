package clinicops.scheduling.call;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.Versions;
import clinicops.scheduling.FeatureAccess;
import clinicops.scheduling.call.PatientCall.CallOutcome;
import clinicops.scheduling.call.PatientCall.CallReason;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Calls that the clinic owes patients. */
@RestController
@Tag(name = "Calls", description = "Whom the clinic calls, why and until when; what came of it")
class CallController {
    private final PatientCalls calls;
    private final CallDesk desk;
    private final Audit audit;
    private final BusinessClock clock;

    CallController(PatientCalls calls, CallDesk desk, Audit audit, BusinessClock clock) {
        this.calls = calls;
        this.desk = desk;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param overdue due before now and not made
     * @param byPrescriber whether only a prescriber may make it
     * @param outcome null while it is due
     * @param terms version of the rules that made it due
     */
    record PatientCallView(
            String id,
            long version,
            String patientId,
            CallReason reason,
            Instant dueAt,
            boolean overdue,
            boolean byPrescriber,
            List<CallAttempt> attempts,
            @Nullable CallOutcome outcome,
            @Nullable String note,
            @Nullable String madeBy,
            @Nullable Instant madeAt,
            String terms) {}

    record CallAttempt(String by, Instant at) {}

    /** @param note what the patient said; needed for {@code concern} */
    record CallOutcomeRequest(
            @NotNull CallOutcome outcome,
            @Nullable @Size(min = 1, max = 2000) String note) {}

    @GetMapping("/api/calls")
    @Operation(
            summary = "Calls that are due, or all of one patient",
            description = "The first due comes first. With `patientId` also those that were made.")
    Page<PatientCallView> calls(
            @RequestParam(required = false) @Nullable String patientId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        String after = Cursor.of(cursor).after();
        var page = Page.of(
                patientId == null
                        ? calls.due(after, Limit.of(size + 1))
                        : calls.ofPatient(patientId, after, Limit.of(size + 1)),
                size,
                PatientCall::listKey);
        audit.readList(
                "read-calls",
                patientId == null
                        ? page.items().stream().map(PatientCall::patientId).toList()
                        : List.of(patientId));
        return page.map(this::view);
    }

    @PostMapping("/api/calls/{id}/outcome")
    @Operation(summary = "Somebody has called", description = """
                    `no-answer` leaves the call due; `unreachable` ends it after several tries (calls.json; before: 409 `try-again`).
                    `concern` needs a note (422 `concern-needs-note`) and makes a call by a prescriber due, whose outcome only a
                    prescriber records (422 `call-by-prescriber`). 409 `call-made`. Emits CallMade, and CallDue after a concern.""")
    ResponseEntity<PatientCallView> outcome(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody CallOutcomeRequest body) {
        PatientCall call = desk.answered(id, ifMatch, body.outcome(), body.note());
        return ResponseEntity.ok().eTag(Versions.etag(call.version())).body(view(call));
    }

    private PatientCallView view(PatientCall call) {
        PatientCall.Made made = call.made();
        return new PatientCallView(
                call.id(),
                call.version(),
                call.patientId(),
                call.reason(),
                call.dueAt(),
                call.overdue(clock.instant()),
                call.reason() == CallReason.CONCERN,
                call.attempts().stream()
                        .map(attempt -> new CallAttempt(attempt.by(), attempt.at()))
                        .toList(),
                made == null ? null : made.outcome(),
                made == null ? null : made.note(),
                made == null ? null : made.by(),
                made == null ? null : made.at(),
                call.terms());
    }

    /** Who calls patients. */
    @Configuration(proxyBeanMethods = false)
    static class CallAccess {
        @Bean
        FeatureAccess callRows() {
            return FeatureAccess.of(
                    allow(GET, "/api/calls", NURSE, PRESCRIBER),
                    allow(POST, "/api/calls/{id}/outcome", NURSE, PRESCRIBER));
        }
    }
}
