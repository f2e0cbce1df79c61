package clinicops.scheduling.session;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.session.SessionRequests.AdverseEventRequest;
import clinicops.scheduling.session.SessionRequests.CancelRequest;
import clinicops.scheduling.session.SessionRequests.DischargeRequest;
import clinicops.scheduling.session.SessionRequests.EndEffectRequest;
import clinicops.scheduling.session.SessionRequests.EscortRequest;
import clinicops.scheduling.session.SessionRequests.ExitRequest;
import clinicops.scheduling.session.SessionRequests.GateRequest;
import clinicops.scheduling.session.SessionRequests.MoveRequest;
import clinicops.scheduling.session.SessionRequests.NoDetails;
import clinicops.scheduling.session.SessionRequests.RescueRequest;
import clinicops.scheduling.session.SessionRequests.ReviewRequest;
import clinicops.scheduling.session.SessionRequests.StopRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Treatment sessions: the diary, and everything that is done to a session. */
@RestController
@RequestMapping("/api/sessions")
@Tag(name = "Sessions", description = """
                A session goes `booked -> checked-in -> ready-to-dose -> dosing -> recovering -> discharged`; beside that line are
                `held`, `stopped`, `cancelled`, `no-show`, `left-against-advice` and `transferred`. Every answer has the session,
                its version as ETag, and `nextActions`: what can be done now, by whom, with which fields, and what it waits for.

                If-Match takes the session's ETag (428 without, 412 with a stale one). `stop`, `rescue`, `call-for-help`,
                `adverse-event`, `leave-against-advice` and `transfer` need none: they are never refused to a patient who came, neither
                because somebody else wrote something down meanwhile, nor because a tablet had no network and tells them late. They
                carry an `entryId` (the same again is the same entry; 409 `entry-exists` for another), `at` when it happened and
                `deviceAt`, the tablet's clock when sending, by which a clock that is off is corrected. All answer 404 for an unknown session and 409 `session-state` when the state is in the way.""")
class SessionController {
    private final SessionDesk desk;
    private final Sessions sessions;
    private final Protocol protocol;
    private final Audit audit;
    private final BusinessClock clock;

    SessionController(SessionDesk desk, Sessions sessions, Protocol protocol, Audit audit, BusinessClock clock) {
        this.desk = desk;
        this.sessions = sessions;
        this.protocol = protocol;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping
    @Operation(summary = "Sessions of a day, a patient or a course, by start", description = """
                    Exactly one of `day` (the clinic's, 2026-11-30), `patientId` and `courseId`; else 400 `one-filter`. Vitals are
                    left out. `probablyMissed` marks patients who are overdue.""")
    Page<SessionAnswer> list(
            @RequestParam(required = false) @Nullable LocalDate day,
            @RequestParam(required = false) @Nullable String patientId,
            @RequestParam(required = false) @Nullable String courseId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (Stream.of(day, patientId, courseId)
                        .filter(java.util.Objects::nonNull)
                        .count()
                != 1) {
            throw RuleViolation.malformed("one-filter", "give one of day, patientId and courseId");
        }
        int size = Cursor.limit(limit);
        String after = Cursor.of(cursor).after();
        List<TreatmentSession> found;
        if (day != null) {
            String from = day.atStartOfDay(clock.clinicZone()).toInstant().toString();
            String until =
                    day.plusDays(1).atStartOfDay(clock.clinicZone()).toInstant().toString();
            found = sessions.between(after.compareTo(from) > 0 ? after : from, until, Limit.of(size + 1));
        } else if (patientId != null) {
            found = sessions.ofPatient(patientId, after, Limit.of(size + 1));
        } else {
            found = sessions.ofCourse(String.valueOf(courseId), after, Limit.of(size + 1));
        }
        var page = Page.of(found, size, TreatmentSession::listKey);
        audit.readList(
                "read-sessions",
                page.items().stream().map(TreatmentSession::patientId).toList());
        return page.map(desk::line);
    }

    @GetMapping("/{id}")
    @Operation(summary = "One session with its vitals", description = "Errors: 404.")
    ResponseEntity<SessionAnswer> show(@PathVariable String id) {
        return answer(desk.read(id));
    }

    @PostMapping("/{id}/escort")
    @Operation(summary = "Name who takes the patient home", description = """
                    Name and phone number stay in scheduling. The answer, and no later one, has the `escortCode`: six digits that the
                    escort is given and tells at the door. Emits EscortNamed.""")
    ResponseEntity<SessionAnswer> escort(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody EscortRequest body) {
        return answer(desk.nameEscort(id, ifMatch, body));
    }

    @PostMapping("/{id}/escort-code")
    @Operation(
            summary = "A new code for the escort",
            description = "Shown this once in `escortCode`; the one before is void. 409 `escort-missing`.")
    ResponseEntity<SessionAnswer> escortCode(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody(required = false) @Nullable NoDetails body) {
        return answer(desk.renewEscortCode(id, ifMatch));
    }

    @PostMapping("/{id}/move")
    @Operation(summary = "Move a booked session", description = """
                    The rules of booking apply: 422 `quarter-hour`, `in-the-past`, `opening-hours`, `unknown-chair`,
                    `unknown-nurse`, `session-gap`, `course-length`; 409 `place-taken`. Emits SessionMoved.""")
    ResponseEntity<SessionAnswer> move(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody MoveRequest body) {
        return answer(desk.move(id, ifMatch, body));
    }

    @PostMapping("/{id}/cancel")
    @Operation(
            summary = "Cancel before the dose",
            description =
                    "By the `patient` or the `clinic`, or because it would not be safe (`safety`). The place is free again. "
                            + "Late by the patient it costs a fee: `GET .../cancellation-terms` says so before. Emits "
                            + "SessionCancelled and, with a fee, SessionFeeDue.")
    ResponseEntity<SessionAnswer> cancel(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody CancelRequest body) {
        return answer(desk.cancel(id, ifMatch, body.reason().code()));
    }

    @PostMapping("/{id}/miss")
    @Operation(
            summary = "The patient did not come",
            description =
                    "409 `not-yet-due` before the session's start. Emits SessionMissed and, with a fee, SessionFeeDue.")
    ResponseEntity<SessionAnswer> miss(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody(required = false) @Nullable NoDetails body) {
        return answer(desk.miss(id, ifMatch));
    }

    @PostMapping("/{id}/check-in")
    @Operation(
            summary = "The patient is here",
            description = "409 `not-today` on another day than the session's. Emits PatientCheckedIn.")
    ResponseEntity<SessionAnswer> checkIn(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody(required = false) @Nullable NoDetails body) {
        return answer(desk.act(
                id,
                ifMatch,
                SessionAction.CHECK_IN,
                null,
                session -> session.checkIn(
                        LocalDate.ofInstant(session.place().startsAt(), clock.clinicZone()),
                        clock.today(),
                        clock.instant())));
    }

    @PostMapping("/{id}/gate")
    @Operation(summary = "The pre-dose gate, or a recheck of a held patient", description = """
                    Judges these answers, the last vital signs since check-in and everything that readiness knows. Passed: the
                    session is `ready-to-dose`. Failed: it is `held` with its `gate.blockers` (SessionHeld); two rechecks within
                    30 min, then it is cancelled without fee (SessionCancelled, `held`). 409 `recheck-time-over` after that. What a prescriber lets pass stands in `gate.overridden`.
                    Limits: vitals-limits.json, fasting.json.""")
    ResponseEntity<SessionAnswer> gate(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody GateRequest body) {
        return answer(desk.gate(id, ifMatch, body));
    }

    @PostMapping("/{id}/stop")
    @Operation(summary = "Stop", description = """
                    Works in every phase. A running dose is interrupted at `at` (`stopped`, SessionStopped); before the dose the
                    gate has to be passed again; in recovery, and after the end, it is put on record. No If-Match.""")
    ResponseEntity<SessionAnswer> stop(@PathVariable String id, @Valid @RequestBody StopRequest body) {
        String reason = body.reason().code();
        return answer(desk.exit(id, SessionAction.STOP, reason, body, (session, entry) -> session.stop(reason, entry)));
    }

    @PostMapping("/{id}/call-for-help")
    @Operation(
            summary = "Help is needed at this chair",
            description =
                    "In every state. No If-Match. Raises a `help` alarm for all nurses and prescribers. Emits HelpCalled.")
    ResponseEntity<SessionAnswer> callForHelp(
            @PathVariable String id, @Valid @RequestBody(required = false) @Nullable ExitRequest body) {
        return answer(desk.exit(id, SessionAction.CALL_FOR_HELP, "", body, TreatmentSession::callForHelp));
    }

    @PostMapping("/{id}/rescue")
    @Operation(
            summary = "A rescue drug of the standing orders was given",
            description = "Milligrams. In every phase. No If-Match. Emits RescueDrugGiven.")
    ResponseEntity<SessionAnswer> rescue(@PathVariable String id, @Valid @RequestBody RescueRequest body) {
        String drug = body.drug().code();
        return answer(desk.exit(
                id,
                SessionAction.RESCUE,
                TreatmentSession.rescueDrug(drug, body.amountMg()),
                body,
                (session, entry) -> session.giveRescueDrug(drug, body.amountMg(), entry)));
    }

    @PostMapping("/{id}/adverse-event")
    @Operation(summary = "An effect on the patient", description = """
                    Also after the patient left. A `serious` one opens a review that blocks discharge, booking and the next dose
                    until a prescriber closes it. No If-Match. Emits AdverseEventRecorded.""")
    ResponseEntity<SessionAnswer> adverseEvent(@PathVariable String id, @Valid @RequestBody AdverseEventRequest body) {
        String effect = body.effect().code();
        String severity = body.severity().code();
        return answer(desk.exit(
                id,
                SessionAction.ADVERSE_EVENT,
                TreatmentSession.effect(effect, severity),
                body,
                (session, entry) -> session.recordAdverseEvent(effect, severity, body.onset(), entry)));
    }

    @PostMapping("/{id}/end-effect")
    @Operation(summary = "An effect is over", description = """
                    And what was done about it. An effect that is more than mild keeps the patient here until it is over
                    (`effect-unresolved`). 422 `unknown-adverse-event`, `effect-end`; 409 `effect-ended`.""")
    ResponseEntity<SessionAnswer> endEffect(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody EndEffectRequest body) {
        return answer(desk.act(id, ifMatch, SessionAction.END_EFFECT, null, session -> {
            Instant now = clock.instant();
            return session.endEffect(
                    body.adverseEventId(), body.endedAt() == null ? now : body.endedAt(), body.done(), now);
        }));
    }

    @PostMapping("/{id}/review-adverse-event")
    @Operation(
            summary = "A prescriber closes the review of an adverse event",
            description = "422 `unknown-adverse-event`; 409 `review-closed`.")
    ResponseEntity<SessionAnswer> reviewAdverseEvent(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ReviewRequest body) {
        return answer(desk.act(
                id,
                ifMatch,
                SessionAction.REVIEW_ADVERSE_EVENT,
                body.conclusion(),
                session ->
                        session.reviewAdverseEvent(body.adverseEventId(), body.conclusion(), by(), clock.instant())));
    }

    @PostMapping("/{id}/discharge")
    @Operation(summary = "The discharge gate", description = """
                    Refused (422) with the first rule that is not met, and all of them in the detail: `observation-time` (60 min
                    after an infusion), `aldrete` (>= 9), `sedation`, `dissociation` (also when CADSS-6 is above the own one before the dose), `gait`, `iv-out`
                    (routes with a line), `instructions`,
                    `suicide-risk-high`, `safety-alert-open`, `escort-not-present`, `escort-id-not-seen`, `adverse-event-unreviewed`, `effect-unresolved`, `vitals-missing`
                    (none of the last 30 min), `vitals-near-baseline` (within 20 mmHg of the gate's reading, SpO2 >= 92, heart rate 45-120).
                    The escort tells the `escortCode` (`escort-code`: five wrong tries, then only the ID counts), or somebody sees their
                    ID. Numbers: discharge-gate.json. `override` with a reason, by a prescriber (422 `override-by-prescriber`), of what overrides.json lets
                    pass: never of `iv-out`. Drafts
                    the note. Emits SessionCompleted, the basis of charges.""")
    ResponseEntity<SessionAnswer> discharge(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody DischargeRequest body) {
        return answer(desk.discharge(id, ifMatch, body));
    }

    @PostMapping("/{id}/leave-against-advice")
    @Operation(summary = "The patient leaves against advice", description = """
                    Never refused; after another end it is put on record. No If-Match. Emits PatientLeftAgainstAdvice.""")
    ResponseEntity<SessionAnswer> leaveAgainstAdvice(
            @PathVariable String id, @Valid @RequestBody(required = false) @Nullable ExitRequest body) {
        return answer(desk.exit(
                id,
                SessionAction.LEAVE_AGAINST_ADVICE,
                "",
                body,
                (session, entry) -> session.leaveAgainstAdvice(protocol, desk.readings(id), entry)));
    }

    @PostMapping("/{id}/transfer")
    @Operation(
            summary = "The patient is transferred to a hospital",
            description =
                    "Never refused; after another end it is put on record. No If-Match. Emits PatientTransferred.")
    ResponseEntity<SessionAnswer> transfer(
            @PathVariable String id, @Valid @RequestBody(required = false) @Nullable ExitRequest body) {
        return answer(desk.exit(
                id,
                SessionAction.TRANSFER,
                "",
                body,
                (session, entry) -> session.transfer(protocol, desk.readings(id), entry)));
    }

    private static String by() {
        return Caller.current().name();
    }

    private static ResponseEntity<SessionAnswer> answer(SessionAnswer session) {
        return ResponseEntity.ok().eTag(Versions.etag(session.version())).body(session);
    }
}
