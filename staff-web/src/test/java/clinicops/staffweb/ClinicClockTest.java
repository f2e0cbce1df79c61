package clinicops.staffweb;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Role;
import clinicops.tiny.TinyIntake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.databind.JsonNode;

/** One clinic's way into being a demo and through its time: there is no way back, so the order is part of it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DirtiesContext
class ClinicClockTest extends FrontDoor {
    private static final List<StubService> STUBS = List.of(SCHEDULING, BILLING, NOTIFICATION);

    @BeforeEach
    void start() {
        intakeIsUp();
    }

    @AfterEach
    void healthy() {
        TinyIntake.PATIENT.set(false);
        STUBS.forEach(stub -> stub.failWith(0));
        STUBS.forEach(StubService::quiet);
    }

    @Test
    @Order(1)
    void theClockOfARealClinicCannotBeMoved() {
        assertThat(admin().get("/api/clock").expect(200).body().path("demo").asBoolean())
                .isFalse();
        admin().put("/api/clock", Map.of("now", "2027-01-01T00:00:00Z")).expect(409, "demo-only");
    }

    @Test
    @Order(2)
    void aClinicWithAPatientBecomesNoDemo() {
        TinyIntake.PATIENT.set(true);
        admin().post("/api/demo-clinic", null).expect(409, "clinic-not-empty");
        assertThat(STUBS).noneMatch(StubService::demo);
    }

    @Test
    @Order(3)
    void whoDidNotFollowIsNamedAndAskingAgainCompletesTheDemo() {
        BILLING.failWith(500);
        var partly = admin().post("/api/demo-clinic", null)
                .expect(503, "demo-partly-made")
                .body();
        assertThat(partly.path("services").path("billing").asString()).isEqualTo("stub-fails");
        assertThat(partly.path("services").path("scheduling").asString()).isEqualTo("done");
        assertThat(admin().get("/api/clock").body().path("demo").asBoolean()).isFalse();

        BILLING.failWith(0);
        assertThat(admin().post("/api/demo-clinic", null)
                        .expect(200)
                        .body()
                        .path("demo")
                        .asBoolean())
                .isTrue();
        // once it is one, a patient is no obstacle to hearing so again
        TinyIntake.PATIENT.set(true);
        assertThat(admin().post("/api/demo-clinic", null)
                        .expect(200)
                        .body()
                        .path("demo")
                        .asBoolean())
                .isTrue();
    }

    @Test
    @Order(4)
    void theClockMovesForwardInEveryService() {
        Instant target = now().plus(Duration.ofDays(3));
        var moved = admin().put("/api/clock", Map.of("now", target.toString()))
                .expect(200)
                .body();
        assertThat(Instant.parse(moved.path("now").asString())).isBetween(target, target.plusSeconds(60));
        assertThat(STUBS).allMatch(stub -> stub.now().equals(target));
        assertThat(moved.path("services").propertyNames())
                .containsExactlyInAnyOrder("intake", "scheduling", "billing", "notification", "staff-web");
        assertThat(Instant.parse(
                        moved.path("services").path("intake").path("now").asString()))
                .isBetween(target, target.plusSeconds(60));

        // time ran on while the request was under way
        admin().put("/api/clock", Map.of("now", target.toString())).expect(200);
        admin().put("/api/clock", Map.of("now", target.minusSeconds(3600).toString()))
                .expect(409, "clock-forward-only");
        admin().put("/api/clock", Map.of("now", "tomorrow")).expect(400);
        admin().put("/api/clock", Map.of()).expect(400);
        as(Role.NURSE).put("/api/clock", Map.of("now", target.toString())).expect(403);
    }

    @Test
    @Order(5)
    void aServiceThatDoesNotAcknowledgeIsNamedAndTheSameMoveCanBeAskedAgain() {
        Instant before = now();
        Instant target = before.plus(Duration.ofDays(1));
        SCHEDULING.failWith(500);
        var partly = admin().put("/api/clock", Map.of("now", target.toString()))
                .expect(503, "clock-partly-moved")
                .body();
        assertThat(partly.path("services").path("scheduling").asString()).isEqualTo("stub-fails");
        assertThat(partly.path("services").path("billing").asString()).isEqualTo("done");
        assertThat(now()).isBefore(target);
        SCHEDULING.failWith(0);
        admin().put("/api/clock", Map.of("now", target.toString())).expect(200);
        assertThat(STUBS).allMatch(stub -> stub.now().equals(target));
        assertThat(now()).isAfterOrEqualTo(target);
    }

    @Test
    @Order(6)
    void theClinicHasSettledWhenNothingIsUnsentUnhandledOrDue() {
        var nurse = as(Role.NURSE);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> clock(nurse).path("settled").asBoolean());

        NOTIFICATION.busy(0, 2);
        assertThat(clock(nurse).path("settled").asBoolean()).isFalse();
        NOTIFICATION.busy(1, 0);
        assertThat(clock(nurse).path("settled").asBoolean()).isFalse();
        NOTIFICATION.quiet();
        Instant due = now().plus(Duration.ofHours(1));
        BILLING.nextDueAt(due.plusSeconds(60));
        SCHEDULING.nextDueAt(due);
        assertThat(clock(nurse).path("settled").asBoolean()).isTrue();
        assertThat(Instant.parse(clock(nurse).path("nextDueAt").asString())).isEqualTo(due);

        BILLING.failWith(503);
        var withoutBilling = clock(nurse);
        assertThat(withoutBilling.path("settled").asBoolean()).isFalse();
        assertThat(withoutBilling
                        .path("services")
                        .path("billing")
                        .path("reachable")
                        .asBoolean())
                .isFalse();
    }

    private Instant now() {
        return Instant.parse(clock(admin()).path("now").asString());
    }

    private static JsonNode clock(Browser browser) {
        return browser.get("/api/clock").expect(200).body();
    }
}
