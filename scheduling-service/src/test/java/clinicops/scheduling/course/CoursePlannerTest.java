package clinicops.scheduling.course;

import static org.assertj.core.api.Assertions.assertThat;

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
        List<Place> course = CoursePlanner.plan(SIX_SESSIONS, BLOCK, clinic(2), Taken.none(), "p", MONDAY, NOW)
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

        List<Place> course = CoursePlanner.plan(SIX_SESSIONS, BLOCK, clinic(2), Taken.none(), "p", MONDAY, late)
                .orElseThrow();

        assertThat(course.getFirst().startsAt())
                .isEqualTo(MONDAY.atTime(9, 15).atZone(NEW_YORK).toInstant());
    }

    @Test
    void aSecondPatientGetsTheSecondChairAndTheNursesSecondSeat() {
        List<Place> first = CoursePlanner.plan(SIX_SESSIONS, BLOCK, clinic(2), Taken.none(), "p", MONDAY, NOW)
                .orElseThrow();
        Taken taken = Taken.of(
                first.stream().map(place -> clinic(2).taking("s", "p", place)).toList());

        Place place = CoursePlanner.plan(SIX_SESSIONS, BLOCK, clinic(2), taken, "q", MONDAY, NOW)
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

        assertThat(CoursePlanner.plan(SIX_SESSIONS, BLOCK, mondays, Taken.none(), "p", MONDAY, NOW))
                .isEmpty();
    }
}
