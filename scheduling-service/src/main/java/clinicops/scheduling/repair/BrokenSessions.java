package clinicops.scheduling.repair;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.RuleViolation;
import clinicops.scheduling.course.CourseReplan;
import clinicops.scheduling.course.CourseReplan.MendedCourse;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.repair.BrokenSession.Following;
import clinicops.scheduling.repair.BrokenSession.Repair;
import clinicops.scheduling.resource.Block;
import clinicops.scheduling.resource.Occupancy;
import clinicops.scheduling.resource.Place;
import clinicops.scheduling.resource.Refusal;
import clinicops.scheduling.resource.Roster;
import clinicops.scheduling.resource.Taken;
import clinicops.scheduling.session.Sessions;
import clinicops.scheduling.session.Sessions.Booked;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/**
 * Judges what is booked by the clinic's means as they are, or would be. Nothing is stored: a session is broken as long as the
 * roster refuses it, so that a closure taken back mends what it broke.
 */
@Component
class BrokenSessions {
    private static final int AT_ONCE = 500;
    private static final int MOST_OF_COURSE = 200;
    private static final int MOST_REPAIRS = 3;
    /** How far from its day a session is moved at most. */
    private static final int DAYS_AROUND = 21;

    private final Sessions sessions;
    private final Occupancy occupancy;
    private final Protocol protocol;
    private final BusinessClock clock;
    private final CourseReplan courses;

    BrokenSessions(
            Sessions sessions, Occupancy occupancy, Protocol protocol, BusinessClock clock, CourseReplan courses) {
        this.sessions = sessions;
        this.occupancy = occupancy;
        this.protocol = protocol;
        this.clock = clock;
        this.courses = courses;
    }

    /** A row with its sort key. */
    record Row(String listKey, BrokenSession session) {}

    /** @param after list key to go on after; empty for all that lie ahead */
    List<Row> broken(Roster roster, String after, int most) {
        List<Row> broken = new ArrayList<>();
        Mends mends = new Mends(roster);
        each(after, (session, block) -> {
            if (broken.size() < most) {
                roster.judge(session.place(), block)
                        .ifPresent(refusal ->
                                broken.add(new Row(session.listKey(), told(session, refusal, block, mends))));
            }
        });
        return broken;
    }

    /** How many more a change would break, and the first of them. */
    record Breaks(int count, List<BrokenSession> first) {}

    Breaks broken(Roster would, Roster is, int most) {
        List<BrokenSession> first = new ArrayList<>();
        int[] count = {0};
        Mends mends = new Mends(would);
        each("", (session, block) -> {
            Optional<Refusal> refusal = would.judge(session.place(), block);
            if (refusal.isPresent() && is.judge(session.place(), block).isEmpty()) {
                count[0]++;
                if (first.size() < most) {
                    first.add(told(session, refusal.get(), block, mends));
                }
            }
        });
        return new Breaks(count[0], first);
    }

    private void each(String after, BiConsumer<Booked, Block> judge) {
        String last = after.isEmpty() ? clock.instant().toString() : after;
        List<Booked> some;
        do {
            some = sessions.booked(last, Limit.of(AT_ONCE));
            for (Booked session : some) {
                judge.accept(session, Block.of(protocol.times().of(session.route())));
                last = session.listKey();
            }
        } while (some.size() == AT_ONCE);
    }

    /** What becomes of each course, asked once however many of its sessions are broken. */
    private final class Mends {
        private final Roster roster;
        private final Map<String, MendedCourse> byCourse = new HashMap<>();

        Mends(Roster roster) {
            this.roster = roster;
        }

        MendedCourse of(Booked session) {
            return byCourse.computeIfAbsent(session.courseId(), id -> courses.mended(id, roster));
        }
    }

    private BrokenSession told(Booked session, Refusal refusal, Block block, Mends mends) {
        Place place = session.place();
        List<Repair> repairs = repairs(session, block, mends);
        return new BrokenSession(
                session.id(),
                session.version(),
                session.courseId(),
                session.patientId(),
                session.number(),
                place.startsAt(),
                place.endsAt(),
                place.chairId(),
                place.nurseId(),
                refusal.rule(),
                refusal.why(),
                mends.of(session).version(),
                repairs);
    }

    private List<Repair> repairs(Booked session, Block block, Mends mends) {
        Roster roster = mends.roster;
        Place place = session.place();
        Taken then = occupancy.taken(session.patientId(), place.startsAt(), place.endsAt(), List.of(session.id()));
        Optional<Place> sameTime = roster.placeLike(place, block, session.patientId(), then);
        if (sameTime.isPresent()) {
            return List.of(repair(sameTime.get(), true, List.of()));
        }
        Optional<Repair> nearest = withTheRest(session, mends.of(session));
        LocalDate taken = nearest.map(repair -> roster.dayOf(repair.startsAt())).orElse(roster.dayOf(place.startsAt()));
        return Stream.concat(
                        nearest.stream(),
                        moved(session, block, roster)
                                .filter(other -> !roster.dayOf(other.startsAt()).equals(taken))
                                .map(other -> repair(other, false, List.of())))
                .limit(MOST_REPAIRS)
                .toList();
    }

    /** As the course is planned anew: nearest to where it was, and the others follow as far as they must. */
    private static Optional<Repair> withTheRest(Booked session, MendedCourse course) {
        return course.moves().stream()
                .filter(move -> move.sessionId().equals(session.id()))
                .findFirst()
                .map(own -> repair(
                        own.place(),
                        false,
                        course.moves().stream()
                                .filter(move -> !move.sessionId().equals(session.id()))
                                .map(move -> new Following(
                                        move.sessionId(),
                                        move.number(),
                                        move.formerStartsAt(),
                                        move.place().startsAt()))
                                .toList()));
    }

    /** On other days inside the course's gaps, the nearest first. */
    private Stream<Place> moved(Booked session, Block block, Roster roster) {
        LocalDate day = roster.dayOf(session.place().startsAt());
        Instant now = clock.instant();
        Taken around = occupancy.taken(
                session.patientId(),
                now,
                day.plusDays(DAYS_AROUND + 1L).atStartOfDay(clock.clinicZone()).toInstant(),
                List.of(session.id()));
        List<LocalDate> others = sessions.ofCourse(session.courseId(), "", Limit.of(MOST_OF_COURSE)).stream()
                .filter(other -> other.state().keepsPlace() && !other.id().equals(session.id()))
                .map(other -> roster.dayOf(other.place().startsAt()))
                .toList();
        return Stream.iterate(day.minusDays(DAYS_AROUND), next -> next.plusDays(1))
                .limit(2L * DAYS_AROUND + 1)
                .filter(other -> !other.isBefore(clock.today()) && fits(session, others, day, other))
                .sorted(Comparator.comparingLong((LocalDate other) -> Math.abs(ChronoUnit.DAYS.between(day, other))))
                .flatMap(other -> roster.earliestOn(other, now, block, session.patientId(), around).stream())
                .limit(MOST_REPAIRS + 1);
    }

    private static boolean fits(Booked session, List<LocalDate> others, LocalDate was, LocalDate day) {
        try {
            session.terms().checkAfterMove(with(others, was), with(others, day));
            return true;
        } catch (RuleViolation refused) {
            return false;
        }
    }

    private static List<LocalDate> with(List<LocalDate> others, LocalDate day) {
        return Stream.concat(others.stream(), Stream.of(day)).sorted().toList();
    }

    private static Repair repair(Place place, boolean sameTime, List<Following> following) {
        return new Repair(place.startsAt(), place.endsAt(), place.chairId(), place.nurseId(), sameTime, following);
    }
}
