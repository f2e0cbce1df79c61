package clinicops.notification.task;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.contracts.NotificationEvent.NoticeDelivered;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StaffTaskTest {

    private static final Instant RAISED_AT = Instant.parse("2026-05-04T14:00:00Z");

    private final StaffTask task =
            StaffTask.opened("alert-1", "patient-1", "c-ssrs-high", RAISED_AT, EscalationRules.read());

    @Test
    void isShownToStaffAsSoonAsTheAlertIsRaised() {
        assertThat(task.isOpen()).isTrue();
        assertThat(task.announce("notice-1", RAISED_AT))
                .containsExactly(
                        new NoticeDelivered("notice-1", "patient-1", "safety-alert", "staff", "alert-1", RAISED_AT));
    }

    @Test
    void asksANurseAfterFiveMinutesAndAPrescriberAfterFifteen() {
        assertThat(task.escalate(after(4), () -> "notice-2")).isEmpty();
        assertThat(task.nextEscalationAt()).isEqualTo(after(5));

        assertThat(task.escalate(after(5), () -> "notice-2"))
                .containsExactly(new NoticeDelivered(
                        "notice-2", "patient-1", "safety-alert-nurse", "staff", "alert-1", after(5)));
        assertThat(task.nextEscalationAt()).isEqualTo(after(15));

        assertThat(task.escalate(after(15), () -> "notice-3"))
                .containsExactly(new NoticeDelivered(
                        "notice-3", "patient-1", "safety-alert-prescriber", "staff", "alert-1", after(15)));
        assertThat(task.nextEscalationAt()).isNull();
        assertThat(task.isOpen()).isTrue();
    }

    @Test
    void asksEachRoleOnce() {
        task.escalate(after(5), () -> "notice-2");

        assertThat(task.escalate(after(6), () -> "notice-3")).isEmpty();
    }

    @Test
    void asksBothWhenTheClockJumpsPastBoth() {
        assertThat(task.escalate(after(60), () -> "notice-2")).hasSize(2);
    }

    @Test
    void escalatesNoMoreOnceAcknowledged() {
        task.close("nora", after(3));

        assertThat(task.escalate(after(60), () -> "notice-2")).isEmpty();
        assertThat(task.nextEscalationAt()).isNull();
        assertThat(task.closedBy()).isEqualTo("nora");
    }

    @Test
    void keepsTheFirstAcknowledgement() {
        task.close("nora", after(3));
        task.close("paul", after(4));

        assertThat(task.closedBy()).isEqualTo("nora");
        assertThat(task.closedAt()).isEqualTo(after(3));
    }

    private static Instant after(int minutes) {
        return RAISED_AT.plus(Duration.ofMinutes(minutes));
    }
}
