package clinicops.scheduling.waitlist;

import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.Versions;
import clinicops.scheduling.course.PreferredTime;
import clinicops.scheduling.waitlist.WaitlistEntry.Offer;
import clinicops.scheduling.waitlist.WaitlistEntry.Raised;
import clinicops.scheduling.waitlist.WaitlistEntry.WaitState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who waits for a place, in the order in which they are asked. */
@RestController
@RequestMapping("/api/waitlist")
@Tag(name = "Wait-list", description = """
                A place that somebody cancels, moves from or lets go is offered by clinical urgency, then by how close the patient is
                to the last day on which their next session may lie, then to who waits longest. An offer is a hold
                (waitlist-terms.json): it expires, and the next one is asked. Readiness and the gaps are judged when a place is offered
                and again when it is accepted. Emits PlaceFreed, WaitlistOffered, WaitlistOfferEnded.""")
class WaitlistController {
    private final WaitlistDesk waitlist;
    private final Audit audit;

    WaitlistController(WaitlistDesk waitlist, Audit audit) {
        this.waitlist = waitlist;
        this.audit = audit;
    }

    /**
     * @param sessionId the booked session that is to come earlier; the next one when left out. Only with {@code earlier}
     * @param boosterId the booster that a place is sought for. Only with {@code booster}
     * @param preferred times of the week that suit; left out: any
     * @param gapLimitOn last day that would do, for a course; of a session its course says it, of a booster its suggestion
     */
    record WaitRequest(
            @NotBlank String patientId,
            Wanted wants,
            @Nullable String sessionId,
            @Nullable String boosterId,
            @Nullable @Size(max = 21) List<PreferredTime> preferred,
            @Nullable LocalDate gapLimitOn) {}

    record UrgencyRequest(
            Urgency urgency, @NotBlank @Size(max = 500) String reason) {}

    /**
     * @param sessionStartsAt when the session that is to come earlier is now
     * @param urgency of the referral, or as a clinician raised it
     * @param gapLimitOn last day on which the next session may lie; null when none is set
     * @param state {@code waiting}, {@code offered}, {@code done} or {@code removed}
     * @param offer the place that is held for the patient; null unless offered
     */
    record WaitlistAnswer(
            String id,
            long version,
            String patientId,
            Wanted wants,
            @Nullable String sessionId,
            @Nullable Instant sessionStartsAt,
            @Nullable String boosterId,
            List<PreferredTime> preferred,
            Urgency urgency,
            @Nullable Raised raised,
            @Nullable LocalDate gapLimitOn,
            Instant since,
            String state,
            @Nullable Offer offer) {
        static WaitlistAnswer of(WaitlistEntry entry, @Nullable Instant sessionStartsAt) {
            return new WaitlistAnswer(
                    entry.id(),
                    entry.version(),
                    entry.patientId(),
                    entry.wants(),
                    entry.sessionId(),
                    sessionStartsAt,
                    entry.boosterId(),
                    entry.preferred(),
                    entry.urgency(),
                    entry.raised(),
                    entry.gapLimitOn(),
                    entry.since(),
                    entry.state().name().toLowerCase(Locale.ROOT),
                    entry.state() == WaitState.OFFERED ? entry.offer() : null);
        }
    }

    @GetMapping
    @Operation(
            summary = "Who waits, the first to be asked first",
            description =
                    "Whoever is asked now keeps their turn and has an `offer`. `patientId` asks for one patient's entries.")
    Page<WaitlistAnswer> list(
            @RequestParam(required = false) @Nullable String patientId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        var page = Page.of(
                waitlist.inOrder(patientId, Cursor.of(cursor).after(), size + 1), size, WaitlistEntry::queueKey);
        audit.readList(
                "read-waitlist",
                page.items().stream().map(WaitlistEntry::patientId).toList());
        return waitlist.answers(page);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Let a patient wait for a place", description = """
                    `earlier`: a booked session sooner; `course`: a whole course that begins with a freed place; `booster`. Urgency is
                    the referral's. 404; 409 `already-waiting`, `course-still-open`, `booster-over`; 422 `session-to-move`, `booster-to-book`,
                    `preferred-time`. Idempotency-Key is optional.""")
    WaitlistAnswer add(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody WaitRequest request) {
        return waitlist.add(key, request);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "The patient waits no more",
            description = "What is offered to them goes to the next one. Errors: 404.")
    void remove(@PathVariable String id) {
        waitlist.remove(id);
    }

    @PutMapping("/{id}/urgency")
    @Operation(
            summary = "A clinician raises the urgency",
            description = "With a reason. 422 `urgency-not-raised`; 409 `entry-over`; 404, 412, 428.")
    ResponseEntity<WaitlistAnswer> raise(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody UrgencyRequest body) {
        return answer(waitlist.raise(id, ifMatch, body.urgency(), body.reason()));
    }

    @PostMapping("/{id}/acceptance")
    @Operation(summary = "The patient takes what is offered", description = """
                    Books it, or moves the session there, in one transaction. 409 `no-offer`, `hold-expired`, or the blocker that has
                    come up since; 404, 412, 428. Emits WaitlistOfferEnded with SessionMoved, or with CourseBooked and SessionBooked.""")
    ResponseEntity<WaitlistAnswer> accept(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(waitlist.accept(id, ifMatch));
    }

    @PostMapping("/{id}/refusal")
    @Operation(
            summary = "The patient does not want what is offered",
            description = "They wait on; the next one is asked. 409 `no-offer`, `hold-expired`; 404, 412, 428.")
    ResponseEntity<WaitlistAnswer> refuse(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(waitlist.refuse(id, ifMatch));
    }

    private static ResponseEntity<WaitlistAnswer> answer(WaitlistAnswer answer) {
        return ResponseEntity.ok().eTag(Versions.etag(answer.version())).body(answer);
    }
}
