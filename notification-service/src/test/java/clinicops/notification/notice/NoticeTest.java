package clinicops.notification.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import clinicops.chassis.RuleViolation;
import clinicops.contracts.NotificationEvent.NoticeDelivered;
import clinicops.contracts.NotificationEvent.NoticeFailed;
import clinicops.contracts.NotificationEvent.NoticeSuppressed;
import clinicops.notification.template.Channel;
import clinicops.notification.template.Template;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NoticeTest {

    private static final Instant NOW = Instant.parse("2026-05-04T14:00:00Z");
    private static final Instant STARTS_AT = NOW.plus(Duration.ofDays(3));

    private final Notice notice = Notice.planned(
            "notice-1", reminder("event-1", STARTS_AT), Channel.EMAIL, "notices@1", NOW, "correlation-1", "event-1");

    @Test
    void isKeyedOnOccurrenceTemplateVersionAndChannel() {
        assertThat(notice.key()).isEqualTo("session/session-1#event-1|reminder-24h.v1|email");
    }

    @Test
    void tellsThatItWasDelivered() {
        notice.claim("me", NOW);

        assertThat(notice.deliver(NOW))
                .containsExactly(
                        new NoticeDelivered("notice-1", "patient-1", "reminder-24h", "email", "session-1", NOW));
        assertThat(notice.state()).isEqualTo(Notice.State.DELIVERED);
        assertThat(notice.decidedAt()).isEqualTo(NOW);
    }

    @Test
    void tellsWhyItWasSuppressed() {
        assertThat(notice.suppress("withdrawn", NOW))
                .containsExactly(new NoticeSuppressed(
                        "notice-1", "patient-1", "reminder-24h", "email", "session-1", "withdrawn", NOW));
        assertThat(notice.reason()).isEqualTo("withdrawn");
    }

    @Test
    void isSentOnceOnly() {
        notice.deliver(NOW);

        assertThatIllegalStateException().isThrownBy(() -> notice.claim("me", NOW));
        assertThatIllegalStateException().isThrownBy(() -> notice.suppress("withdrawn", NOW));
        assertThatIllegalStateException().isThrownBy(() -> notice.reschedule(reminder("event-2", STARTS_AT)));
    }

    @Test
    void canBeSentAgainAfterItFailed() {
        notice.claim("me", NOW);
        assertThat(notice.fail("provider-failed", NOW))
                .containsExactly(new NoticeFailed(
                        "notice-1", "patient-1", "reminder-24h", "email", "session-1", "provider-failed", NOW));

        notice.resend();

        assertThat(notice.state()).isEqualTo(Notice.State.PENDING);
        assertThat(notice.attempts()).isZero();
        assertThat(notice.reason()).isNull();
    }

    @Test
    void isNotSentAgainUnlessItFailed() {
        notice.deliver(NOW);

        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(notice::resend)
                .satisfies(e -> assertThat(e.rule()).isEqualTo("only-failed-notices-are-resent"));
    }

    @Test
    void followsItsSessionToANewTime() {
        Instant moved = STARTS_AT.plus(Duration.ofDays(1));

        notice.reschedule(reminder("event-2", moved));

        assertThat(notice.key()).isEqualTo("session/session-1#event-2|reminder-24h.v1|email");
        assertThat(notice.dueAt()).isEqualTo(moved.minus(Duration.ofHours(24)));
        assertThat(notice.facts().startsAt()).isEqualTo(moved);
    }

    @Test
    void losesItsClaimWhenItIsRescheduledWhileBeingSent() {
        notice.claim("me", NOW);

        notice.reschedule(reminder("event-2", STARTS_AT));

        assertThat(notice.isClaimedBy("me")).isFalse();
    }

    @Test
    void doesNotCountADeferralAsATry() {
        notice.claim("me", NOW);
        notice.defer(NOW.plus(Duration.ofHours(10)));

        assertThat(notice.attempts()).isZero();
        assertThat(notice.isClaimedBy("me")).isFalse();
    }

    @Test
    void waitsForTheCardAndComesBack() {
        notice.claim("me", NOW);
        notice.await();
        assertThat(notice.state()).isEqualTo(Notice.State.WAITING);

        notice.release();
        assertThat(notice.state()).isEqualTo(Notice.State.PENDING);
        assertThat(notice.attempts()).isZero();
    }

    private static NoticePlan reminder(String turn, Instant startsAt) {
        return new NoticePlan(
                Template.REMINDER_24H,
                "patient-1",
                Occurrence.ofSession("session-1", turn),
                NoticeFacts.ofSession(startsAt, "iv"),
                startsAt.minus(Duration.ofHours(24)),
                startsAt.minus(Duration.ofHours(2)));
    }
}
