package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** A tablet was without network for a quarter of an hour, and comes back. */
@ServiceTest(database = "scheduling")
class VitalsOfflineTest {
    @Autowired
    ApplicationContext context;

    private Clinic clinic;
    private String session;

    @BeforeEach
    void aPatientIsHere() {
        clinic = new Clinic(context);
        session = clinic.sessionToday(clinic.readyPatient());
        clinic.act(clinic.nurse, session, "check-in", Map.of()).expect(200);
    }

    private JsonNode batch(List<? extends Map<String, ?>> readings) {
        return clinic.nurse
                .post("/api/sessions/" + session + "/vitals/batch", Map.of("readings", readings))
                .expect(200)
                .body()
                .path("outcomes");
    }

    private static List<String> texts(JsonNode list, String field) {
        return list.valueStream().map(item -> item.path(field).asString("-")).toList();
    }

    private JsonNode record() {
        return clinic.session(session).body().path("vitals");
    }

    @Test
    void everyReadingIsThereOnceInTheOrderOfItsOwnTime() {
        Instant began = clinic.now();
        clinic.wait(15);
        Duration ahead = Duration.ofHours(11);
        List<Map<String, Object>> queued = new ArrayList<>();
        for (int minute = 0; minute < 15; minute++) {
            Map<String, Object> reading =
                    Clinic.reading(began.plus(Duration.ofMinutes(minute)).plus(ahead), 120, 80);
            reading.put("readingId", UUID.randomUUID().toString());
            reading.put("deviceAt", clinic.now().plus(ahead).toString());
            queued.add(reading);
        }
        List<Map<String, Object>> sent = new ArrayList<>(queued);
        Collections.shuffle(sent, new Random(6));

        assertThat(texts(batch(sent.subList(0, 9)), "outcome")).containsOnly("recorded");
        // the answer was lost: all are sent again
        JsonNode again = batch(sent);
        assertThat(texts(again, "outcome").subList(0, 9)).containsOnly("known");
        assertThat(texts(again, "outcome").subList(9, 15)).containsOnly("recorded");

        assertThat(texts(record(), "readingId"))
                .isEqualTo(queued.stream()
                        .map(reading -> String.valueOf(reading.get("readingId")))
                        .toList());
        Instant first = Instant.parse(record().path(0).path("takenAt").asString());
        assertThat(Duration.between(began, first).abs()).isLessThan(Duration.ofSeconds(30));
        assertThat(texts(record(), "toldAt")).doesNotContain("-");
    }

    @Test
    void aReadingThatIsRefusedHindersNoOther() {
        Map<String, Object> slip = Clinic.reading(clinic.now(), 700, 80);
        Map<String, Object> malformed = Clinic.reading(clinic.now(), 120, 80);
        malformed.put("spo2", 101);
        Map<String, Object> sound = Clinic.reading(clinic.now(), 120, 80);
        Map<String, Object> oxygenAlone =
                new HashMap<>(Map.of("takenAt", clinic.now().toString(), "spo2", 97, "source", "device"));

        JsonNode outcomes = batch(List.of(slip, malformed, sound, oxygenAlone));

        assertThat(texts(outcomes, "outcome")).containsExactly("refused", "refused", "recorded", "recorded");
        assertThat(texts(outcomes, "rule")).containsExactly("implausible", "max", "-", "-");
        assertThat(texts(outcomes, "field")).containsExactly("systolic", "spo2", "-", "-");
        assertThat(record().size()).isEqualTo(2);
        assertThat(record().path(1).path("systolic").isNull()
                        || record().path(0).path("systolic").isNull())
                .isTrue();
    }

    @Test
    void anIdThatIsUsedForOtherValuesIsNamed() {
        Map<String, Object> reading = Clinic.reading(clinic.now(), 120, 80);
        reading.put("readingId", UUID.randomUUID().toString());
        String route = "/api/sessions/" + session + "/vitals";
        clinic.nurse.post(route, reading).expect(201);
        clinic.nurse.post(route, reading).expect(200);
        reading.put("systolic", 130);
        clinic.nurse.post(route, reading).expect(409, "reading-exists");
        reading.put("readingId", "not-a-uuid");
        clinic.nurse.post(route, reading).expect(400, "pattern");
        clinic.nurse.post(route, Map.of("takenAt", clinic.now().toString())).expect(422, "no-values");
        assertThat(record().size()).isEqualTo(1);
    }

    @Test
    void theGateIsPassedWithValuesTakenOneByOne() {
        String route = "/api/sessions/" + session + "/vitals";
        clinic.nurse
                .post(route, Map.of("takenAt", clinic.now().toString(), "systolic", 122, "diastolic", 80))
                .expect(201);
        clinic.act(clinic.nurse, session, "gate", Clinic.gateAnswers()).expect(200);
        assertThat(clinic.state(session)).isEqualTo("held");
        clinic.nurse
                .post(route, Map.of("takenAt", clinic.now().toString(), "spo2", 98, "heartRate", 70))
                .expect(201);
        clinic.act(clinic.nurse, session, "gate", Clinic.gateAnswers()).expect(200);
        assertThat(clinic.state(session)).isEqualTo("ready-to-dose");
    }
}
