package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.BillingEvent;
import clinicops.contracts.Money;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** The end of a clinic day: what does not balance has an owner. */
@ServiceTest(database = "dayclose")
class DayCloseTest {
    @Autowired
    ApplicationContext context;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    private JsonNode line(String what) {
        return clinic.nurse
                .get(path())
                .expect(200)
                .body()
                .path("lines")
                .valueStream()
                .filter(line -> line.path("what").asString().equals(what))
                .findFirst()
                .orElseThrow();
    }

    private String path() {
        return "/api/day-close/" + clinic.today();
    }

    private long version() {
        return clinic.nurse.get(path()).expect(200).version();
    }

    @Test
    void whoWasDischargedIsCharged() {
        String patient = clinic.readyPatient();
        String session = clinic.sessionToday(patient);
        clinic.startDose(session);
        clinic.watch(session, 40);
        clinic.act(clinic.nurse, session, "finish", Map.of()).expect(200);
        clinic.watch(session, 61);
        clinic.act(clinic.nurse, session, "discharge", Clinic.dischargeAnswers())
                .expect(200);
        long before = line("charges").path("left").asLong();
        assertThat(before).as("billing has not told of it").isPositive();
        var charged = new BillingEvent.SessionCharged(session, patient, Money.usd(60_000), clinic.now());
        clinic.tell(session, charged);
        clinic.tell(session, charged);
        await().until(() -> line("charges").path("left").asLong() == before - 1);
    }

    @Test
    void theDayIsClosedWhenWhatIsLeftHasAnOwner() {
        String patient = clinic.readyPatient();
        String session = clinic.sessionToday(patient);
        clinic.startDose(session);
        clinic.watch(session, 10);
        clinic.nurse.post("/api/sessions/" + session + "/transfer").expect(200);
        clinic.tell(
                "pay-1",
                new BillingEvent.PaymentReceived(
                        "pay-1", patient, Money.usd(12_000), "cash", Money.usd(0), clinic.now()));
        await().until(() -> line("cash").path("expected").asLong() == 12_000);

        assertThat(line("sessions").path("balances").asBoolean()).isTrue();
        assertThat(line("notes").path("left").asInt()).isEqualTo(1);
        assertThat(line("drug-draws").path("left").asInt()).isEqualTo(1);
        assertThat(line("drug-count").path("left").asInt()).isEqualTo(3);

        clinic.frontDesk
                .put(path() + "/money", Map.of("cashCents", 11_000, "cardCents", 0))
                .expect(200);
        clinic.frontDesk
                .put(path() + "/money", Map.of("cashCents", 12_000, "cardCents", 0))
                .expect(428);
        assertThat(line("cash").path("left").asLong()).isEqualTo(1_000);
        assertThat(line("card").path("balances").asBoolean()).isTrue();
        clinic.nurse.ifMatch(version()).post(path() + "/close").expect(422, "owner-missing");

        for (String what : new String[] {"notes", "cash", "drug-draws", "drug-count"}) {
            clinic.nurse
                    .ifMatch(version())
                    .put(path() + "/owner", Map.of("what", what, "owner", "nora"))
                    .expect(200);
        }
        clinic.frontDesk.ifMatch(version()).post(path() + "/close").expect(403);
        Answer closed = clinic.nurse.ifMatch(version()).post(path() + "/close").expect(200);
        assertThat(closed.body().path("closedBy").asString()).isEqualTo("nora");
        clinic.nurse.ifMatch(version()).post(path() + "/close").expect(409, "day-closed");

        // what is signed later does not change what was closed
        clinic.act(clinic.prescriber, session, "sign-note", Map.of());
        assertThat(line("notes").path("left").asInt()).isEqualTo(1);
        clinic.nurse
                .put("/api/day-close/" + clinic.today().plusDays(1) + "/money", Map.of("cashCents", 1, "cardCents", 1))
                .expect(422, "in-the-future");
    }
}
