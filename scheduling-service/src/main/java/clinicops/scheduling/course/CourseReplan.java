package clinicops.scheduling.course;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.contracts.SchedulingEvent;
import clinicops.outbox.Ids;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import clinicops.scheduling.course.CoursePhases.Gap;
import clinicops.scheduling.course.CoursePlanner.CoursePlan;
import clinicops.scheduling.course.CoursePlanner.PlannedSession;
import clinicops.scheduling.course.CoursePlanner.Wanted;
import clinicops.scheduling.course.CoursePlanner.WantedPlace;
import clinicops.scheduling.course.CourseRequests.MovedSession;
import clinicops.scheduling.course.CourseRequests.PassedOverAnswer;
import clinicops.scheduling.course.CourseRequests.ReplanAnswer;
import clinicops.scheduling.course.CourseRequests.ReplanRequest;
import clinicops.scheduling.course.CourseRequests.ReplannedSession;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.readiness.PatientFacts;
import clinicops.scheduling.readiness.Readiness;
import clinicops.scheduling.resource.Block;
import clinicops.scheduling.resource.Occupancy;
import clinicops.scheduling.resource.Place;
import clinicops.scheduling.resource.Race;
import clinicops.scheduling.resource.Roster;
import clinicops.scheduling.resource.Rosters;
import clinicops.scheduling.resource.Taken;
import clinicops.scheduling.session.CourseTerms;
import clinicops.scheduling.session.SessionDesk;
import clinicops.scheduling.session.SessionFollower;
import clinicops.scheduling.session.SessionState;
import clinicops.scheduling.session.Sessions;
import clinicops.scheduling.session.TreatmentSession;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/**
 * Plans the rest of a course anew after a move, a no-show or a closure: what was given and what somebody wants exactly there stays,
 * what can stay stays, and the rest moves as little as the gaps allow. All of it in one transaction, or only shown.
 */
@Component
public class CourseReplan {
    private static final int MOST_SESSIONS = 200;

    private final Courses courses;
    private final Sessions sessions;
    private final SessionDesk desk;
    private final Rosters rosters;
    private final Occupancy occupancy;
    private final Readiness readiness;
    private final Protocol protocol;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Audit audit;
    private final BusinessClock clock;
    private final ObjectProvider<SessionFollower> followers;
    private final CoursePhases phases;
    private final CoursePlanning planning;

    CourseReplan(
            Courses courses,
            Sessions sessions,
            SessionDesk desk,
            Rosters rosters,
            Occupancy occupancy,
            Readiness readiness,
            Protocol protocol,
            Transactions transactions,
            Outbox outbox,
            Audit audit,
            BusinessClock clock,
            ObjectProvider<SessionFollower> followers,
            RuleBook book) {
        this.courses = courses;
        this.sessions = sessions;
        this.desk = desk;
        this.rosters = rosters;
        this.occupancy = occupancy;
        this.readiness = readiness;
        this.protocol = protocol;
        this.transactions = transactions;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
        this.followers = followers;
        this.phases = book.read("course-phases", CoursePhases.class);
        this.planning = book.read("course-planning", CoursePlanning.class);
    }

    /** A session of the chain that is planned, and where it was; {@code session} is null for one that is added. */
    private record Link(@Nullable TreatmentSession session, int number, WantedPlace wanted) {}

    private record Replanned(TreatmentCourse course, List<Link> chain, Roster roster, CoursePlan plan) {
        List<PlannedSession> planned() {
            return plan.courses().getFirst().sessions();
        }

        boolean changed(int link) {
            return !planned().get(link).place().equals(former(link));
        }

        /** Where it is booked, also when somebody wants it elsewhere. */
        @Nullable
        Place former(int link) {
            TreatmentSession session = chain.get(link).session();
            return session == null ? null : session.place();
        }
    }

    /**
     * What becomes of a course whose sessions can't all stay where they are booked.
     *
     * @param version of the course, for If-Match
     * @param moves nearest to where they were, inside the gaps
     */
    public record MendedCourse(long version, List<MovedPlace> moves) {}

    /** A session that goes elsewhere. */
    public record MovedPlace(String sessionId, int number, Instant formerStartsAt, Place place) {}

    /**
     * Where the sessions of a course would go that a roster does not allow to stay, and those that have to follow; nothing is
     * written.
     *
     * @return without moves when nothing has to, or nothing fits inside the gaps
     */
    public MendedCourse mended(String courseId, Roster roster) {
        TreatmentCourse course = course(courseId);
        try {
            Replanned shown = plan(course, new ReplanRequest(null, null, true), roster);
            List<MovedPlace> moves = new ArrayList<>();
            for (int i = 0; i < shown.chain().size(); i++) {
                TreatmentSession session = shown.chain().get(i).session();
                if (session != null && shown.changed(i)) {
                    moves.add(new MovedPlace(
                            session.id(),
                            session.number(),
                            session.place().startsAt(),
                            shown.planned().get(i).place()));
                }
            }
            return new MendedCourse(course.version(), moves);
        } catch (RuleViolation nothingFits) {
            return new MendedCourse(course.version(), List.of());
        }
    }

    /**
     * @throws RuleViolation {@code no-place} (409) when nothing fits inside the gaps, {@code place-taken} (409), {@code course-over}
     *     (409), {@code session-of-course} or {@code not-replaceable} (422), or the rule that the wanted place breaks
     */
    ReplanAnswer replan(String courseId, @Nullable String ifMatch, ReplanRequest request) {
        if (request.dryRun()) {
            Replanned shown = plan(course(courseId), request, rosters.present());
            audit.read("plan-course-anew", resource(courseId), shown.course().patientId());
            return answer(shown, false);
        }
        return Race.orTaken(() -> transactions.inTransaction(() -> {
            TreatmentCourse course = course(courseId);
            Versions.require(ifMatch, course.version(), resource(courseId));
            readiness.hold(course.patientId());
            Replanned replanned = plan(course, request, rosters.present());
            apply(replanned);
            return answer(replanned, true);
        }));
    }

    private void apply(Replanned replanned) {
        Map<String, Place> moves = new LinkedHashMap<>();
        TreatmentCourse course = replanned.course();
        for (int i = 0; i < replanned.chain().size(); i++) {
            TreatmentSession session = replanned.chain().get(i).session();
            if (session != null && replanned.changed(i)) {
                moves.put(session.id(), replanned.planned().get(i).place());
            }
        }
        if (!moves.isEmpty()) {
            desk.moveTo(moves, replanned.roster());
        }
        for (int i = 0; i < replanned.chain().size(); i++) {
            if (replanned.chain().get(i).session() == null) {
                course = add(course, replanned, i);
            }
        }
        TreatmentCourse saved =
                courses.save(course.replanSince() != null && missing(course) == 0 ? course.settled() : course);
        audit.write("replan-course", resource(course.id()), course.patientId(), saved.version(), null);
    }

    /**
     * Nobody plans another session in place of one that fell out.
     *
     * @throws RuleViolation {@code nothing-to-replan} (409)
     */
    TreatmentCourse leaveShort(String courseId, @Nullable String ifMatch) {
        return transactions.inTransaction(() -> {
            TreatmentCourse course = course(courseId);
            Versions.require(ifMatch, course.version(), resource(courseId));
            if (course.replanSince() == null) {
                throw RuleViolation.conflict("nothing-to-replan", "no session of this course waits to be planned anew");
            }
            TreatmentCourse settled = courses.save(course.settled());
            audit.write("leave-course-short", resource(courseId), course.patientId(), settled.version(), null);
            return settled;
        });
    }

    private long missing(TreatmentCourse course) {
        return course.terms().sessions()
                - sessions.ofCourse(course.id(), "", Limit.of(MOST_SESSIONS)).stream()
                        .filter(session -> session.state().keepsPlace())
                        .count();
    }

    private TreatmentCourse add(TreatmentCourse course, Replanned replanned, int link) {
        Link added = replanned.chain().get(link);
        TreatmentSession session = sessions.save(new TreatmentSession(
                Ids.next(),
                course.id(),
                course.patientId(),
                added.number(),
                course.drug(),
                course.route(),
                course.terms(),
                replanned.planned().get(link).place()));
        occupancy.take(replanned.roster().taking(session.id(), session.patientId(), session.place()));
        List<SchedulingEvent> events = List.of(session.booked());
        outbox.append(session.id(), session.version(), events);
        followers.forEach(follower -> follower.followed(session, events));
        return course.with(session.id());
    }

    private Replanned plan(TreatmentCourse course, ReplanRequest request, Roster roster) {
        List<TreatmentSession> ofCourse = sessions.ofCourse(course.id(), "", Limit.of(MOST_SESSIONS)).stream()
                .sorted(Comparator.comparingInt(TreatmentSession::number))
                .toList();
        List<TreatmentSession> kept = ofCourse.stream()
                .filter(session -> session.state().keepsPlace())
                .toList();
        Instant now = clock.instant();
        roster.requireCover();
        Block block = Block.of(protocol.times().of(course.route()));
        CourseTerms terms = course.terms();
        LocalDate first = kept.stream()
                .map(session -> roster.dayOf(session.place().startsAt()))
                .min(Comparator.naturalOrder())
                .orElse(clock.today());
        LocalDate today = clock.today();
        LocalDate from = first.minusDays(terms.courseMaxDays());
        from = from.isBefore(today) ? today : from;
        LocalDate until = (first.isBefore(today) ? today : first).plusDays(2L * terms.courseMaxDays());
        Taken taken = occupancy.taken(
                course.patientId(),
                from.atStartOfDay(clock.clinicZone()).toInstant(),
                until.plusDays(1).atStartOfDay(clock.clinicZone()).toInstant(),
                kept.stream().map(TreatmentSession::id).toList());
        List<Link> chain = chain(course, request, ofCourse, kept, roster, block, taken);
        if (chain.stream().allMatch(link -> link.wanted().fixed()) && request.moved() == null) {
            throw RuleViolation.conflict("course-over", "nothing of this course is still to come");
        }
        Wanted wanted = new Wanted(
                course.patientId(),
                chain.stream().map(Link::wanted).toList(),
                gaps(course, chain, roster),
                0,
                terms.courseMaxDays(),
                block,
                clock.clinicZone(),
                from,
                until,
                now,
                null,
                sameTime(kept),
                readiness
                        .facts(course.patientId())
                        .clearance()
                        .map(PatientFacts.Clearance::validUntil)
                        .orElse(null));
        CoursePlan plan = CoursePlanner.plan(planning, wanted, roster, taken);
        if (plan.courses().isEmpty()) {
            throw RuleViolation.conflict("no-place", "the rest of the course fits nowhere inside its gaps")
                    .withField("moved");
        }
        return new Replanned(course, chain, roster, plan);
    }

    /**
     * The plan's gaps; where a session fell out, or one was given too near to another, what is there already is no reason against
     * the rest.
     */
    private List<Gap> gaps(TreatmentCourse course, List<Link> chain, Roster roster) {
        List<Gap> gaps = new ArrayList<>();
        for (Gap planned : phases.gaps(course.route(), course.terms(), chain.size())) {
            TreatmentSession before = chain.get(gaps.size()).session();
            TreatmentSession after = chain.get(gaps.size() + 1).session();
            LocalDate from =
                    before == null ? clock.today() : roster.dayOf(before.place().startsAt());
            if (after == null) {
                // another one in place of a session that fell out: too late for the gap is better than never
                boolean late = ChronoUnit.DAYS.between(from, clock.today()) >= planned.mostDays();
                gaps.add(
                        late
                                ? planned.between(
                                        planned.leastDays(), course.terms().courseMaxDays())
                                : planned);
            } else {
                int present = (int)
                        ChronoUnit.DAYS.between(from, roster.dayOf(after.place().startsAt()));
                gaps.add(planned.between(
                        Math.min(planned.leastDays(), Math.max(1, present)), Math.max(planned.mostDays(), present)));
            }
        }
        return gaps;
    }

    private List<Link> chain(
            TreatmentCourse course,
            ReplanRequest request,
            List<TreatmentSession> ofCourse,
            List<TreatmentSession> kept,
            Roster roster,
            Block block,
            Taken taken) {
        MovedSession moved = request.moved();
        if (moved != null
                && kept.stream()
                        .noneMatch(session -> isToCome(session) && session.id().equals(moved.sessionId()))) {
            throw new RuleViolation("session-of-course", "it is no booked session of this course")
                    .withField("moved.sessionId");
        }
        List<Link> chain = new ArrayList<>();
        for (TreatmentSession session : kept) {
            Place place = session.place();
            boolean fixed = !isToCome(session);
            if (moved != null && moved.sessionId().equals(session.id())) {
                place = wantedPlace(moved, session, roster, block, taken);
                fixed = true;
            }
            chain.add(new Link(session, session.number(), new WantedPlace(place, fixed)));
        }
        String replacing = request.replacing();
        if (replacing != null) {
            if (kept.size() >= course.terms().sessions()
                    || ofCourse.stream()
                            .noneMatch(session -> session.id().equals(replacing)
                                    && !session.state().keepsPlace())) {
                throw new RuleViolation(
                                "not-replaceable",
                                "only a cancelled or missed session is replaced, as often as the plan has one")
                        .withField("replacing");
            }
            refuseIfBlocked(course.patientId());
            chain.add(new Link(null, ofCourse.getLast().number() + 1, WantedPlace.ANY));
        }
        return chain;
    }

    private Place wantedPlace(MovedSession moved, TreatmentSession session, Roster roster, Block block, Taken taken) {
        Place now = session.place();
        String chairId = moved.chairId();
        String nurseId = moved.nurseId();
        if (chairId == null || nurseId == null) {
            Instant startsAt = moved.startsAt();
            var like = roster.placeLike(
                    new Place(
                            startsAt,
                            startsAt.plus(block.length()),
                            Objects.requireNonNullElse(chairId, now.chairId()),
                            Objects.requireNonNullElse(nurseId, now.nurseId()),
                            now.seat(),
                            now.pumpId(),
                            now.prescriberId()),
                    block,
                    session.patientId(),
                    taken);
            if (like.isPresent()) {
                chairId = like.get().chairId();
                nurseId = like.get().nurseId();
            }
        }
        try {
            return roster.claim(
                    moved.startsAt(),
                    Objects.requireNonNullElse(chairId, now.chairId()),
                    Objects.requireNonNullElse(nurseId, now.nurseId()),
                    clock.instant(),
                    block,
                    session.patientId(),
                    taken);
        } catch (RuleViolation refused) {
            throw refused.field() == null ? refused : refused.withField("moved." + refused.field());
        }
    }

    /** What stands against another session; that the course is open is the reason for it. */
    private void refuseIfBlocked(String patientId) {
        readiness.forBooking(readiness.facts(patientId), List.of(clock.today())).blockers().stream()
                .filter(blocker -> !blocker.rule().equals("course-still-open"))
                .findFirst()
                .ifPresent(blocker -> {
                    throw RuleViolation.conflict(blocker.rule(), blocker.detail());
                });
    }

    /** At the hour that the patient is used to, on whatever day. */
    private List<PreferredTime> sameTime(List<TreatmentSession> kept) {
        return kept.stream()
                .filter(this::isToCome)
                .findFirst()
                .or(() -> kept.stream().reduce((_, last) -> last))
                .map(session -> {
                    LocalTime from = local(session.place().startsAt());
                    LocalTime to = local(session.place().endsAt());
                    return Arrays.stream(DayOfWeek.values())
                            .map(day -> new PreferredTime(day, from, to))
                            .toList();
                })
                .orElse(List.of());
    }

    private LocalTime local(Instant time) {
        return time.atZone(clock.clinicZone()).toLocalTime();
    }

    private boolean isToCome(TreatmentSession session) {
        return session.state() == SessionState.BOOKED
                && session.place().startsAt().isAfter(clock.instant());
    }

    private ReplanAnswer answer(Replanned replanned, boolean applied) {
        List<ReplannedSession> told = new ArrayList<>();
        int changes = 0;
        for (int i = 0; i < replanned.chain().size(); i++) {
            Link link = replanned.chain().get(i);
            PlannedSession planned = replanned.planned().get(i);
            Place former = replanned.former(i);
            Place place = planned.place();
            changes += replanned.changed(i) ? 1 : 0;
            TreatmentSession session = link.session();
            told.add(new ReplannedSession(
                    session == null ? null : session.id(),
                    link.number(),
                    place.startsAt(),
                    place.endsAt(),
                    place.chairId(),
                    place.nurseId(),
                    former == null ? null : former.startsAt(),
                    replanned.changed(i),
                    planned.because()));
        }
        return new ReplanAnswer(
                replanned.course().id(),
                applied,
                changes,
                told,
                replanned.plan().passedOver().stream().map(PassedOverAnswer::of).toList(),
                List.of(planning.reference(), phases.reference()));
    }

    private TreatmentCourse course(String id) {
        return courses.ofClinic(id).orElseThrow(() -> new NotFound("course", id));
    }

    private static String resource(String id) {
        return "course/" + id;
    }
}
