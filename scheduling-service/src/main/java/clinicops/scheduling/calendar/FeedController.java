package clinicops.scheduling.calendar;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.Cursor;
import clinicops.chassis.NotFound;
import clinicops.chassis.Page;
import clinicops.chassis.Role;
import clinicops.chassis.RuleViolation;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import clinicops.scheduling.resource.Roster;
import clinicops.scheduling.resource.Rosters;
import clinicops.scheduling.session.PlacedSession;
import clinicops.scheduling.session.Sessions;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Calendars out of the house: feeds by secret link, and a patient's invitation. */
@RestController
@Tag(name = "Calendars", description = "Feeds for the calendars of nurses, prescribers and chairs; invitations")
class FeedController {
    static final MediaType CALENDAR = new MediaType("text", "calendar", StandardCharsets.UTF_8);

    private static final Duration BACK = Duration.ofDays(7);
    private static final Duration AHEAD = Duration.ofDays(90);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final CalendarFeeds feeds;
    private final Calendars calendars;
    private final Sessions sessions;
    private final Rosters rosters;
    private final Transactions transactions;
    private final Audit audit;
    private final BusinessClock clock;

    FeedController(
            CalendarFeeds feeds,
            Calendars calendars,
            Sessions sessions,
            Rosters rosters,
            Transactions transactions,
            Audit audit,
            BusinessClock clock) {
        this.feeds = feeds;
        this.calendars = calendars;
        this.sessions = sessions;
        this.rosters = rosters;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param kind `nurse`, `prescriber` or `chair`
     * @param of id of the nurse, prescriber or chair
     */
    record FeedRequest(
            @Pattern(regexp = "nurse|prescriber|chair") String kind,
            @NotBlank String of) {}

    /**
     * A feed as its owner sees it.
     *
     * @param path of the link at the front door, with its secret; shown once, null ever after
     */
    record FeedAnswer(
            String id,
            String kind,
            String of,
            String name,
            String madeBy,
            Instant madeAt,
            @Nullable String path) {
        static FeedAnswer of(CalendarFeed feed, @Nullable String path) {
            return new FeedAnswer(feed.id(), feed.kind(), feed.of(), feed.name(), feed.madeBy(), feed.madeAt(), path);
        }
    }

    @PostMapping("/api/feeds")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Make a calendar feed", description = """
                    An administrator for anybody and any chair, a nurse or prescriber for themselves. `path` is answered this once:
                    the secret in it is the only key, and only its hash is kept. 404 for somebody who is not on the roster; 422
                    `not-your-own`.""")
    FeedAnswer make(@Valid @RequestBody FeedRequest body) {
        Owner owner = owner(body).orElseThrow(() -> new NotFound(body.kind(), body.of()));
        Caller caller = Caller.current();
        if (!caller.has(Role.ADMIN) && !caller.name().equals(owner.username())) {
            throw new RuleViolation("not-your-own", "only an administrator makes a feed for somebody else")
                    .withField("of");
        }
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        CalendarFeed saved = transactions.inTransaction(() -> {
            CalendarFeed feed = feeds.save(new CalendarFeed(
                    Ids.next(),
                    null,
                    hash(secret),
                    body.kind(),
                    body.of(),
                    owner.name(),
                    owner.username(),
                    caller.name(),
                    clock.instant(),
                    null));
            audit.write("make-feed", "feed/" + feed.id(), null, 1, body.kind());
            return feed;
        });
        return FeedAnswer.of(saved, "/feeds/" + secret + ".ics");
    }

    @GetMapping("/api/feeds")
    @Operation(
            summary = "Feeds that are followed",
            description = "An administrator sees all, anybody else their own. Without the secrets.")
    Page<FeedAnswer> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        String after = Cursor.of(cursor).after();
        Limit first = Limit.of(size + 1);
        Caller caller = Caller.current();
        List<CalendarFeed> found =
                caller.has(Role.ADMIN) ? feeds.all(after, first) : feeds.own(caller.name(), after, first);
        audit.readList("read-feeds", List.of());
        return Page.of(found, size, CalendarFeed::id).map(feed -> FeedAnswer.of(feed, null));
    }

    @DeleteMapping("/api/feeds/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Revoke a feed",
            description = "Its link opens nothing from now on. 404 also for another's feed.")
    void revoke(@PathVariable String id) {
        Caller caller = Caller.current();
        transactions.run(() -> {
            CalendarFeed feed = feeds.ofClinic(id)
                    .filter(one -> caller.has(Role.ADMIN) || caller.name().equals(one.username()))
                    .orElseThrow(() -> new NotFound("feed", id));
            feeds.save(feed.revoked(clock.instant()));
            audit.write("revoke-feed", "feed/" + id, null, 2, null);
        });
    }

    /** Behind the side door; the front door asks for it as {@code /feeds/{secret}.ics}. */
    @Hidden
    @GetMapping("/feeds/{secret}")
    ResponseEntity<String> feed(@PathVariable String secret) {
        CalendarFeed feed = feeds.open(hash(secret)).orElseThrow(() -> new NotFound("feed", "of this link"));
        Instant now = clock.instant();
        Roster roster = rosters.present();
        List<Calendars.Entry> entries =
                sessions.placed(now.minus(BACK).toString(), now.plus(AHEAD).toString(), feed.of()).stream()
                        .map(session -> new Calendars.Entry(
                                session.id(),
                                session.version(),
                                session.place().startsAt(),
                                session.place().endsAt(),
                                "Session, " + chair(roster, session.place().chairId()),
                                !session.state().keepsPlace()))
                        .toList();
        audit.read("follow-feed", "feed/" + feed.id(), null);
        return ResponseEntity.ok()
                .contentType(CALENDAR)
                .cacheControl(CacheControl.noStore())
                .body(calendars.feed(feed.name(), entries));
    }

    @GetMapping(value = "/api/sessions/{id}/invitation", produces = "text/calendar")
    @Operation(summary = "A patient's invitation to a session", description = """
                    An iCalendar file for the patient's own calendar: when, and the clinic's name; no drug and no reason. METHOD is
                    REQUEST, or CANCEL for a session that was cancelled; SEQUENCE grows with each change, so that the newest wins.
                    404.""")
    ResponseEntity<String> invitation(@PathVariable String id) {
        PlacedSession session = sessions.placedOne(id).orElseThrow(() -> new NotFound("session", id));
        audit.read("read-invitation", "session/" + id, session.patientId());
        return ResponseEntity.ok()
                .contentType(CALENDAR)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"appointment.ics\"")
                .body(calendars.invitation(new Calendars.Entry(
                        session.id(),
                        session.version(),
                        session.place().startsAt(),
                        session.place().endsAt(),
                        calendars.appointmentAtClinic(),
                        !session.state().keepsPlace())));
    }

    private record Owner(String name, @Nullable String username) {}

    private Optional<Owner> owner(FeedRequest wanted) {
        Roster roster = rosters.present();
        return switch (wanted.kind()) {
            case "nurse" ->
                roster.nurses().stream()
                        .filter(nurse -> nurse.id().equals(wanted.of()))
                        .findFirst()
                        .map(nurse -> new Owner(nurse.name(), nurse.username()));
            case "prescriber" ->
                roster.prescribers().stream()
                        .filter(one -> one.id().equals(wanted.of()))
                        .findFirst()
                        .map(one -> new Owner(one.name(), one.username()));
            default ->
                roster.chairs().stream()
                        .filter(chair -> chair.id().equals(wanted.of()))
                        .findFirst()
                        .map(chair -> new Owner(chair.name(), null));
        };
    }

    private static String chair(Roster roster, String id) {
        return roster.chairs().stream()
                .filter(chair -> chair.id().equals(id))
                .findFirst()
                .map(chair -> chair.name())
                .orElse("a chair that is gone");
    }

    private static String hash(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
