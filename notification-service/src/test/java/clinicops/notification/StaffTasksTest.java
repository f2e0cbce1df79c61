package clinicops.notification;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.contracts.IntakeEvent.SafetyAlertAcknowledged;
import clinicops.contracts.IntakeEvent.SafetyAlertRaised;
import clinicops.outbox.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A patient may be in danger: somebody has to know, and to say so. */
class StaffTasksTest extends NotificationTest {

    private final String alertId = Ids.next();
    private final String patientId = Ids.next();

    @Test
    void asksNurseAndPrescriberUntilSomebodyAcknowledges() {
        Instant raisedAt = clock.instant();
        sender.send(alertId, new SafetyAlertRaised(alertId, patientId, "c-ssrs-high", raisedAt));
        assertThat(delivered(1)).containsExactly("safety-alert by staff");
        assertThat(open()).extracting(t -> t.path("id").asString()).containsExactly(alertId);
        assertThat(admin().get("/api/clock").body().path("nextDueAt").asString())
                .isEqualTo(raisedAt.plus(Duration.ofMinutes(5)).toString());

        moveTo(raisedAt.plus(Duration.ofMinutes(5)));
        assertThat(delivered(1)).containsExactly("safety-alert-nurse by staff");

        moveTo(raisedAt.plus(Duration.ofMinutes(15)));
        assertThat(delivered(1)).containsExactly("safety-alert-prescriber by staff");
        assertThat(open()).hasSize(1);

        acknowledge();
        settle();
        assertThat(open()).isEmpty();
        moveTo(raisedAt.plus(Duration.ofDays(1)));
        probe.expectSilence();
    }

    @Test
    void asksNobodyMoreOnceAcknowledged() {
        Instant raisedAt = clock.instant();
        sender.send(alertId, new SafetyAlertRaised(alertId, patientId, "c-ssrs-high", raisedAt));
        acknowledge();
        assertThat(delivered(1)).containsExactly("safety-alert by staff");

        moveTo(raisedAt.plus(Duration.ofDays(1)));

        probe.expectSilence();
        assertThat(items(nurse().get("/api/staff-tasks?open=false").expect(200).body()))
                .singleElement()
                .satisfies(t -> assertThat(t.path("closedBy").asString()).isEqualTo("nora"));
    }

    @Test
    void opensNoTaskForAnAlertThatWasAcknowledgedBeforeWeHeardOfIt() {
        Instant raisedAt = clock.instant();
        acknowledge();
        settle();

        sender.send(alertId, new SafetyAlertRaised(alertId, patientId, "c-ssrs-high", raisedAt));

        probe.expectSilence();
        assertThat(open()).isEmpty();
    }

    @Test
    void beginsAnewWhenTheAlertIsRaisedAgain() {
        sender.send(alertId, new SafetyAlertRaised(alertId, patientId, "phq-9-item-9", clock.instant()));
        acknowledge();
        assertThat(delivered(1)).containsExactly("safety-alert by staff");
        settle();

        Instant again = clock.instant();
        sender.send(alertId, new SafetyAlertRaised(alertId, patientId, "c-ssrs-high", again));

        assertThat(delivered(1)).containsExactly("safety-alert by staff");
        assertThat(open())
                .singleElement()
                .satisfies(t -> assertThat(t.path("reason").asString()).isEqualTo("c-ssrs-high"));
        moveTo(again.plus(Duration.ofMinutes(5)));
        assertThat(delivered(1)).containsExactly("safety-alert-nurse by staff");
    }

    private void acknowledge() {
        sender.send(alertId, new SafetyAlertAcknowledged(alertId, patientId, "nora", clock.instant()));
    }

    private List<JsonNode> open() {
        return items(nurse().get("/api/staff-tasks?open=true").expect(200).body());
    }

    private ServiceDoor nurse() {
        return ServiceDoor.of(context).as("nora", Role.NURSE);
    }
}
