package clinicops.scheduling.integration;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.contracts.SchedulingEvent;
import clinicops.outbox.Ids;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import clinicops.scheduling.integration.IntegrationSession.About;
import clinicops.scheduling.integration.IntegrationSession.IntegrationState;
import clinicops.scheduling.integration.IntegrationSession.Window;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.resource.Meeting;
import clinicops.scheduling.resource.Occupancy;
import clinicops.scheduling.resource.Place;
import clinicops.scheduling.resource.Refusal;
import clinicops.scheduling.resource.Roster;
import clinicops.scheduling.resource.Rosters;
import clinicops.scheduling.resource.Taken;
import clinicops.scheduling.resource.Therapist;
import clinicops.scheduling.session.SessionFollower;
import clinicops.scheduling.session.Sessions;
import clinicops.scheduling.session.TreatmentSession;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

/** Books integration sessions after doses and keeps them in step with the doses. */
@Component
public class IntegrationDesk implements SessionFollower, InitializingBean {
    private static final int MOST_SESSIONS = 200;
    private static final int MOST_PLACES = 60;
    private static final int MOST_DOSES = 1_000;

    private final IntegrationSessions integrations;
    private final Sessions sessions;
    private final Rosters rosters;
    private final Occupancy occupancy;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Audit audit;
    private final BusinessClock clock;
    private final MongoTemplate mongo;
    private final IntegrationTerms terms;

    IntegrationDesk(
            IntegrationSessions integrations,
            Sessions sessions,
            Rosters rosters,
            Occupancy occupancy,
            Transactions transactions,
            Outbox outbox,
            Audit audit,
            BusinessClock clock,
            MongoTemplate mongo,
            RuleBook rules) {
        this.integrations = integrations;
        this.sessions = sessions;
        this.rosters = rosters;
        this.occupancy = occupancy;
        this.transactions = transactions;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
        this.mongo = mongo;
        this.terms = rules.read("integration", IntegrationTerms.class);
    }

    @Override
    public void afterPropertiesSet() {
        var indexes = mongo.indexOps(IntegrationSession.class);
        indexes.createIndex(new Index("patientId", Direction.ASC)
                .on("listKey", Direction.ASC)
                .named("patient"));
        indexes.createIndex(new Index("listKey", Direction.ASC).named("time"));
        indexes.createIndex(
                new Index("state", Direction.ASC).on("listKey", Direction.ASC).named("state"));
        // of two who book after the same session, one wins
        indexes.createIndex(new Index("sessionId", Direction.ASC)
                .unique()
                .partial(PartialIndexFilter.of(Criteria.where("state").is(IntegrationState.BOOKED.name())))
                .named("booked"));
    }

    IntegrationTerms terms() {
        return terms;
    }

    /**
     * One after each of the sessions, at the earliest place; call inside the transaction of the booking.
     *
     * @param wish null for none
     * @throws RuleViolation {@code unknown-therapist}, {@code minutes} (422), {@code therapist-retired}, {@code no-integration-place}
     *     or {@code place-taken} (409), with the field inside {@code integration}
     */
    public void bookWith(@Nullable IntegrationWish wish, List<TreatmentSession> doses, Roster roster) {
        if (wish == null) {
            return;
        }
        try {
            book(wish, doses, roster);
        } catch (RuleViolation refused) {
            String field = refused.field();
            throw field == null || refused.getCause() != null ? refused : refused.withField("integration." + field);
        }
    }

    /**
     * For a course that is booked already: after every session, or after one of them, that has none and whose window is not over.
     * Call inside a transaction.
     *
     * @throws RuleViolation as {@link #bookWith}; {@code nothing-to-book} (409)
     */
    List<IntegrationSession> bookFor(String courseId, @Nullable String sessionId, IntegrationWish wish) {
        List<TreatmentSession> ofCourse = sessions.ofCourse(courseId, "", Limit.of(MOST_SESSIONS));
        if (ofCourse.isEmpty()) {
            throw new NotFound("course", courseId);
        }
        Set<String> standing = integrations
                .standingAfter(ofCourse.stream().map(TreatmentSession::id).toList())
                .stream()
                .map(IntegrationSession::sessionId)
                .collect(Collectors.toSet());
        List<TreatmentSession> doses = ofCourse.stream()
                .filter(dose -> dose.state().keepsPlace()
                        && (sessionId == null || dose.id().equals(sessionId))
                        && !standing.contains(dose.id())
                        && terms.within(dose.place().endsAt()).isAfter(clock.instant()))
                .toList();
        if (doses.isEmpty()) {
            throw RuleViolation.conflict(
                    "nothing-to-book", "every session ahead has its integration session, or it is too late for one");
        }
        return book(wish, doses, rosters.present());
    }

    /**
     * A dose after which a patient who reflects on the others has nothing booked: it came later, by a re-plan, from the wait-list or as
     * a booster.
     *
     * @param therapistId with whom the patient reflected last, or does next
     */
    record Lacking(TreatmentDose dose, String therapistId) {}

    /** A treatment session to reflect on, {@code number} of its course. */
    record TreatmentDose(String sessionId, String courseId, String patientId, int number, Place place) {}

    /** In the order of the doses; one whose integration session was called off or missed lacks none: somebody decided that. */
    List<Lacking> lacking() {
        List<TreatmentDose> doses = dosesToReflectOn();
        Map<String, List<IntegrationSession>> talks =
                integrations
                        .ofPatients(doses.stream().map(TreatmentDose::patientId).collect(Collectors.toSet()))
                        .stream()
                        .collect(Collectors.groupingBy(IntegrationSession::patientId));
        return doses.stream()
                .flatMap(dose -> {
                    List<IntegrationSession> ofPatient = talks.getOrDefault(dose.patientId(), List.of());
                    boolean decided =
                            ofPatient.stream().anyMatch(talk -> talk.sessionId().equals(dose.sessionId()));
                    return ofPatient.stream()
                            .filter(talk -> !decided
                                    && (talk.state() == IntegrationState.BOOKED
                                            || talk.state() == IntegrationState.DONE))
                            .max(Comparator.comparing(IntegrationSession::listKey))
                            .map(talk -> new Lacking(dose, talk.therapistId()))
                            .stream();
                })
                .toList();
    }

    /** Given not long ago, under way, or booked ahead. */
    private List<TreatmentDose> dosesToReflectOn() {
        Instant now = clock.instant();
        List<TreatmentDose> doses = new ArrayList<>();
        sessions
                .between(
                        now.minus(Duration.ofHours(terms.withinHours()).plusDays(1))
                                .toString(),
                        now.toString(),
                        Limit.of(MOST_DOSES))
                .stream()
                .filter(dose -> dose.state().keepsPlace()
                        && terms.within(dose.place().endsAt()).isAfter(now))
                .map(dose ->
                        new TreatmentDose(dose.id(), dose.courseId(), dose.patientId(), dose.number(), dose.place()))
                .forEach(doses::add);
        sessions.booked(now.toString(), Limit.of(MOST_DOSES)).stream()
                .map(dose ->
                        new TreatmentDose(dose.id(), dose.courseId(), dose.patientId(), dose.number(), dose.place()))
                .forEach(doses::add);
        return doses;
    }

    private List<IntegrationSession> book(IntegrationWish wish, List<TreatmentSession> doses, Roster roster) {
        int minutes = Objects.requireNonNullElse(wish.minutes(), terms.minutes());
        if (minutes < terms.minutesLeast() || minutes > terms.minutesMost()) {
            throw new RuleViolation(
                            "minutes",
                            "an integration session takes " + terms.minutesLeast() + " to " + terms.minutesMost()
                                    + " min")
                    .withField("minutes");
        }
        Therapist therapist = roster.therapist(
                wish.therapistId(), roster.dayOf(doses.getLast().place().endsAt()));
        List<IntegrationSession> made = therapist.external()
                ? planned(therapist, doses, minutes, roster)
                : placed(therapist, doses, minutes, roster);
        String patientId = doses.getFirst().patientId();
        occupancy.takeMeetings(made.stream()
                .flatMap(one ->
                        Optional.ofNullable(one.meeting())
                                .map(meeting -> roster.taking(one.id(), patientId, meeting))
                                .stream())
                .toList());
        return made.stream()
                .map(one -> {
                    try {
                        return saved(one, "book-integration", null, List.of(one.booked()));
                    } catch (DuplicateKeyException e) {
                        throw RuleViolation.conflict(
                                "integration-booked", "somebody else has just booked an integration session");
                    }
                })
                .toList();
    }

    /** With the patient's own therapist: days, nothing of the clinic's. */
    private List<IntegrationSession> planned(
            Therapist therapist, List<TreatmentSession> doses, int minutes, Roster roster) {
        return doses.stream()
                .map(dose -> {
                    Window window = terms.window(dose.place().endsAt());
                    LocalDate day = roster.dayOf(later(window.from(), clock.instant()));
                    return made(dose, therapist, minutes, day, null, window);
                })
                .toList();
    }

    private List<IntegrationSession> placed(
            Therapist therapist, List<TreatmentSession> doses, int minutes, Roster roster) {
        String patientId = doses.getFirst().patientId();
        Taken taken = occupancy.taken(
                patientId,
                terms.window(doses.getFirst().place().endsAt()).from(),
                terms.window(doses.getLast().place().endsAt()).until(),
                roster.meansOfMeetings(therapist.id()),
                List.of());
        List<IntegrationSession> made = new ArrayList<>();
        List<Meeting> chosen = new ArrayList<>();
        for (TreatmentSession dose : doses) {
            Window window = terms.window(dose.place().endsAt());
            Meeting meeting = roster.meetings(
                            later(window.from(), clock.instant()),
                            terms.within(dose.place().endsAt()),
                            Duration.ofMinutes(minutes),
                            therapist.id(),
                            patientId,
                            taken)
                    .filter(place -> chosen.stream().noneMatch(other -> overlap(place, other)))
                    .findFirst()
                    .orElseThrow(() -> RuleViolation.conflict(
                                    "no-integration-place",
                                    "within " + terms.withinHours() + " hours after session " + dose.number()
                                            + " the therapist and a room are not free together")
                            .withField("therapistId"));
            chosen.add(meeting);
            made.add(made(dose, therapist, minutes, roster.dayOf(meeting.startsAt()), meeting, window));
        }
        return made;
    }

    private IntegrationSession made(
            TreatmentSession dose,
            Therapist therapist,
            int minutes,
            LocalDate day,
            @Nullable Meeting meeting,
            Window window) {
        return IntegrationSession.of(
                Ids.next(),
                new About(dose.patientId(), dose.courseId(), dose.id(), dose.number(), therapist.id()),
                minutes,
                terms.reference(),
                Caller.current().name(),
                day,
                meeting,
                window,
                clock.clinicZone());
    }

    private static boolean overlap(Meeting one, Meeting other) {
        return one.startsAt().isBefore(other.endsAt()) && other.startsAt().isBefore(one.endsAt());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    @Override
    public void followed(TreatmentSession session, List<SchedulingEvent> events) {
        for (SchedulingEvent event : events) {
            switch (event) {
                case SchedulingEvent.SessionMoved _ ->
                    integrations.bookedAfter(session.id()).ifPresent(one -> {
                        List<SchedulingEvent> told =
                                one.sessionMoved(terms.window(session.place().endsAt()), clock.clinicZone());
                        saved(one, "follow-session", "session-moved", told);
                    });
                case SchedulingEvent.SessionCancelled _, SchedulingEvent.SessionMissed _ ->
                    integrations.bookedAfter(session.id()).ifPresent(one -> {
                        occupancy.release(one.id());
                        saved(
                                one,
                                "cancel-integration",
                                "session-off",
                                one.cancel("session-off", Caller.current().name(), clock.instant()));
                    });
                default -> {}
            }
        }
    }

    /** Does something to one, with its present version. */
    IntegrationSession act(
            String id,
            @Nullable String ifMatch,
            String action,
            @Nullable String why,
            Function<IntegrationSession, List<SchedulingEvent>> deed) {
        return transactions.inTransaction(() -> {
            IntegrationSession one = ofClinic(id);
            Versions.require(ifMatch, one.version(), resource(id));
            List<SchedulingEvent> events = deed.apply(one);
            if (one.state() == IntegrationState.CANCELLED) {
                occupancy.release(id);
            }
            return saved(one, action, why, events);
        });
    }

    /** Judges the wanted place by the roster's rules and takes it; call inside {@link #act}. */
    List<SchedulingEvent> moveTo(IntegrationSession one, Instant startsAt, String roomId) {
        Roster roster = rosters.present();
        Meeting wanted =
                new Meeting(one.therapistId(), roomId, startsAt, startsAt.plus(Duration.ofMinutes(one.minutes())));
        Taken taken = taken(one, roster, wanted.startsAt(), wanted.endsAt());
        List<SchedulingEvent> events =
                one.move(roster.claim(wanted, clock.instant(), one.patientId(), taken), clock.clinicZone());
        occupancy.release(one.id());
        occupancy.takeMeetings(List.of(roster.taking(one.id(), one.patientId(), wanted)));
        return events;
    }

    /** Where one could be instead, inside its window; nothing is kept. */
    List<Meeting> places(IntegrationSession one) {
        Roster roster = rosters.present();
        Window window = one.window();
        return roster.meetings(
                        later(window.from(), clock.instant()),
                        window.until(),
                        Duration.ofMinutes(one.minutes()),
                        one.therapistId(),
                        one.patientId(),
                        taken(one, roster, window.from(), window.until()))
                .limit(MOST_PLACES)
                .toList();
    }

    private Taken taken(IntegrationSession one, Roster roster, Instant from, Instant until) {
        return occupancy.taken(
                one.patientId(), from, until, roster.meansOfMeetings(one.therapistId()), List.of(one.id()));
    }

    /** Why one can't stay where it is: the treatment session moved away from it, or the clinic's means have changed. */
    @Nullable
    String brokenRule(IntegrationSession one) {
        Meeting meeting = one.meeting();
        if (one.state() != IntegrationState.BOOKED || meeting == null || one.broken() != null) {
            return one.broken();
        }
        return meeting.startsAt().isBefore(clock.instant())
                ? null
                : rosters.present().judge(meeting).map(Refusal::rule).orElse(null);
    }

    IntegrationSession ofClinic(String id) {
        return integrations.ofClinic(id).orElseThrow(() -> new NotFound("integration-session", id));
    }

    private IntegrationSession saved(
            IntegrationSession one, String action, @Nullable String why, List<SchedulingEvent> events) {
        IntegrationSession kept = integrations.save(one);
        if (!events.isEmpty()) {
            outbox.append(kept.id(), kept.version(), events);
        }
        audit.write(action, resource(kept.id()), kept.patientId(), kept.version(), why);
        return kept;
    }

    private static String resource(String id) {
        return "integration-session/" + id;
    }
}
