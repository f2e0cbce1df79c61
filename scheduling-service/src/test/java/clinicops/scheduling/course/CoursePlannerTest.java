package clinicops.scheduling.course;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.scheduling.course.CoursePlanner.CoursePlan;
import clinicops.scheduling.course.CoursePlanner.PassedOver;
import clinicops.scheduling.course.CoursePlanner.PlannedCourse;
import clinicops.scheduling.course.CoursePlanner.PlannedSession;
import clinicops.scheduling.course.CoursePlanner.Wanted;
import clinicops.scheduling.course.CoursePlanner.WantedPlace;
import clinicops.scheduling.resource.Block;
import clinicops.scheduling.resource.Chair;
import clinicops.scheduling.resource.Nurse;
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
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CoursePlannerTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Block BLOCK = new Block(Duration.ofMinutes(135), false);
    private static final CourseTerms SIX_SESSIONS = new CourseTerms("plan", 1, 6, 1, 14, 21);
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 30);
    private static final Instant NOW = MONDAY.atTime(7, 0).atZone(NEW_YORK).toInstant();

    private static Roster clinic(int chairs) {
        return new Roster(
                NEW_YORK,
                new OpeningHours(
                        OpeningHours.ID,
                        1,
                        Stream.of(
                                        DayOfWeek.MONDAY,
                                        DayOfWeek.TUESDAY,
                                        DayOfWeek.WEDNESDAY,
                                        DayOfWeek.THURSDAY,
                                        DayOfWeek.FRIDAY)
                                .map(day -> OpenDay.of(day, LocalTime.of(8, 0), LocalTime.of(12, 30)))
                                .toList()),
                Stream.iterate(1, i -> i + 1)
                        .limit(chairs)
                        .map(i -> Chair.of("c" + i, "C" + i))
                        .toList(),
                List.of(new Nurse("n1", 1, "nora", "Nora", 2, null)),
                List.of(new Prescriber("p1", 1, "paula", "Paula", null)));
    }

    private static List<LocalDate> days(List<Place> places) {
        return places.stream()
                .map(p -> LocalDate.ofInstant(p.startsAt(), NEW_YORK))
                .toList();
    }

    @Test
    void spreadsSixSessionsOverWeekdays() {
        List<Place> course = Planning.best(SIX_SESSIONS, BLOCK, clinic(2), NEW_YORK, Taken.none(), "p", MONDAY, NOW)
                .orElseThrow();

        assertThat(days(course)).first().isEqualTo(MONDAY);
        assertThat(days(course)).doesNotHaveDuplicates().hasSize(6);
        SIX_SESSIONS.check(days(course));
        assertThat(course)
                .allSatisfy(p ->
                        assertThat(p.startsAt().atZone(NEW_YORK).toLocalTime()).isEqualTo(LocalTime.of(8, 0)));
    }

    @Test
    void offersNothingBeforeNow() {
        Instant late = MONDAY.atTime(9, 1).atZone(NEW_YORK).toInstant();

        List<Place> course = Planning.best(SIX_SESSIONS, BLOCK, clinic(2), NEW_YORK, Taken.none(), "p", MONDAY, late)
                .orElseThrow();

        assertThat(course.getFirst().startsAt())
                .isEqualTo(MONDAY.atTime(9, 15).atZone(NEW_YORK).toInstant());
    }

    @Test
    void aSecondPatientGetsTheSecondChairAndTheNursesSecondSeat() {
        List<Place> first = Planning.best(SIX_SESSIONS, BLOCK, clinic(2), NEW_YORK, Taken.none(), "p", MONDAY, NOW)
                .orElseThrow();
        Taken taken = Taken.of(
                first.stream().map(place -> clinic(2).taking("s", "p", place)).toList());

        Place place = Planning.best(SIX_SESSIONS, BLOCK, clinic(2), NEW_YORK, taken, "q", MONDAY, NOW)
                .orElseThrow()
                .getFirst();

        assertThat(place.startsAt()).isEqualTo(first.getFirst().startsAt());
        assertThat(place.chairId()).isEqualTo("c2");
        assertThat(place.seat()).isEqualTo(2);
    }

    @Test
    void theWholeCourseWaitsWhenOneOfItsDaysIsMissing() {
        // open on Mondays only: six sessions can never lie within three weeks
        Roster mondays = new Roster(
                NEW_YORK,
                new OpeningHours(
                        OpeningHours.ID,
                        1,
                        List.of(OpenDay.of(DayOfWeek.MONDAY, LocalTime.of(8, 0), LocalTime.of(17, 0)))),
                clinic(1).chairs(),
                clinic(1).nurses(),
                clinic(1).prescribers());

        assertThat(Planning.best(SIX_SESSIONS, BLOCK, mondays, NEW_YORK, Taken.none(), "p", MONDAY, NOW))
                .isEmpty();
    }

    private static CoursePlan asked(CourseTerms terms, String route, List<PreferredTime> preferred, Taken taken) {
        return Planning.plan(
                Planning.wanted(terms, route, BLOCK, NEW_YORK, "p", MONDAY, MONDAY.plusDays(90), NOW, preferred),
                clinic(2),
                taken);
    }

    @Test
    void saysWhyEachPlaceWasChosenAndWhatWasPassedOver() {
        CoursePlan plan = asked(SIX_SESSIONS, "iv", List.of(), Taken.none());

        List<PlannedSession> best = plan.courses().getFirst().sessions();
        assertThat(best.getFirst().because()).contains("earliest", "same-nurse");
        assertThat(best.get(1).because()).contains("even-gap");
        assertThat(plan.passedOver())
                .contains(new PassedOver(MONDAY.plusDays(5), null, "closed"))
                .anySatisfy(passed -> assertThat(passed.rule()).isEqualTo("other-day-better"));
        assertThat(plan.courses())
                .hasSize(3)
                .isSortedAccordingTo(Comparator.comparingLong(PlannedCourse::cost))
                .extracting(course -> course.places().getFirst().startsAt())
                .doesNotHaveDuplicates();
    }

    @Test
    void afternoonsThatSuitAreWorthALaterHour() {
        List<PreferredTime> lateMornings = Stream.of(DayOfWeek.values())
                .map(day -> new PreferredTime(day, LocalTime.of(10, 0), LocalTime.of(12, 30)))
                .toList();

        PlannedCourse best =
                asked(SIX_SESSIONS, "iv", lateMornings, Taken.none()).courses().getFirst();

        assertThat(best.sessions()).allSatisfy(session -> {
            assertThat(session.because()).contains("preferred-time");
            assertThat(session.place().startsAt().atZone(NEW_YORK).toLocalTime())
                    .isEqualTo(LocalTime.of(10, 0));
        });
    }

    @Test
    void esketamineComesTwiceAWeekThenWeekly() {
        CourseTerms twelve = new CourseTerms("plan", 1, 12, 1, 42, 63);

        List<LocalDate> days = days(asked(twelve, "nasal", List.of(), Taken.none())
                .courses()
                .getFirst()
                .places());

        for (int session = 1; session < 12; session++) {
            long apart = ChronoUnit.DAYS.between(days.get(session - 1), days.get(session));
            assertThat(apart)
                    .as("before session %d", session + 1)
                    .isBetween(session < 8 ? 2L : 5L, session < 8 ? 5L : 9L);
        }
    }

    @Test
    void aFullChairIsNamedAsTheReason() {
        Place morning = new Place(
                MONDAY.atTime(8, 0).atZone(NEW_YORK).toInstant(),
                MONDAY.atTime(12, 30).atZone(NEW_YORK).toInstant(),
                "c1",
                "n1",
                1,
                null,
                null);
        Place other = new Place(morning.startsAt(), morning.endsAt(), "c2", "n1", 2, null, null);
        Taken taken =
                Taken.of(List.of(clinic(2).taking("a", "x", morning), clinic(2).taking("b", "y", other)));

        CoursePlan plan = asked(SIX_SESSIONS, "iv", List.of(), taken);

        assertThat(plan.passedOver()).contains(new PassedOver(MONDAY, null, "chair-full"));
        assertThat(days(plan.courses().getFirst().places()).getFirst()).isEqualTo(MONDAY.plusDays(1));
    }

    @Test
    void nothingIsPlannedBeyondTheEndOfTheClearance() {
        Wanted open =
                Planning.wanted(SIX_SESSIONS, "iv", BLOCK, NEW_YORK, "p", MONDAY, MONDAY.plusDays(60), NOW, List.of());
        List<LocalDate> days = days(Planning.plan(open, clinic(2), Taken.none())
                .courses()
                .getFirst()
                .places());

        CoursePlan tooShort = Planning.plan(clearedUntil(open, MONDAY.plusDays(10)), clinic(2), Taken.none());
        assertThat(tooShort.courses()).isEmpty();
        assertThat(tooShort.passedOver()).contains(new PassedOver(MONDAY.plusDays(10), null, "clearance-ends"));

        assertThat(days(Planning.plan(clearedUntil(open, days.getLast().plusDays(1)), clinic(2), Taken.none())
                        .courses()
                        .getFirst()
                        .places()))
                .as("its last day still counts")
                .isEqualTo(days);
    }

    private static Wanted clearedUntil(Wanted wanted, LocalDate day) {
        return new Wanted(
                wanted.patientId(),
                wanted.sessions(),
                wanted.gaps(),
                wanted.leastDays(),
                wanted.mostDays(),
                wanted.block(),
                wanted.zone(),
                wanted.from(),
                wanted.until(),
                wanted.notBefore(),
                wanted.nurseId(),
                wanted.preferred(),
                day);
    }

    @Test
    void noGapIsWiderThanThePlanAllows() {
        CourseTerms closeTogether = new CourseTerms("plan", 1, 6, 1, 14, 21, 4);

        List<LocalDate> days = days(asked(closeTogether, "iv", List.of(), Taken.none())
                .courses()
                .getFirst()
                .places());

        for (int session = 1; session < 6; session++) {
            assertThat(ChronoUnit.DAYS.between(days.get(session - 1), days.get(session)))
                    .isBetween(1L, 4L);
        }
    }

    @Test
    void whatCanStayStaysWhenOneSessionIsMoved() {
        List<Place> booked = asked(SIX_SESSIONS, "iv", List.of(), Taken.none())
                .courses()
                .getFirst()
                .places();
        // the second goes to the day of the third
        Place third = booked.get(2);
        Place moved = new Place(
                third.startsAt(),
                third.endsAt(),
                third.chairId(),
                third.nurseId(),
                third.seat(),
                null,
                third.prescriberId());
        List<WantedPlace> chain = new ArrayList<>();
        for (int i = 0; i < booked.size(); i++) {
            chain.add(i == 1 ? new WantedPlace(moved, true) : new WantedPlace(booked.get(i), false));
        }
        Wanted wanted = new Wanted(
                "p",
                chain,
                Planning.PHASES.gaps("iv", SIX_SESSIONS, 6),
                0,
                21,
                BLOCK,
                NEW_YORK,
                MONDAY,
                MONDAY.plusDays(60),
                NOW,
                null,
                List.of(),
                null);

        List<PlannedSession> planned = Planning.plan(wanted, clinic(2), Taken.none())
                .courses()
                .getFirst()
                .sessions();

        assertThat(planned.get(1).because()).containsExactly("fixed");
        assertThat(days(planned.stream().map(PlannedSession::place).toList()))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(planned)
                .filteredOn(session -> session.because().contains("stays"))
                .hasSize(4);
        assertThat(planned.get(2).place()).isNotEqualTo(third);
    }
}
