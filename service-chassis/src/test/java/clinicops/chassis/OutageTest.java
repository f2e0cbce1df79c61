package clinicops.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceTest;
import clinicops.chassis.tiny.TinyService;
import clinicops.testing.TestServers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@ServiceTest(database = "tiny", service = TinyService.class)
class OutageTest {
    @Autowired
    ApplicationContext context;

    private ServiceDoor nurse() {
        return ServiceDoor.of(context).as("nora", Role.NURSE);
    }

    @Test
    void saysThatTheDatabaseIsAwayAndComesBackWithIt() {
        nurse().get("/api/jars").expect(200);
        TestServers.mongo().kill();
        try {
            var answer = nurse().get("/api/jars").expect(503, "database-unavailable");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(nurse().get("/actuator/health/readiness").status()).isEqualTo(503);
            nurse().get("/actuator/health/liveness").expect(200);
        } finally {
            TestServers.mongo().startAgain();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> nurse().get("/api/jars").status() == 200);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> nurse().get("/actuator/health/readiness").status() == 200);
    }

    @Test
    void doesNotSayThatNothingWasDoneWhenTheAnswerToACommitIsLost() {
        try {
            var answer = nurse().post("/api/jars", """
                    {"label":"last straw","colour":"CLEAR","size":3,"price":1.50,"bestBefore":"2027-01-31"}""").expect(503, "outcome-unknown");
            assertThat(answer.text()).doesNotContain("nothing was done");
            assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        } finally {
            TestServers.mongo().startAgain();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> nurse().get("/api/jars").status() == 200);
    }

    @Test
    void goesOnAnsweringWithoutTheBroker() {
        TestServers.broker().stop();
        try {
            nurse().get("/api/jars").expect(200);
            nurse().get("/actuator/health/readiness").expect(200);
            nurse().get("/actuator/health").expect(200);
        } finally {
            TestServers.broker().startAgain();
        }
    }
}
