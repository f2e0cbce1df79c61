package clinicops.scheduling.course;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.scheduling.course.CoursePlanner.PlannedCourse;
import clinicops.scheduling.course.CoursePlanner.Wanted;
import clinicops.scheduling.resource.Block;
import clinicops.scheduling.resource.Chair;
import clinicops.scheduling.resource.Nurse;
import clinicops.scheduling.resource.Occupancy.Taking;
import clinicops.scheduling.resource.OpeningHours;
import clinicops.scheduling.resource.OpeningHours.OpenDay;
import clinicops.scheduling.resource.Place;
import clinicops.scheduling.resource.Prescriber;
import clinicops.scheduling.resource.Roster;
import clinicops.scheduling.resource.Taken;
import clinicops.scheduling.session.CourseTerms;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whole courses around both days on which the clocks change, in a clinic that fills up. */
class CoursePlannerProperties {
    private static final Block BLOCK = new Block(Duration.ofMinutes(135), false);
    private static final CourseTerms SIX_SESSIONS = new CourseTerms("plan", 1, 6, 1, 14, 21);

    record Clinic(
            ZoneId zone,
            LocalTime opens,
            LocalTime closes,
            List<DayOfWeek> weekdays,
            int chairs,
            int nurses,
            int seats) {
        Roster roster() {
            return new Roster(
                    zone,
                    new OpeningHours(
                            OpeningHours.ID,
                            1,
                            weekdays.stream()
                                    .map(day -> OpenDay.of(day, opens, closes))
                                    .toList()),
                    IntStream.range(0, chairs)
                            .mapToObj(i -> Chair.of("chair" + i, "Chair " + i))
                            .toList(),
                    IntStream.range(0, nurses)
                            .mapToObj(i -> new Nurse("nurse" + i, 1, "nurse" + i, "Nurse " + i, seats, null))
                            .toList(),
                    List.of(new Prescriber("prescriber", 1, "paula", "Paula", null)));
        }
    }

    @Provide
    Arbitrary<Clinic> clinics() {
        return Combinators.combine(
                        Arbitraries.of("America/New_York", "Europe/Berlin", "Australia/Lord_Howe")
                                .map(ZoneId::of),
                        Arbitraries.integers().between(0, 40).map(q -> LocalTime.MIDNIGHT.plusMinutes(15L * q)),
                        Arbitraries.integers().between(9, 48),
                        Arbitraries.of(
                                List.of(DayOfWeek.values()),
                                List.of(
                                        DayOfWeek.MONDAY,
                                        DayOfWeek.TUESDAY,
                                        DayOfWeek.WEDNESDAY,
                                        DayOfWeek.THURSDAY,
                                        DayOfWeek.FRIDAY),
                                List.of(DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY, DayOfWeek.SATURDAY, DayOfWeek.SUNDAY)),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(1, 2))
                .as((zone, opens, quarters, days, chairs, nurses, seats) -> new Clinic(
                        zone,
                        opens,
                        opens.plusMinutes(15L * quarters).isAfter(opens)
                                ? opens.plusMinutes(15L * quarters)
                                : LocalTime.of(23, 45),
                        days,
                        chairs,
                        nurses,
                        seats));
    }

    @Provide
    Arbitrary<LocalDate> daysAroundAClockChange() {
        return Combinators.combine(
                        Arbitraries.of(
                                LocalDate.of(2026, 3, 8),
                                LocalDate.of(2026, 3, 29),
                                LocalDate.of(2026, 4, 5),
                                LocalDate.of(2026, 10, 4),
                                LocalDate.of(2026, 10, 25),
                                LocalDate.of(2026, 11, 1)),
                        Arbitraries.integers().between(-18, 2))
                .as(LocalDate::plusDays);
    }

    @Property(tries = 150)
    void coursesFillTheClinicWithoutEverBreakingARule(
            @ForAll("clinics") Clinic clinic,
            @ForAll("daysAroundAClockChange") LocalDate from,
            @ForAll @IntRange(min = 1, max = 8) int patients) {
        Roster roster = clinic.roster();
        Instant now = from.atStartOfDay(clinic.zone()).toInstant();
        List<Taking> taken = new ArrayList<>();

        for (int patient = 0; patient < patients; patient++) {
            String patientId = "patient" + patient;
            Optional<List<Place>> course =
                    Planning.best(SIX_SESSIONS, BLOCK, roster, clinic.zone(), Taken.of(taken), patientId, from, now);
            if (course.isEmpty()) {
                break;
            }
            List<Place> places = course.get();
            SIX_SESSIONS.check(
                    places.stream().map(p -> roster.dayOf(p.startsAt())).toList());
            for (Place place : places) {
                assertThat(Duration.between(place.startsAt(), place.endsAt())).isEqualTo(BLOCK.length());
                LocalTime starts = place.startsAt().atZone(clinic.zone()).toLocalTime();
                // the last moment inside: the end itself may be the moment at which the clocks jump
                LocalTime ends =
                        place.endsAt().minusNanos(1).atZone(clinic.zone()).toLocalTime();
                assertThat(starts).isBetween(clinic.opens(), clinic.closes());
                assertThat(ends).isBetween(clinic.opens(), clinic.closes());
                assertThat(clinic.weekdays())
                        .contains(roster.dayOf(place.startsAt()).getDayOfWeek());
                // what is offered may be booked: the same judge
                Place claimed = roster.claim(
                        place.startsAt(), place.chairId(), place.nurseId(), now, BLOCK, patientId, Taken.of(taken));
                assertThat(claimed).isEqualTo(place);
                taken.add(roster.taking("session" + taken.size(), patientId, place));
            }
        }
        assertNobodyIsDoubleBooked(taken, clinic.seats());
    }

    private static void assertNobodyIsDoubleBooked(List<Taking> taken, int seats) {
        for (Taking one : taken) {
            Place place = one.place();
            List<Taking> atOnce = taken.stream()
                    .filter(other -> other.place().startsAt().isBefore(place.endsAt())
                            && other.place().endsAt().isAfter(place.startsAt()))
                    .toList();
            assertThat(atOnce)
                    .filteredOn(o -> o.place().chairId().equals(place.chairId()))
                    .hasSize(1);
            assertThat(atOnce)
                    .filteredOn(o -> o.patientId().equals(one.patientId()))
                    .hasSize(1);
            List<Taking> withNurse = atOnce.stream()
                    .filter(o -> o.place().nurseId().equals(place.nurseId()))
                    .toList();
            assertThat(withNurse)
                    .filteredOn(o -> o.place().seat() == place.seat())
                    .hasSize(1);
            assertThat(place.seat()).isBetween(1, seats);
        }
    }

    @Property(tries = 60)
    void anEmptyClinicThatIsAlwaysOpenGivesTheEarliestAndMostEvenCourse(
            @ForAll("daysAroundAClockChange") LocalDate from, @ForAll @IntRange(min = 1, max = 4) int minGap) {
        Clinic clinic = new Clinic(
                ZoneId.of("America/New_York"),
                LocalTime.of(8, 0),
                LocalTime.of(17, 0),
                List.of(DayOfWeek.values()),
                1,
                1,
                1);
        CourseTerms terms = new CourseTerms("plan", 1, 6, minGap, 14, 21);
        List<Place> places = Planning.best(
                        terms,
                        BLOCK,
                        clinic.roster(),
                        clinic.zone(),
                        Taken.none(),
                        "patient",
                        from,
                        from.atStartOfDay(clinic.zone()).toInstant())
                .orElseThrow();

        assertThat(places.getFirst().startsAt())
                .isEqualTo(from.atTime(8, 0).atZone(clinic.zone()).toInstant());
        List<LocalDate> days = places.stream()
                .map(p -> LocalDate.ofInstant(p.startsAt(), clinic.zone()))
                .toList();
        int everyThirdDay = Math.max(3, minGap);
        for (int i = 1; i < days.size(); i++) {
            assertThat(ChronoUnit.DAYS.between(days.get(i - 1), days.get(i))).isEqualTo(everyThirdDay);
        }
    }

    /** Judged by trying every choice of days, nurses and places there is. */
    @Property(tries = 60)
    void noCourseIsBetterThanTheOneSuggested(
            @ForAll("daysAroundAClockChange") LocalDate from,
            @ForAll @IntRange(min = 1, max = 2) int nurses,
            @ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        Random random = new Random(seed);
        ZoneId zone = ZoneId.of("America/New_York");
        // three places a day, so that everything can be tried
        Clinic clinic =
                new Clinic(zone, LocalTime.of(9, 0), LocalTime.of(11, 45), List.of(DayOfWeek.values()), 2, nurses, 1);
        CourseTerms terms = new CourseTerms("plan", 1, 3, 1, 4, 8);
        Roster roster = clinic.roster();
        Instant now = from.atStartOfDay(zone).toInstant();
        List<Taking> busy = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            roster.earliestOn(from.plusDays(random.nextInt(12)), now, BLOCK, "other" + i, Taken.of(busy))
                    .filter(_ -> random.nextInt(3) > 0)
                    .ifPresent(place -> busy.add(roster.taking("s" + busy.size(), "other", place)));
        }
        Taken taken = Taken.of(busy);
        List<PreferredTime> preferred = random.nextBoolean()
                ? List.of()
                : List.of(new PreferredTime(
                        DayOfWeek.of(1 + random.nextInt(7)), LocalTime.of(9, 15), LocalTime.of(12, 0)));
        LocalDate until = from.plusDays(10);
        Wanted wanted = Planning.wanted(terms, "iv", BLOCK, zone, "patient", from, until, now, preferred);

        var plan = Planning.plan(wanted, roster, taken);

        long best = tried(wanted, roster, taken, from, until, now);
        assertThat(plan.courses().stream().mapToLong(PlannedCourse::cost).findFirst())
                .isEqualTo(best == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(best));
        plan.courses().stream().findFirst().ifPresent(course -> {
            assertThat(cost(wanted, roster, course.places(), from)).isEqualTo(best);
            assertThat(Planning.plan(wanted, roster, taken)).isEqualTo(plan);
        });
    }

    private static long tried(Wanted wanted, Roster roster, Taken taken, LocalDate from, LocalDate until, Instant now) {
        List<List<Place>> byDay = from.datesUntil(until.plusDays(1))
                .map(day -> roster.slotsOn(day, now, BLOCK, "patient", taken)
                        .flatMap(slot -> slot.places().stream())
                        .toList())
                .toList();
        long best = Long.MAX_VALUE;
        for (int a = 0; a < byDay.size(); a++) {
            for (int b = a + 1; b < byDay.size(); b++) {
                for (int c = b + 1; c < byDay.size(); c++) {
                    if (c - a < wanted.leastDays() || c - a > wanted.mostDays()) {
                        continue;
                    }
                    for (Place first : byDay.get(a)) {
                        for (Place second : byDay.get(b)) {
                            for (Place third : byDay.get(c)) {
                                best = Math.min(best, cost(wanted, roster, List.of(first, second, third), from));
                            }
                        }
                    }
                }
            }
        }
        return best;
    }

    /** What the file says that a course costs, counted plainly. */
    private static long cost(Wanted wanted, Roster roster, List<Place> places, LocalDate from) {
        long cost = 0;
        for (int i = 1; i < places.size(); i++) {
            cost += Planning.gapCost(
                    wanted.gaps().get(i - 1),
                    ChronoUnit.DAYS.between(
                            roster.dayOf(places.get(i - 1).startsAt()),
                            roster.dayOf(places.get(i).startsAt())));
        }
        cost += Planning.WEIGHTS.finishPerDay()
                * ChronoUnit.DAYS.between(from, roster.dayOf(places.getLast().startsAt()));
        cost += Planning.WEIGHTS.notPreferred()
                * places.stream().filter(place -> !wanted.prefers(place)).count();
        long ofOneNurse = roster.nurses().stream()
                .mapToLong(nurse -> places.stream()
                        .filter(place -> place.nurseId().equals(nurse.id()))
                        .count())
                .max()
                .orElse(0);
        return cost + Planning.WEIGHTS.otherNurse() * (places.size() - ofOneNurse);
    }
}
