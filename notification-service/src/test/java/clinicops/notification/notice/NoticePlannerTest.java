package clinicops.notification.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import clinicops.notification.session.BookedSession;
import clinicops.notification.session.BookedSession.Heard;
import clinicops.notification.template.Template;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoticePlannerTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Instant STARTS_AT = Instant.parse("2026-05-14T15:00:00Z"); // 11:00 in New York

    private final NoticePlanner planner = new NoticePlanner(NoticeRules.read(), NEW_YORK);
    private final BookedSession session = BookedSession.first(
            "session-1", "course-1", "patient-1", 1, "iv", STARTS_AT, new Heard("event-1", "session-1", 1));

    @Test
    void remindsThreeDaysOneDayAndTwoHoursBeforeASessionAndAsksForAnEscortAtTwo() {
        List<NoticePlan> plans = planner.beforeSession(session, before(Duration.ofDays(10)), NEW_YORK);

        assertThat(plans)
                .extracting(NoticePlan::template, NoticePlan::dueAt)
                .containsExactlyInAnyOrder(
                        tuple(Template.REMINDER_72H, before(Duration.ofHours(72))),
                        tuple(Template.ESCORT_REQUEST, before(Duration.ofHours(48))),
                        tuple(Template.REMINDER_24H, before(Duration.ofHours(24))),
                        tuple(Template.REMINDER_2H, before(Duration.ofHours(2))));
    }

    @Test
    void asksForNoEscortWhenOneIsNamed() {
        session.nameEscort();

        assertThat(planner.beforeSession(session, before(Duration.ofDays(10)), NEW_YORK))
                .extracting(NoticePlan::template)
                .doesNotContain(Template.ESCORT_REQUEST);
    }

    @Test
    void remindsAtOnceOfASessionThatIsNearerThanTheReminder() {
        Instant now = before(Duration.ofHours(23));

        assertThat(dueAt(planner.beforeSession(session, now, NEW_YORK), Template.REMINDER_24H))
                .isEqualTo(now);
    }

    @Test
    void givesEachReminderAnEndToItsUse() {
        List<NoticePlan> plans = planner.beforeSession(session, before(Duration.ofDays(10)), NEW_YORK);

        assertThat(plans)
                .extracting(NoticePlan::template, NoticePlan::usefulUntil)
                .contains(
                        tuple(Template.REMINDER_72H, before(Duration.ofHours(48))),
                        tuple(Template.REMINDER_24H, before(Duration.ofHours(2))),
                        tuple(Template.REMINDER_2H, STARTS_AT));
    }

    @Test
    void putsAReminderOfTheNightOffToTheMorning() {
        BookedSession early = BookedSession.first(
                "session-2",
                "course-1",
                "patient-1",
                2,
                "iv",
                Instant.parse("2026-05-14T13:00:00Z"), // 9:00, so that two hours before is 7:00
                new Heard("event-2", "session-2", 1));

        assertThat(dueAt(planner.beforeSession(early, before(Duration.ofDays(10)), NEW_YORK), Template.REMINDER_2H))
                .isEqualTo(Instant.parse("2026-05-14T12:00:00Z"));
    }

    @Test
    void asksOnTheNextMorningOfThePatientHowTheyAre() {
        Instant dischargedAt = Instant.parse("2026-05-14T18:00:00Z");

        List<NoticePlan> plans = planner.afterSession(
                "session-1", "patient-1", dischargedAt, dischargedAt, ZoneId.of("America/Los_Angeles"));

        assertThat(plans)
                .extracting(NoticePlan::template, NoticePlan::dueAt)
                .containsExactlyInAnyOrder(
                        tuple(Template.AFTER_SESSION, dischargedAt),
                        tuple(Template.CHECK_IN, Instant.parse("2026-05-15T17:00:00Z")));
    }

    @Test
    void asksAtTenByTheNewTimeWhenTheClocksChangeOvernight() {
        Instant dischargedAt = Instant.parse("2026-03-07T20:00:00Z");

        assertThat(dueAt(
                        planner.afterSession("session-1", "patient-1", dischargedAt, dischargedAt, NEW_YORK),
                        Template.CHECK_IN))
                .isEqualTo(Instant.parse("2026-03-08T14:00:00Z"));
    }

    private static Instant before(Duration duration) {
        return STARTS_AT.minus(duration);
    }

    private static Instant dueAt(List<NoticePlan> plans, Template template) {
        return plans.stream()
                .filter(p -> p.template() == template)
                .findFirst()
                .orElseThrow()
                .dueAt();
    }
}
