package clinicops.scheduling.session;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.scheduling.session.SessionRequests.NoDetails;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
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

/** Session notes: assessment, signature, addenda, and the queue of what is to be signed. */
@RestController
@Tag(name = "Session notes", description = "Drafted from the session, signed within 24 h; no charge before")
class NoteController {
    private final SessionDesk desk;
    private final Sessions sessions;
    private final Audit audit;
    private final BusinessClock clock;

    NoteController(SessionDesk desk, Sessions sessions, Audit audit, BusinessClock clock) {
        this.desk = desk;
        this.sessions = sessions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A note that waits for a signature.
     *
     * @param state how the session ended
     * @param dueAt by when it is to be signed
     * @param overdue whether that is over
     * @param assessed whether somebody wrote the assessment
     */
    record NoteLine(
            String sessionId,
            long version,
            String patientId,
            int number,
            String drug,
            String route,
            Instant startsAt,
            String state,
            Instant draftedAt,
            @Nullable Instant dueAt,
            boolean overdue,
            boolean assessed) {}

    /** @param assessment in the prescriber's own words */
    record NoteRequest(@NotBlank @Size(max = 4000) String assessment) {}

    record AddendumRequest(@NotBlank @Size(max = 4000) String text) {}

    @GetMapping("/api/notes")
    @Operation(summary = "Notes to sign, the most urgent first", description = """
                    `state`: `unsigned`, nothing else yet (400 `state`). Errors: 400 `limit`, `cursor`.""")
    Page<NoteLine> list(
            @RequestParam(defaultValue = "unsigned") String state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (!state.equals("unsigned")) {
            throw RuleViolation.malformed("state", "only unsigned notes are listed")
                    .withField("state");
        }
        int size = Cursor.limit(limit);
        Instant now = clock.instant();
        var page = Page.of(
                sessions.notesToSign(Cursor.of(cursor).after(), Limit.of(size + 1)),
                size,
                session -> String.valueOf(session.noteQueueKey()));
        audit.readList(
                "read-notes",
                page.items().stream().map(TreatmentSession::patientId).toList());
        return page.map(session -> {
            Note note = java.util.Objects.requireNonNull(session.note());
            Instant due = note.dueAt();
            return new NoteLine(
                    session.id(),
                    session.version(),
                    session.patientId(),
                    session.number(),
                    session.drug(),
                    session.route(),
                    session.place().startsAt(),
                    session.state().code(),
                    note.draftedAt(),
                    due,
                    due != null && now.isAfter(due),
                    note.assessment() != null);
        });
    }

    @PostMapping("/api/sessions/{id}/note")
    @Operation(
            summary = "Write the assessment",
            description = "Before the signature, as often as wanted. 409 `note-missing`, `note-signed`.")
    ResponseEntity<SessionAnswer> assess(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody NoteRequest body) {
        return answer(desk.act(id, ifMatch, SessionAction.NOTE, null, session -> session.assess(body.assessment())));
    }

    @PostMapping("/api/sessions/{id}/sign-note")
    @Operation(
            summary = "The prescriber signs the session note",
            description = "Charges may be made from now on. 409 `note-missing`, `note-signed`. Emits NoteSigned.")
    ResponseEntity<SessionAnswer> sign(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody(required = false) @Nullable NoDetails body) {
        return answer(desk.act(
                id, ifMatch, SessionAction.SIGN_NOTE, null, session -> session.signNote(by(), clock.instant())));
    }

    @PostMapping("/api/sessions/{id}/addendum")
    @Operation(
            summary = "Add to a signed note",
            description = "What is signed stays as it is. 409 `note-missing`, `note-not-signed`.")
    ResponseEntity<SessionAnswer> add(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody AddendumRequest body) {
        return answer(desk.act(
                id,
                ifMatch,
                SessionAction.ADDENDUM,
                null,
                session -> session.addToNote(body.text(), by(), clock.instant())));
    }

    private static String by() {
        return Caller.current().name();
    }

    private static ResponseEntity<SessionAnswer> answer(SessionAnswer session) {
        return ResponseEntity.ok().eTag(Versions.etag(session.version())).body(session);
    }
}
