package clinicops.chassis.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.ClockSettings;
import clinicops.chassis.DueWork;
import clinicops.chassis.Role;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceTest;
import clinicops.chassis.tiny.TinyService;
import clinicops.outbox.ConsumerLag;
import clinicops.outbox.OutboxStatus;
import clinicops.outbox.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.Document;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import tools.jackson.databind.JsonNode;

/** In order, because a demo can't be undone. */
@ServiceTest(database = "tinydemo", service = TinyService.class, properties = "test.context=clock")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClockTest {
    @Autowired
    ApplicationContext context;

    @Autowired
    BusinessClock clock;

    @Autowired
    ClockSettings settings;

    @Autowired
    MongoOperations mongo;

    private ServiceDoor admin() {
        return ServiceDoor.of(context).as("adam", Role.ADMIN);
    }

    private static String to(Instant now) {
        return "{\"now\":\"" + now + "\"}";
    }

    private JsonNode state() {
        return admin().get("/api/clock").expect(200).body();
    }

    @Test
    @Order(1)
    void isTheOnlyClockAndRunsWithTheSystem() {
        assertThat(context.getBeansOfType(Clock.class)).hasSize(1);
        assertThat(clock.instant()).isBetween(Instant.now().minusSeconds(5), Instant.now());
        assertThat(state().path("demo").asBoolean()).isFalse();
        assertThat(state().path("dueNow").asBoolean()).isFalse();
        assertThat(state().path("nextDueAt").isNull()).isTrue();
    }

    @Test
    @Order(2)
    void standsFirmInARealClinic() {
        admin().put("/api/clock", to(Instant.now().plus(Duration.ofDays(1)))).expect(409, "demo-only");
    }

    @Test
    @Order(3)
    void aClinicWithPatientsBecomesNoDemo() {
        mongo.insert(new Document("label", "patient"), "jars");
        admin().put("/api/demo-mode", "").expect(409, "clinic-not-empty");
        mongo.remove(new Query(), "jars");
        assertThat(state().path("demo").asBoolean()).isFalse();
    }

    @Test
    @Order(3)
    void becomesNoDemoWithoutItsAuditRow() {
        refuseInAudit("turn-into-demo");
        admin().put("/api/demo-mode", "").expect(500, "internal");
        refuseInAudit("nothing");
        assertThat(state().path("demo").asBoolean()).isFalse();
        assertThat(mongo.getCollection("clock").countDocuments()).isZero();
    }

    /** MongoDB itself turns such rows away. */
    private void refuseInAudit(String action) {
        mongo.executeCommand(new Document("collMod", "audit")
                .append("validator", new Document("what", new Document("$ne", action))));
    }

    @Test
    @Order(4)
    void anEmptyClinicBecomesADemoForGood() {
        assertThat(admin().put("/api/demo-mode", "")
                        .expect(200)
                        .body()
                        .path("demo")
                        .asBoolean())
                .isTrue();
        mongo.insert(new Document("label", "patient"), "jars");
        assertThat(admin().put("/api/demo-mode", "")
                        .expect(200)
                        .body()
                        .path("demo")
                        .asBoolean())
                .isTrue();
        mongo.remove(new Query(), "jars");
    }

    @Test
    @Order(5)
    void aDemosClockGoesForwardOnly() {
        Instant later = Instant.now().plus(Duration.ofDays(30));
        var moved = admin().put("/api/clock", to(later)).expect(200).body();
        assertThat(Instant.parse(moved.path("now").asString())).isBetween(later, later.plusSeconds(10));
        assertThat(clock.instant()).isAfterOrEqualTo(later);

        var back =
                admin().put("/api/clock", to(later.minus(Duration.ofDays(1)))).expect(409, "clock-forward-only");
        assertThat(back.field()).isEqualTo("now");
        admin().put("/api/clock", "{}").expect(400, "not-null");
        admin().put("/api/clock", "{\"now\":\"soon\"}").expect(400, "date");
    }

    @Test
    @Order(5)
    void aMoveWithoutItsAuditRowMovesNothing() {
        Instant later = Instant.now().plus(Duration.ofDays(400));
        refuseInAudit("move-clock");
        admin().put("/api/clock", to(later)).expect(500, "internal");
        assertThat(clock.instant()).isBefore(later);
        refuseInAudit("nothing");
        assertThat(new StoredClock(mongo, InstantSource.system(), List.of()).offset())
                .isLessThan(Duration.ofDays(399));
    }

    @Test
    @Order(6)
    void otherCopiesFollowAndARestartRemembers() {
        var copy = new StoredClock(mongo, InstantSource.system(), List.of());
        assertThat(copy.demo()).isTrue();
        Instant later = clock.instant().plus(Duration.ofDays(2));
        copy.moveTo(later);
        await().atMost(Duration.ofSeconds(3)).until(() -> !clock.instant().isBefore(later));
        assertThatThrownBy(() -> copy.moveTo(later.minusSeconds(60))).isInstanceOf(RuleViolation.class);
    }

    /** A caller that moved the clock at one copy goes on at another one at once. */
    @Test
    @Order(6)
    void theNextRequestAtAnotherCopyFindsTheClockMoved() {
        var copy = new StoredClock(mongo, InstantSource.system(), List.of());
        for (int day = 3; day < 8; day++) {
            Instant later = clock.instant().plus(Duration.ofDays(1));
            copy.moveTo(later);
            assertThat(Instant.parse(state().path("now").asString())).isAfterOrEqualTo(later);
        }
    }

    /** A look-up that began before a move must not put the clock back when it ends after it. */
    @Test
    @Order(6)
    void neverGoesBackWhileManyMoveAndFollow() throws Exception {
        var copy = new StoredClock(mongo, InstantSource.system(), List.of());
        var stop = new AtomicBoolean();
        try (var others = Executors.newFixedThreadPool(3)) {
            for (int i = 0; i < 3; i++) {
                others.submit(() -> {
                    while (!stop.get()) {
                        copy.follow();
                    }
                });
            }
            for (int move = 0; move < 50; move++) {
                Instant later = Instant.now().plus(copy.offset()).plus(Duration.ofMinutes(1));
                copy.moveTo(later);
                for (int look = 0; look < 20; look++) {
                    assertThat(Instant.now().plus(copy.offset()).plusMillis(1)).isAfterOrEqualTo(later);
                }
            }
            stop.set(true);
        }
    }

    /** The last record is handled just before the lag is read, and what follows from it shows in what is read after. */
    @Test
    @Order(7)
    void whatComesOfTheLastRecordIsSeenAsUnsettled() {
        var handled = new AtomicBoolean();
        ConsumerLag lag = new ConsumerLag() {
            @Override
            public long total() {
                handled.set(true);
                return 0;
            }

            @Override
            public Instant lastCaughtUp() {
                return Instant.EPOCH;
            }
        };
        OutboxStatus outbox = new OutboxStatus() {
            @Override
            public long unsent() {
                return handled.get() ? 1 : 0;
            }

            @Override
            public Optional<Instant> oldest() {
                return Optional.empty();
            }
        };
        DueWork due = () -> handled.get() ? Optional.of(Instant.EPOCH) : Optional.empty();
        var seen = new ClockController(
                        clock,
                        settings,
                        List.of(due),
                        outbox,
                        lag,
                        context.getBean(Transactions.class),
                        context.getBean(Audit.class))
                .state();
        assertThat(seen.unsentEvents()).isEqualTo(1);
        assertThat(seen.dueNow()).isTrue();
    }

    @Test
    @Order(7)
    void knowsTheClinicsDay() {
        var nearMidnight = new BusinessClock(
                InstantSource.fixed(Instant.parse("2026-03-01T03:00:00Z")), ZoneId.of("America/New_York"));
        assertThat(nearMidnight.today()).isEqualTo(LocalDate.of(2026, 2, 28));
        assertThat(nearMidnight.clinicZone()).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(settings.demo()).isTrue();
    }
}
