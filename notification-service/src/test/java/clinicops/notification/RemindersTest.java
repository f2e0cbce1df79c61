package clinicops.notification;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.contracts.SchedulingEvent.EscortNamed;
import clinicops.contracts.SchedulingEvent.SessionCancelled;
import clinicops.contracts.SchedulingEvent.SessionCompleted;
import clinicops.contracts.SchedulingEvent.SessionMoved;
import clinicops.contracts.SchedulingEvent.WaitlistOfferEnded;
import clinicops.contracts.SchedulingEvent.WaitlistOffered;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the clock sends around a session. */
class RemindersTest extends NotificationTest {

    private TestPatient rosa;
    private Instant startsAt;

    @BeforeEach
    void rosaCanBeReached() {
        rosa = reachable();
        startsAt = clock.instant().plus(Duration.ofDays(10)).truncatedTo(java.time.temporal.ChronoUnit.HOURS);
    }

    @Test
    void accompaniesASessionFromItsBookingToTheDayAfter() {
        TestCourse course = rosa.books(startsAt);
        assertThat(delivered(1)).containsExactly("course-booked by email");

        moveTo(before(Duration.ofHours(72)));
        assertThat(delivered(1)).containsExactly("reminder-72h by email");

        moveTo(before(Duration.ofHours(48)));
        assertThat(delivered(1)).containsExactly("escort-request by email");

        moveTo(before(Duration.ofHours(24)));
        assertThat(delivered(2)).containsExactly("reminder-24h by email", "reminder-24h by sms");

        moveTo(before(Duration.ofHours(2)));
        assertThat(delivered(1)).containsExactly("reminder-2h by email");

        Instant dischargedAt = startsAt.plus(Duration.ofHours(2));
        moveTo(dischargedAt);
        sender.send(course.session(1), completed(course, dischargedAt));
        assertThat(delivered(1)).containsExactly("after-session by email");

        moveTo(dischargedAt
                .atZone(NEW_YORK)
                .toLocalDate()
                .plusDays(1)
                .atTime(10, 0)
                .atZone(NEW_YORK)
                .toInstant());
        assertThat(delivered(1)).containsExactly("check-in by email");

        assertThat(inbox(rosa.email))
                .extracting(mail -> mail.path("subject").asString())
                .containsExactly(
                        "Your appointments at Riverside Clinic",
                        "Your appointment on "
                                + startsAt.atZone(NEW_YORK)
                                        .format(java.time.format.DateTimeFormatter.ofPattern(
                                                "EEEE, MMMM d, yyyy", java.util.Locale.US)),
                        "Who takes you home?",
                        "How to prepare for your appointment",
                        "We expect you today",
                        "For the rest of the day",
                        "How are you today?");
        assertThat(mailRoom.recordedSms(
                        notice(rosa.id, "reminder-24h", "sms").path("id").asString()))
                .startsWith("Riverside Clinic: we expect you on ");
    }

    @Test
    void tellsOfAnOfferedPlaceAndNoMoreOnceTheOfferIsOver() {
        Instant noon = clock.instant()
                .atZone(NEW_YORK)
                .toLocalDate()
                .plusDays(1)
                .atTime(12, 0)
                .atZone(NEW_YORK)
                .toInstant();
        moveTo(noon);
        sender.send(
                "entry",
                new WaitlistOffered("offer-" + rosa.id, rosa.id, startsAt, noon.plus(Duration.ofHours(1)), noon));
        assertThat(delivered(2)).containsExactly("place-offered by email", "place-offered by sms");

        // before eight nobody is written to; by then the offer is over
        Instant night = noon.plus(Duration.ofHours(19));
        moveTo(night);
        sender.send(
                "entry",
                new WaitlistOffered("late-" + rosa.id, rosa.id, startsAt, night.plus(Duration.ofHours(2)), night));
        settle();
        sender.send("entry", new WaitlistOfferEnded("late-" + rosa.id, rosa.id, "refused", night));
        assertThat(told(probe.expectExactly(SUPPRESSED, SUPPRESSED)))
                .containsExactly("place-offered by email: withdrawn", "place-offered by sms: withdrawn");
    }

    @Test
    void tellsSixSessionsInOneMail() {
        Instant[] six = new Instant[6];
        for (int i = 0; i < 6; i++) {
            six[i] = startsAt.plus(Duration.ofDays(3L * i));
        }

        rosa.books(six);

        assertThat(delivered(1)).containsExactly("course-booked by email");
        assertThat(inbox(rosa.email).getFirst().path("body").asString()).contains("  1. ", "  6. ");
    }

    @Test
    void takesTheRemindersAlongWhenASessionIsMoved() {
        TestCourse course = rosa.books(startsAt);
        moveTo(before(Duration.ofHours(72)));
        assertThat(delivered(2)).containsExactly("course-booked by email", "reminder-72h by email");

        Instant newStart = startsAt.plus(Duration.ofDays(7));
        move(course, newStart, 2);
        assertThat(delivered(1)).containsExactly("session-moved by email");

        moveTo(before(Duration.ofHours(1)));
        probe.expectSilence();

        moveTo(newStart.minus(Duration.ofHours(72)));
        assertThat(delivered(1)).containsExactly("reminder-72h by email");
        moveTo(newStart.minus(Duration.ofHours(24)));
        assertThat(delivered(3))
                .containsExactly("escort-request by email", "reminder-24h by email", "reminder-24h by sms");
    }

    @Test
    void tellsOnlyTheLastOfTwoMovesThatComeInTheNight() {
        TestCourse course = rosa.books(startsAt);
        assertThat(delivered(1)).containsExactly("course-booked by email");
        Instant night = clock.instant().plus(Duration.ofHours(11));
        moveTo(night);

        move(course, startsAt.plus(Duration.ofDays(1)), 2);
        settle();
        move(course, startsAt.plus(Duration.ofDays(2)), 3);
        assertThat(told(probe.expectExactly(SUPPRESSED))).containsExactly("session-moved by email: withdrawn");

        moveTo(night.plus(Duration.ofHours(9)));
        assertThat(delivered(1)).containsExactly("session-moved by email");
    }

    @Test
    void ignoresAnOldMoveThatComesLate() {
        TestCourse course = rosa.books(startsAt);
        move(course, startsAt.plus(Duration.ofDays(7)), 3);
        delivered(2);

        move(course, startsAt.plus(Duration.ofDays(1)), 2);

        probe.expectSilence();
    }

    @Test
    void withdrawsTheRemindersOfACancelledSession() {
        TestCourse course = rosa.books(startsAt);
        assertThat(delivered(1)).containsExactly("course-booked by email");

        sender.draft(
                        course.session(1),
                        new SessionCancelled(
                                course.session(1), course.id, rosa.id, startsAt, "patient", clock.instant()))
                .sequence(2)
                .send();

        assertThat(told(probe.expectExactly(DELIVERED, SUPPRESSED, SUPPRESSED, SUPPRESSED, SUPPRESSED, SUPPRESSED)))
                .containsExactly(
                        "escort-request by email: withdrawn",
                        "reminder-24h by email: withdrawn",
                        "reminder-24h by sms: withdrawn",
                        "reminder-2h by email: withdrawn",
                        "reminder-72h by email: withdrawn",
                        "session-cancelled by email");
        moveTo(startsAt);
        probe.expectSilence();
    }

    @Test
    void asksForNoEscortOnceOneIsNamed() {
        TestCourse course = rosa.books(startsAt);
        assertThat(delivered(1)).containsExactly("course-booked by email");

        sender.send(course.session(1), new EscortNamed(course.session(1), rosa.id, clock.instant()));

        assertThat(told(probe.expectExactly(SUPPRESSED))).containsExactly("escort-request by email: withdrawn");
    }

    @Test
    void dropsRemindersThatAreOfNoUseWhenTheSessionIsBookedAtShortNotice() {
        rosa.books(clock.instant().plus(Duration.ofHours(23)));

        assertThat(told(probe.expectExactly(DELIVERED, DELIVERED, DELIVERED, DELIVERED, SUPPRESSED)))
                .containsExactly(
                        "course-booked by email",
                        "escort-request by email",
                        "reminder-24h by email",
                        "reminder-24h by sms",
                        "reminder-72h by email: useless-by-then");
    }

    @Test
    void sendsOneTextMessageADayOfOneTopic() {
        rosa.books(startsAt, startsAt.plus(Duration.ofHours(3)));
        moveTo(before(Duration.ofHours(20)));

        settle();
        assertThat(notices(rosa.id))
                .filteredOn(n -> n.path("channel").asString().equals("sms"))
                .extracting(n ->
                        n.path("status").asString() + " " + n.path("reason").asString(""))
                .containsExactlyInAnyOrder("delivered ", "suppressed daily-limit");
    }

    @Test
    void sendsNoTextMessageToWhoDidNotAllowIt() {
        rosa.prefers("es", "America/New_York", true, false);
        settle();
        rosa.books(startsAt);
        moveTo(before(Duration.ofHours(24)));

        settle();
        assertThat(notice(rosa.id, "reminder-24h", "sms").path("reason").asString())
                .isEqualTo("no-consent");
        assertThat(inbox(rosa.email))
                .extracting(mail -> mail.path("subject").asString())
                .contains("Cómo prepararse para su cita");
    }

    private void move(TestCourse course, Instant newStart, long sequence) {
        sender.draft(
                        course.session(1),
                        new SessionMoved(
                                course.session(1),
                                course.id,
                                rosa.id,
                                startsAt,
                                newStart,
                                newStart.plus(Duration.ofMinutes(135))))
                .sequence(sequence)
                .send();
    }

    private Instant before(Duration duration) {
        return startsAt.minus(duration);
    }

    private SessionCompleted completed(TestCourse course, Instant dischargedAt) {
        return new SessionCompleted(
                course.session(1),
                course.id,
                rosa.id,
                1,
                "ketamine",
                "iv",
                null,
                new BigDecimal("35.0"),
                startsAt,
                startsAt.plus(Duration.ofMinutes(20)),
                startsAt.plus(Duration.ofMinutes(60)),
                dischargedAt,
                List.of());
    }
}
