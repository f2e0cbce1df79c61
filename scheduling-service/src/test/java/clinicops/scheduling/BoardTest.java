package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.testing.ServiceTest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** The day at a glance, in one answer. */
@ServiceTest(database = "board")
class BoardTest {
    @Autowired
    ApplicationContext context;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    private JsonNode board() {
        return clinic.nurse.get("/api/board").expect(200).body();
    }

    private JsonNode card(String session) {
        return board().path("cards")
                .valueStream()
                .filter(card -> card.path("session").path("id").asString().equals(session))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCardTellsPhaseTimeLeftTheNextStepAndWhatStandsAgainstIt() {
        String patient = clinic.readyPatient();
        String session = clinic.sessionToday(patient);

        await().until(() -> card(session)
                .path("verdict")
                .path("rules")
                .valueStream()
                .anyMatch(rule -> rule.asString().equals("vitals-missing")));
        JsonNode booked = card(session);
        assertThat(booked.path("session").path("state").asString()).isEqualTo("booked");
        assertThat(booked.path("phaseEndsAt").isNull()).isTrue();
        assertThat(booked.path("session")
                        .path("nextActions")
                        .path(0)
                        .path("action")
                        .asString())
                .isEqualTo("check-in");

        clinic.startDose(session);
        JsonNode dosing = card(session);
        Instant started =
                Instant.parse(dosing.path("session").path("doseStartedAt").asString());
        assertThat(Instant.parse(dosing.path("phaseEndsAt").asString())).isEqualTo(started.plusSeconds(40 * 60));
        assertThat(dosing.path("nextReadingDueAt").isNull()).isFalse();
        assertThat(dosing.path("session")
                        .path("vitals")
                        .path(0)
                        .path("systolic")
                        .asInt())
                .isEqualTo(124);
        assertThat(board().path("counts").path("here").asInt()).isPositive();
    }

    @Test
    void theNewestReadingAndTheAlarmAtTheChairAreOnTheCard() {
        String session = clinic.sessionToday(clinic.readyPatient());
        clinic.startDose(session);
        clinic.wait(5);
        clinic.vitals(session, 196, 84).expect(201);

        JsonNode card = card(session);
        assertThat(card.path("session").path("vitals").size()).isEqualTo(1);
        assertThat(card.path("session").path("vitals").path(0).path("systolic").asInt())
                .isEqualTo(196);
        assertThat(card.path("alarms").valueStream().map(alarm -> alarm.path("kind")
                        .asString()))
                .contains("systolic-high");
        assertThat(board().path("counts").path("alarms").asInt()).isPositive();

        String alarm = card.path("alarms").path(0).path("id").asString();
        clinic.nurse.post("/api/alarms/" + alarm + "/acknowledgement").expect(200);
        assertThat(card(session)
                        .path("alarms")
                        .valueStream()
                        .filter(one -> one.path("id").asString().equals(alarm))
                        .map(one -> one.path("acknowledged").asBoolean()))
                .containsExactly(true);
    }

    @Test
    void aTherapistSeesTheDayWithoutTheEscortsNumber() {
        String session = clinic.sessionToday(clinic.readyPatient());
        JsonNode card = clinic.therapist
                .get("/api/board")
                .expect(200)
                .body()
                .path("cards")
                .valueStream()
                .filter(one -> one.path("session").path("id").asString().equals(session))
                .findFirst()
                .orElseThrow();
        assertThat(card.path("session").path("escort").isNull()).isTrue();
        assertThat(card.path("session").path("escortNamed").asBoolean()).isTrue();
        clinic.admin.get("/api/board").expect(403);
    }

    @Test
    void anotherDayIsAskedForByItsDate() {
        String session = clinic.bookedCourse(clinic.readyPatient()).getFirst();
        String day = clinic.session(session).body().path("startsAt").asString().substring(0, 10);
        List<String> there = clinic.frontDesk
                .get("/api/board?day=" + day)
                .expect(200)
                .body()
                .path("cards")
                .valueStream()
                .map(card -> card.path("session").path("id").asString())
                .toList();
        assertThat(there).contains(session);
    }
}
