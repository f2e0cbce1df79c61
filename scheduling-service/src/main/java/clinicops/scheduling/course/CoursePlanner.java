package clinicops.scheduling.course;

import clinicops.scheduling.course.CoursePhases.Gap;
import clinicops.scheduling.resource.Block;
import clinicops.scheduling.resource.Nurse;
import clinicops.scheduling.resource.Place;
import clinicops.scheduling.resource.Roster;
import clinicops.scheduling.resource.Roster.Slot;
import clinicops.scheduling.resource.Taken;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the best whole courses: earliest finish, even gaps, one nurse, the patient's preferred times, weighed by {@link
 * CoursePlanning}. Pure and exact: what a course costs is a sum over its sessions and gaps, so for each first day and each nurse
 * a shortest path from day to day finds the least of all (ADR 23). The same question has the same answer.
 */
final class CoursePlanner {
    private static final long NEVER = Long.MAX_VALUE / 4;
    static final int MOST_COURSES = 3;

    private final CoursePlanning weights;
    private final Wanted wanted;
    private final Roster roster;
    private final Taken taken;
    private final List<Nurse> anchors;
    private final Map<LocalDate, DayChoices> days = new HashMap<>();

    private CoursePlanner(CoursePlanning weights, Wanted wanted, Roster roster, Taken taken) {
        this.weights = weights;
        this.wanted = wanted;
        this.roster = roster;
        this.taken = taken;
        this.anchors = roster.nurses().stream()
                .filter(nurse -> wanted.nurseId() == null || nurse.id().equals(wanted.nurseId()))
                .toList();
    }

    /**
     * One session of the course that is wanted.
     *
     * @param former where it is booked; null for a new one
     * @param fixed whether it stays there, because it was given or because somebody wants it exactly there
     */
    record WantedPlace(@Nullable Place former, boolean fixed) {
        static final WantedPlace ANY = new WantedPlace(null, false);
    }

    /**
     * @param gaps one less than sessions
     * @param leastDays from the first session to the last
     * @param from first day
     * @param until last day, the horizon
     * @param nurseId the nurse that is wished for; null for whoever fits best
     * @param preferred empty: every time is as good
     * @param clearedUntil first day on which the patient's clearance no longer holds; null when it has no end
     */
    record Wanted(
            String patientId,
            List<WantedPlace> sessions,
            List<Gap> gaps,
            int leastDays,
            int mostDays,
            Block block,
            ZoneId zone,
            LocalDate from,
            LocalDate until,
            Instant notBefore,
            @Nullable String nurseId,
            List<PreferredTime> preferred,
            @Nullable LocalDate clearedUntil) {
        /** The same, no further than that. */
        Wanted until(LocalDate last) {
            return new Wanted(
                    patientId,
                    sessions,
                    gaps,
                    leastDays,
                    mostDays,
                    block,
                    zone,
                    from,
                    last,
                    notBefore,
                    nurseId,
                    preferred,
                    clearedUntil);
        }

        boolean isCleared(LocalDate day) {
            return clearedUntil == null || day.isBefore(clearedUntil);
        }

        boolean prefers(Place place) {
            return preferred.isEmpty()
                    || preferred.stream().anyMatch(time -> time.holds(place.startsAt(), place.endsAt(), zone));
        }

        /** Nothing that could stay where it is: the earlier it is over, the better. */
        boolean isNew() {
            return sessions.stream().allMatch(session -> session.former() == null || session.fixed());
        }
    }

    /** @param because {@code earliest}, {@code even-gap}, {@code same-nurse}, {@code preferred-time}, {@code only-place}, {@code stays} or {@code fixed} */
    record PlannedSession(Place place, List<String> because) {}

    record PlannedCourse(long cost, List<PlannedSession> sessions) {
        List<Place> places() {
            return sessions.stream().map(PlannedSession::place).toList();
        }
    }

    /**
     * A day, or a moment of a chosen day, that the best course does without.
     *
     * @param startsAt null for the whole day
     * @param rule {@code closed}, {@code chair-full}, {@code nurse-full}, {@code no-prescriber-cover}, {@code pump-missing}, {@code
     *     patient-busy}, {@code session-gap}, {@code clearance-ends}, {@code other-nurse}, {@code
     *     not-preferred} or {@code other-day-better}
     */
    record PassedOver(LocalDate day, @Nullable Instant startsAt, String rule) {}

    /** @param courses the best first, at most {@value #MOST_COURSES}, each with another first day; empty when nothing fits */
    record CoursePlan(List<PlannedCourse> courses, List<PassedOver> passedOver) {}

    static CoursePlan plan(CoursePlanning weights, Wanted wanted, Roster roster, Taken taken) {
        return new CoursePlanner(weights, wanted, roster, taken).plan();
    }

    private CoursePlan plan() {
        List<Found> found = new ArrayList<>();
        for (int first = 0; first <= daysFrom(wanted.until()); first++) {
            // no course that begins now or later can be better than those that are found already
            if (found.size() >= MOST_COURSES
                    && leastFrom(first) >= found.get(MOST_COURSES - 1).cost()) {
                break;
            }
            best(wanted.from().plusDays(first)).ifPresent(found::add);
            found.sort(Comparator.comparingLong(Found::cost));
            Place fixed = wanted.sessions().getFirst().fixed()
                    ? wanted.sessions().getFirst().former()
                    : null;
            if (fixed != null) {
                break;
            }
        }
        List<PlannedCourse> courses =
                found.stream().limit(MOST_COURSES).map(this::explained).toList();
        return new CoursePlan(courses, found.isEmpty() ? everyDay() : passedOver(found.getFirst()));
    }

    private long leastFrom(int firstDay) {
        long span = Math.max(
                wanted.leastDays(),
                wanted.gaps().stream().mapToInt(Gap::leastDays).sum());
        return finishCost(firstDay + span);
    }

    private long finishCost(long day) {
        return wanted.isNew() ? weights.finishPerDay() * day : 0;
    }

    private long daysFrom(LocalDate day) {
        return ChronoUnit.DAYS.between(wanted.from(), day);
    }

    private record Found(long cost, @Nullable Nurse anchor, List<LocalDate> days, List<Place> places) {}

    /** Of all courses that begin on that day. */
    private Optional<Found> best(LocalDate firstDay) {
        LocalDate first = firstDay;
        Place fixed = wanted.sessions().getFirst().former();
        if (wanted.sessions().getFirst().fixed() && fixed != null) {
            first = roster.dayOf(fixed.startsAt());
        }
        Found best = null;
        for (Nurse anchor : anchors) {
            Found found = shortest(first, anchor);
            if (found != null && (best == null || found.cost() < best.cost())) {
                best = found;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The shortest path from session to session, one node for each day. */
    private @Nullable Found shortest(LocalDate first, Nurse anchor) {
        int sessions = wanted.sessions().size();
        int span = (int) Math.min(wanted.mostDays(), ChronoUnit.DAYS.between(first, wanted.until()));
        if (span < 0) {
            return null;
        }
        long[][] cost = new long[sessions][span + 1];
        int[][] before = new int[sessions][span + 1];
        for (long[] row : cost) {
            Arrays.fill(row, NEVER);
        }
        cost[0][0] = nodeCost(0, first, anchor);
        if (cost[0][0] >= NEVER) {
            return null;
        }
        for (int session = 1; session < sessions; session++) {
            Gap gap = wanted.gaps().get(session - 1);
            for (int day = 1; day <= span; day++) {
                long least = NEVER;
                for (int apart = gap.leastDays(); apart <= Math.min(day, gap.mostDays()); apart++) {
                    long sofar = cost[session - 1][day - apart];
                    if (sofar < NEVER) {
                        long off = gap.halfDaysOff(apart);
                        long sum = sofar + weights.gapOffPerHalfDaySquared() * off * off;
                        if (sum < least) {
                            least = sum;
                            before[session][day] = day - apart;
                        }
                    }
                }
                if (least < NEVER) {
                    long node = nodeCost(session, first.plusDays(day), anchor);
                    cost[session][day] = node < NEVER ? least + node : NEVER;
                }
            }
        }
        int last = -1;
        long least = NEVER;
        for (int day = sessions == 1 ? 0 : wanted.leastDays(); day <= span; day++) {
            long sum = cost[sessions - 1][day];
            if (sum < NEVER) {
                sum += finishCost(daysFrom(first) + day);
                if (sum < least) {
                    least = sum;
                    last = day;
                }
            }
        }
        if (last < 0) {
            return null;
        }
        LocalDate[] chosen = new LocalDate[sessions];
        for (int session = sessions - 1, day = last; session >= 0; session--) {
            chosen[session] = first.plusDays(day);
            day = before[session][day];
        }
        List<LocalDate> on = List.of(chosen);
        List<Place> places = new ArrayList<>();
        for (int session = 0; session < sessions; session++) {
            places.add(node(session, on.get(session), anchor).place());
        }
        return new Found(least, anchor, on, places);
    }

    private record Choice(@Nullable Place chosen, long cost) {
        static final Choice NONE = new Choice(null, NEVER);

        Place place() {
            return java.util.Objects.requireNonNull(chosen);
        }
    }

    private long nodeCost(int session, LocalDate day, Nurse anchor) {
        return node(session, day, anchor).cost();
    }

    private Choice node(int session, LocalDate day, Nurse anchor) {
        WantedPlace wish = wanted.sessions().get(session);
        Place former = wish.former();
        if (former == null) {
            return choices(day).of(anchor);
        }
        LocalDate formerDay = roster.dayOf(former.startsAt());
        if (formerDay.equals(day) && (wish.fixed() || canStay(former))) {
            return new Choice(former, 0);
        }
        if (wish.fixed()) {
            return Choice.NONE;
        }
        Choice other = choices(day).of(anchor);
        return other.cost() >= NEVER
                ? other
                : new Choice(
                        other.place(),
                        other.cost()
                                + weights.movedAtAll()
                                + weights.movedPerDay() * Math.abs(ChronoUnit.DAYS.between(formerDay, day)));
    }

    private boolean canStay(Place former) {
        return !former.startsAt().isBefore(wanted.notBefore())
                && roster.judge(former, wanted.block()).isEmpty();
    }

    private DayChoices choices(LocalDate day) {
        return days.computeIfAbsent(day, DayChoices::new);
    }

    /** The best place of a day with each nurse, of whole course's point of view: only these can be part of a best course. */
    private final class DayChoices {
        private final LocalDate day;
        private final List<Slot> slots;
        private final Choice withAny;
        private final Map<String, Choice> byNurse = new HashMap<>();

        DayChoices(LocalDate day) {
            this.day = day;
            slots = day.isBefore(wanted.from()) || !wanted.isCleared(day)
                    ? List.of()
                    : roster.slotsOn(day, wanted.notBefore(), wanted.block(), wanted.patientId(), taken)
                            .toList();
            Choice any = Choice.NONE;
            for (Slot slot : slots) {
                for (Place place : slot.places()) {
                    Choice own = byNurse.getOrDefault(place.nurseId(), Choice.NONE);
                    if (own.cost() > 0) {
                        long cost = wanted.prefers(place) ? 0 : weights.notPreferred();
                        if (cost < own.cost()) {
                            byNurse.put(place.nurseId(), new Choice(place, cost));
                        }
                        if (cost < any.cost()) {
                            any = new Choice(place, cost);
                        }
                    }
                }
            }
            withAny = any.cost() >= NEVER ? any : new Choice(any.place(), any.cost() + weights.otherNurse());
        }

        Choice of(Nurse anchor) {
            Choice own = byNurse.getOrDefault(anchor.id(), Choice.NONE);
            return own.cost() <= withAny.cost() ? own : withAny;
        }

        /** The reason that stands in the way most often; empty when there is a place. */
        Optional<String> whyNone() {
            if (!roster.opensOn(day)) {
                return Optional.of("closed");
            }
            if (!wanted.isCleared(day)) {
                return Optional.of("clearance-ends");
            }
            if (slots.stream().anyMatch(slot -> !slot.places().isEmpty())) {
                return Optional.empty();
            }
            return Optional.of(slots.stream()
                    .collect(Collectors.groupingBy(slot -> String.valueOf(slot.refusal()), Collectors.counting()))
                    .entrySet()
                    .stream()
                    .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey)
                    .orElse("closed"));
        }

        long places() {
            return slots.stream().filter(slot -> !slot.places().isEmpty()).count();
        }
    }

    private PlannedCourse explained(Found course) {
        List<PlannedSession> sessions = new ArrayList<>();
        Map<String, Long> byNurse =
                course.places().stream().collect(Collectors.groupingBy(Place::nurseId, Collectors.counting()));
        for (int i = 0; i < course.places().size(); i++) {
            Place place = course.places().get(i);
            WantedPlace wish = wanted.sessions().get(i);
            List<String> because = new ArrayList<>();
            if (wish.fixed()) {
                because.add("fixed");
            } else if (place.equals(wish.former())) {
                because.add("stays");
            } else {
                if (i == 0
                        && firstFree().filter(course.days().getFirst()::equals).isPresent()) {
                    because.add("earliest");
                }
                if (i > 0 && wanted.gaps().get(i - 1).halfDaysOff(apart(course, i)) <= 1) {
                    because.add("even-gap");
                }
                if (byNurse.getOrDefault(place.nurseId(), 0L) > 1) {
                    because.add("same-nurse");
                }
                if (!wanted.preferred().isEmpty() && wanted.prefers(place)) {
                    because.add("preferred-time");
                }
                if (choices(course.days().get(i)).places() == 1) {
                    because.add("only-place");
                }
            }
            sessions.add(new PlannedSession(place, because));
        }
        return new PlannedCourse(course.cost(), sessions);
    }

    private static int apart(Found course, int session) {
        return (int) ChronoUnit.DAYS.between(
                course.days().get(session - 1), course.days().get(session));
    }

    private Optional<LocalDate> firstFree() {
        return wanted.from()
                .datesUntil(wanted.until().plusDays(1))
                .filter(day -> choices(day).whyNone().isEmpty())
                .findFirst();
    }

    /** Why nothing was chosen on the days before the course ends, and not earlier on its own days. */
    private List<PassedOver> passedOver(Found course) {
        List<PassedOver> passed = new ArrayList<>();
        LocalDate from = wanted.from();
        from.datesUntil(course.days().getLast().plusDays(1)).forEach(day -> {
            int session = course.days().indexOf(day);
            if (session < 0) {
                passed.add(new PassedOver(day, null, choices(day).whyNone().orElseGet(() -> tooNear(course, day))));
            } else if (!wanted.sessions().get(session).fixed()) {
                earlier(course.places().get(session), day, passed);
            }
        });
        return passed;
    }

    private void earlier(Place chosen, LocalDate day, List<PassedOver> passed) {
        choices(day).slots.stream()
                .filter(slot -> slot.startsAt().isBefore(chosen.startsAt()))
                .forEach(slot -> {
                    String refusal = slot.refusal();
                    passed.add(new PassedOver(
                            day,
                            slot.startsAt(),
                            refusal != null
                                    ? refusal
                                    : slot.places().stream().noneMatch(wanted::prefers)
                                            ? "not-preferred"
                                            : "other-nurse"));
                });
    }

    private String tooNear(Found course, LocalDate day) {
        for (int i = 1; i < course.days().size(); i++) {
            int least = wanted.gaps().get(i - 1).leastDays();
            if (Math.abs(ChronoUnit.DAYS.between(course.days().get(i), day)) < least
                    || Math.abs(ChronoUnit.DAYS.between(course.days().get(i - 1), day)) < least) {
                return "session-gap";
            }
        }
        return "other-day-better";
    }

    private List<PassedOver> everyDay() {
        return wanted.from()
                .datesUntil(wanted.until().plusDays(1))
                .limit(weights.windowDays())
                .map(day -> new PassedOver(day, null, choices(day).whyNone().orElse("session-gap")))
                .toList();
    }
}
