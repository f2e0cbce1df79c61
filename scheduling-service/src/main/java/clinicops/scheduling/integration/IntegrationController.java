package clinicops.scheduling.integration;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Role.FRONT_DESK;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static clinicops.chassis.Role.THERAPIST;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.Commands;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.scheduling.FeatureAccess;
import clinicops.scheduling.integration.IntegrationSession.IntegrationState;
import clinicops.scheduling.resource.Meeting;
import clinicops.scheduling.resource.Rosters;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Integration sessions: booked after doses, moved, held. */
@RestController
@RequestMapping("/api/integration-sessions")
@Tag(
        name = "Integration sessions",
        description = "After a dose the patient reflects on it with a therapist, here or elsewhere")
class IntegrationController {
    private static final int MOST_AHEAD = 500;

    private final IntegrationSessions integrations;
    private final IntegrationDesk desk;
    private final Rosters rosters;
    private final Commands commands;
    private final Audit audit;
    private final BusinessClock clock;

    IntegrationController(
            IntegrationSessions integrations,
            IntegrationDesk desk,
            Rosters rosters,
            Commands commands,
            Audit audit,
            BusinessClock clock) {
        this.integrations = integrations;
        this.desk = desk;
        this.rosters = rosters;
        this.commands = commands;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param sessionId the treatment session that is reflected on, {@code sessionNumber} of its course
     * @param startsAt null with the patient's own therapist, where only the day is planned; so {@code endsAt} and {@code roomId}
     * @param earliest first moment at which it may begin; {@code latest} the last one
     * @param broken the rule that it breaks where it is; null when it can stay
     * @param endReason why it was cancelled: patient, clinic or session-off
     * @param heldMinutes how long it was; null unless done
     */
    record IntegrationView(
            String id,
            long version,
            String patientId,
            String courseId,
            String sessionId,
            int sessionNumber,
            String therapistId,
            boolean external,
            int minutes,
            LocalDate plannedOn,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            @Nullable String roomId,
            Instant earliest,
            Instant latest,
            IntegrationState state,
            @Nullable String broken,
            @Nullable String endReason,
            @Nullable Integer heldMinutes,
            String bookedBy,
            @Nullable String endedBy,
            @Nullable Instant endedAt,
            String terms) {}

    /** In the order of the treatment sessions. */
    record IntegrationBooking(List<IntegrationView> items) {}

    /**
     * @param sessionId after this treatment session only; left out: after each that lies ahead and has none
     * @param minutes as integration.json says when left out
     */
    record IntegrationRequest(
            @NotBlank String courseId,
            @Nullable String sessionId,
            @NotBlank String therapistId,
            @Nullable Integer minutes) {}

    /** In the clinic {@code startsAt} and {@code roomId}, with the patient's own therapist {@code plannedOn}. */
    record MoveIntegrationRequest(
            @Nullable Instant startsAt,
            @Nullable String roomId,
            @Nullable LocalDate plannedOn) {}

    /**
     * A treatment session without an integration session, of a patient who has them after others.
     *
     * @param sessionId {@code sessionNumber} of its course
     * @param therapistId with whom the patient reflected last, or does next
     */
    record IntegrationLacking(
            String patientId,
            String courseId,
            String sessionId,
            int sessionNumber,
            Instant startsAt,
            Instant endsAt,
            String therapistId) {}

    /** @param items in the order of the treatment sessions */
    record IntegrationsLacking(List<IntegrationLacking> items) {}

    /** Who called it off. */
    enum IntegrationCancelReason {
        @JsonProperty("patient")
        PATIENT("patient"),
        @JsonProperty("clinic")
        CLINIC("clinic");

        private final String code;

        IntegrationCancelReason(String code) {
            this.code = code;
        }
    }

    record CancelIntegrationRequest(@NotNull IntegrationCancelReason reason) {}

    /** @param minutes face to face */
    record IntegrationDoneRequest(@Min(1) @Max(480) int minutes) {}

    record IntegrationPlace(Instant startsAt, Instant endsAt, String roomId) {}

    /** @param items of each moment one room */
    record IntegrationPlaces(Instant earliest, Instant latest, List<IntegrationPlace> items) {}

    /** Hours count from the end of the session that is reflected on. */
    record IntegrationRules(
            String version,
            String source,
            String approver,
            int notBeforeHours,
            int withinHours,
            int latestHours,
            int minutes,
            int minutesLeast,
            int minutesMost) {}

    @GetMapping("/terms")
    @Operation(
            summary = "When integration sessions are, and how long",
            description = "With its source; integration.json.")
    IntegrationRules terms() {
        IntegrationTerms terms = desk.terms();
        return new IntegrationRules(
                terms.version(),
                terms.source(),
                terms.approver(),
                terms.notBeforeHours(),
                terms.withinHours(),
                terms.latestHours(),
                terms.minutes(),
                terms.minutesLeast(),
                terms.minutesMost());
    }

    @GetMapping
    @Operation(summary = "Integration sessions of a patient or a day, or those to be moved", description = """
                    Exactly one of `patientId`, `day` (the clinic's) and `toMove=true`; else 400 `one-filter`. With `mine=true` a
                    day's are the caller's own, by the therapist's user name. `toMove` lists what is booked ahead and can't stay
                    where it is: the treatment session moved, the therapist is away, the room is gone.""")
    Page<IntegrationView> list(
            @RequestParam(required = false) @Nullable String patientId,
            @RequestParam(required = false) @Nullable LocalDate day,
            @RequestParam(required = false) @Nullable Boolean toMove,
            @RequestParam(required = false) @Nullable Boolean mine,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (Stream.of(patientId, day, toMove).filter(Objects::nonNull).count() != 1) {
            throw RuleViolation.malformed("one-filter", "give one of patientId, day and toMove");
        }
        int size = Cursor.limit(limit);
        String after = Cursor.of(cursor).after();
        List<IntegrationSession> found;
        if (patientId != null) {
            found = integrations.ofPatient(patientId, after, Limit.of(size + 1));
        } else if (day != null) {
            found = ofDay(day, Boolean.TRUE.equals(mine), after, Limit.of(size + 1));
        } else {
            String now = clock.instant().toString();
            found = integrations.booked(after.compareTo(now) > 0 ? after : now, Limit.of(MOST_AHEAD)).stream()
                    .filter(one -> desk.brokenRule(one) != null)
                    .limit(size + 1L)
                    .toList();
        }
        var page = Page.of(found, size, IntegrationSession::listKey);
        audit.readList(
                "read-integration-sessions",
                page.items().stream().map(IntegrationSession::patientId).toList());
        return page.map(this::view);
    }

    private List<IntegrationSession> ofDay(LocalDate day, boolean mine, String after, Limit limit) {
        String from = day.atStartOfDay(clock.clinicZone()).toInstant().toString();
        String until =
                day.plusDays(1).atStartOfDay(clock.clinicZone()).toInstant().toString();
        String since = after.compareTo(from) > 0 ? after : from;
        return mine
                ? integrations.betweenOf(
                        since,
                        until,
                        rosters.present().therapistsOf(Caller.current().name()),
                        limit)
                : integrations.between(since, until, limit);
    }

    @GetMapping("/lacking")
    @Operation(summary = "Treatment sessions that lack an integration session", description = """
                    Of patients who have them after other doses, none was ever booked for this one: a re-plan, the wait-list or a
                    booster added it later. Book it by POST with its course, its session and the therapist. Called off or missed is
                    not lacking. With `mine=true` only where the caller is the therapist.""")
    IntegrationsLacking lacking(@RequestParam(required = false) @Nullable Boolean mine) {
        Set<String> own = rosters.present().therapistsOf(Caller.current().name());
        List<IntegrationLacking> items = desk.lacking().stream()
                .filter(one -> !Boolean.TRUE.equals(mine) || own.contains(one.therapistId()))
                .map(one -> new IntegrationLacking(
                        one.dose().patientId(),
                        one.dose().courseId(),
                        one.dose().sessionId(),
                        one.dose().number(),
                        one.dose().place().startsAt(),
                        one.dose().place().endsAt(),
                        one.therapistId()))
                .toList();
        audit.readList(
                "read-integration-sessions",
                items.stream().map(IntegrationLacking::patientId).toList());
        return new IntegrationsLacking(items);
    }

    @PostMapping
    @Operation(summary = "Book integration sessions after a course's doses", description = """
                    After each dose that has none, at the earliest place of the therapist within the hours of integration.json: in
                    the clinic therapist, room and patient are taken; with the patient's own therapist a day is planned. All or
                    nothing. Idempotency-Key is optional. 404 for an unknown course; 422 `unknown-therapist`, `minutes`; 409
                    `no-integration-place`, `nothing-to-book`, `therapist-retired`, `place-taken`. Emits an IntegrationBooked for
                    each. A course's booking takes the same wish as `integration`.""")
    ResponseEntity<IntegrationBooking> book(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody IntegrationRequest body) {
        IntegrationBooking booked = commands.once(
                key,
                body,
                IntegrationBooking.class,
                () -> new IntegrationBooking(desk
                        .bookFor(
                                body.courseId(),
                                body.sessionId(),
                                new IntegrationWish(body.therapistId(), body.minutes()))
                        .stream()
                        .map(this::view)
                        .toList()));
        return ResponseEntity.status(HttpStatus.CREATED).body(booked);
    }

    @GetMapping("/{id}/places")
    @Operation(
            summary = "Where it could be instead",
            description = "Free places of the therapist inside the window, at most 60; nothing is kept. Errors: 404.")
    IntegrationPlaces places(@PathVariable String id) {
        IntegrationSession one = desk.ofClinic(id);
        audit.read("read-integration-session", "integration-session/" + id, one.patientId());
        return new IntegrationPlaces(
                one.window().from(),
                one.window().until(),
                one.meeting() == null
                        ? List.of()
                        : desk.places(one).stream()
                                .map(place -> new IntegrationPlace(place.startsAt(), place.endsAt(), place.roomId()))
                                .toList());
    }

    @PostMapping("/{id}/move")
    @Operation(summary = "Another time, or another day", description = """
                    422 `integration-window` (too soon or too late after the dose), `time-needed`, `day-only`, `quarter-hour`,
                    `in-the-past`, `opening-hours`, `closed`, `unknown-room`; 409 `place-taken`, `therapist-away`, `chair-out-of-order`,
                    `integration-over`. Emits IntegrationMoved.""")
    ResponseEntity<IntegrationView> move(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody MoveIntegrationRequest body) {
        return answer(desk.act(id, ifMatch, "move-integration", null, one -> {
            Instant startsAt = body.startsAt();
            String roomId = body.roomId();
            LocalDate plannedOn = body.plannedOn();
            if (plannedOn != null && startsAt == null && roomId == null) {
                return one.move(plannedOn, clock.today(), clock.clinicZone());
            }
            if (startsAt == null || roomId == null || plannedOn != null) {
                throw new RuleViolation("time-or-day", "give a time and a room, or a day").withField("startsAt");
            }
            return desk.moveTo(one, startsAt, roomId);
        }));
    }

    @PostMapping("/{id}/cancel")
    @Operation(
            summary = "Call it off",
            description = "Its place is free again. 409 `integration-over`. Emits IntegrationCancelled.")
    ResponseEntity<IntegrationView> cancel(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody CancelIntegrationRequest body) {
        String reason = body.reason().code;
        return answer(desk.act(
                id,
                ifMatch,
                "cancel-integration",
                reason,
                one -> one.cancel(reason, Caller.current().name(), clock.instant())));
    }

    @PostMapping("/{id}/done")
    @Operation(summary = "It was held", description = "409 `not-begun`, `integration-over`. Emits IntegrationDone.")
    ResponseEntity<IntegrationView> done(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody IntegrationDoneRequest body) {
        return answer(desk.act(
                id,
                ifMatch,
                "integration-done",
                null,
                one -> one.done(body.minutes(), Caller.current().name(), clock.instant(), clock.clinicZone())));
    }

    @PostMapping("/{id}/miss")
    @Operation(
            summary = "The patient did not come",
            description = "409 `not-begun`, `integration-over`. Emits IntegrationMissed.")
    ResponseEntity<IntegrationView> miss(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(desk.act(
                id,
                ifMatch,
                "integration-missed",
                null,
                one -> one.miss(Caller.current().name(), clock.instant(), clock.clinicZone())));
    }

    private ResponseEntity<IntegrationView> answer(IntegrationSession one) {
        return ResponseEntity.ok().eTag(Versions.etag(one.version())).body(view(one));
    }

    private IntegrationView view(IntegrationSession one) {
        Meeting meeting = one.meeting();
        IntegrationSession.Ending ending = one.ending();
        return new IntegrationView(
                one.id(),
                one.version(),
                one.patientId(),
                one.courseId(),
                one.sessionId(),
                one.sessionNumber(),
                one.therapistId(),
                meeting == null,
                one.minutes(),
                one.plannedOn(),
                meeting == null ? null : meeting.startsAt(),
                meeting == null ? null : meeting.endsAt(),
                meeting == null ? null : meeting.roomId(),
                one.window().from(),
                one.window().until(),
                one.state(),
                desk.brokenRule(one),
                ending == null ? null : ending.reason(),
                ending == null ? null : ending.minutes(),
                one.bookedBy(),
                ending == null ? null : ending.by(),
                ending == null ? null : ending.at(),
                one.terms());
    }

    /** Who books, moves and holds integration sessions. */
    @Configuration(proxyBeanMethods = false)
    static class IntegrationAccess {
        @Bean
        FeatureAccess integrationRows() {
            return FeatureAccess.of(
                    allow(GET, "/api/integration-sessions", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                    allow(GET, "/api/integration-sessions/lacking", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                    allow(GET, "/api/integration-sessions/terms", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                    allow(POST, "/api/integration-sessions", FRONT_DESK, THERAPIST),
                    allow(GET, "/api/integration-sessions/{id}/places", FRONT_DESK, THERAPIST),
                    allow(POST, "/api/integration-sessions/{id}/move", FRONT_DESK, THERAPIST),
                    allow(POST, "/api/integration-sessions/{id}/cancel", FRONT_DESK, THERAPIST),
                    allow(POST, "/api/integration-sessions/{id}/done", FRONT_DESK, THERAPIST),
                    allow(POST, "/api/integration-sessions/{id}/miss", FRONT_DESK, THERAPIST));
        }
    }
}
