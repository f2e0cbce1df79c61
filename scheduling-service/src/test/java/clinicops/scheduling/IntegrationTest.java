package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** After each dose the patient reflects with a therapist: booked with the course, and in step with it. */
@ServiceTest(database = "around")
class IntegrationTest {
    private static final String PATH = "/api/integration-sessions";

    @Autowired
    ApplicationContext context;

    private Clinic clinic;
    private String theo = "";

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
        theo = therapists("Therapist theo");
        if (theo.isEmpty()) {
            theo = Around.therapist(clinic, "theo");
            Around.room(clinic, "Talking room");
        }
    }

    private String therapists(String name) {
        return clinic.frontDesk
                .get("/api/resources/therapists")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(therapist -> therapist.path("name").asString().equals(name))
                .findFirst()
                .map(therapist -> therapist.path("id").asString())
                .orElse("");
    }

    private Answer bookWith(String patient, Map<String, ?> integration) {
        Map<String, Object> body = new HashMap<>();
        body.put("patientId", patient);
        body.put("sessions", clinic.suggestion(patient));
        body.put("integration", integration);
        return clinic.frontDesk.post("/api/courses", body);
    }

    private List<JsonNode> of(String patient) {
        return clinic.therapist
                .get(PATH + "?patientId=" + patient)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    private static Instant at(JsonNode node, String field) {
        return Instant.parse(node.path(field).asString());
    }

    private static Answer act(ServiceDoor who, JsonNode one, String action, Map<String, ?> body) {
        return who.ifMatch(one.path("version").asLong())
                .post(PATH + "/" + one.path("id").asString() + "/" + action, body);
    }

    @Test
    void aCourseIsBookedWithAnIntegrationSessionAfterEachDose() {
        String patient = clinic.readyPatient();
        try (var probe = clinic.probe()) {
            JsonNode course =
                    bookWith(patient, Map.of("therapistId", theo)).expect(201).body();
            List<JsonNode> booked = of(patient);

            assertThat(booked).hasSize(6);
            for (int i = 0; i < 6; i++) {
                JsonNode dose = course.path("sessions").path(i);
                JsonNode talk = booked.get(i);
                assertThat(talk.path("sessionId").asString())
                        .isEqualTo(dose.path("id").asString());
                assertThat(Duration.between(at(dose, "endsAt"), at(talk, "startsAt")))
                        .isBetween(Duration.ofHours(12), Duration.ofHours(72));
                assertThat(Duration.between(at(talk, "startsAt"), at(talk, "endsAt")))
                        .isEqualTo(Duration.ofMinutes(50));
                assertThat(talk.path("broken").isNull()).isTrue();
            }
            String[] six = new String[6];
            Arrays.fill(six, "scheduling.integration-booked.v1");
            probe.awaitTypes(six);
        }
    }

    @Test
    void nothingIsBookedWhereTheTherapistHasNoTime() {
        String away = Around.therapist(clinic, "tara" + System.nanoTime() % 100_000);
        clinic.admin
                .post(
                        "/api/availability",
                        Map.of(
                                "of",
                                "therapist/" + away,
                                "effect",
                                "away",
                                "firstDay",
                                clinic.today().toString(),
                                "lastDay",
                                clinic.today().plusDays(60).toString(),
                                "reason",
                                "leave"))
                .expect(201);
        String patient = clinic.readyPatient();

        Answer refused = bookWith(patient, Map.of("therapistId", away)).expect(409, "no-integration-place");
        assertThat(refused.field()).isEqualTo("integration.therapistId");
        assertThat(bookWith(patient, Map.of("therapistId", "nobody"))
                        .expect(422, "unknown-therapist")
                        .field())
                .isEqualTo("integration.therapistId");
        assertThat(bookWith(patient, Map.of("therapistId", theo, "minutes", 5))
                        .expect(422, "minutes")
                        .field())
                .isEqualTo("integration.minutes");
        assertThat(of(patient)).isEmpty();
        assertThat(clinic.frontDesk
                        .get("/api/courses?patientId=" + patient)
                        .expect(200)
                        .body()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void withThePatientsOwnTherapistOnlyDaysArePlannedAndFollowTheDoses() {
        String patient = clinic.readyPatient();
        JsonNode course = bookWith(patient, Map.of("therapistId", Around.ownTherapist(clinic)))
                .expect(201)
                .body();
        JsonNode talk = of(patient).getFirst();
        assertThat(talk.path("external").asBoolean()).isTrue();
        assertThat(talk.path("startsAt").isNull()).isTrue();
        act(clinic.frontDesk, talk, "move", Map.of("startsAt", "2026-12-01T15:00:00Z", "roomId", "r"))
                .expect(422);
        act(clinic.frontDesk, talk, "move", Map.of("plannedOn", "2099-01-01")).expect(422, "integration-window");
        act(clinic.frontDesk, talk, "move", Map.of()).expect(422, "time-or-day");

        String first = course.path("sessions").path(0).path("id").asString();
        clinic.act(clinic.frontDesk, first, "cancel", Map.of("reason", "clinic"))
                .expect(200);
        assertThat(of(patient).getFirst().path("state").asString()).isEqualTo("cancelled");
        assertThat(of(patient).getFirst().path("endReason").asString()).isEqualTo("session-off");
    }

    @Test
    void aTalkThatADoseHasLeftBehindIsShownAsBrokenUntilSomebodyMovesIt() {
        String patient = clinic.readyPatient();
        JsonNode course =
                bookWith(patient, Map.of("therapistId", theo)).expect(201).body();
        JsonNode last = course.path("sessions").path(5);
        JsonNode talk = of(patient).getLast();
        // behind its talk, on a day that the clinic opens
        Instant later = at(last, "startsAt").plus(Duration.ofDays(4));
        if (later.atZone(ZoneId.of("America/New_York")).getDayOfWeek() == DayOfWeek.SUNDAY) {
            later = later.plus(Duration.ofDays(1));
        }
        Map<String, String> to = Map.of(
                "startsAt",
                later.toString(),
                "chairId",
                last.path("chairId").asString(),
                "nurseId",
                last.path("nurseId").asString());
        Answer moved = clinic.act(clinic.frontDesk, last.path("id").asString(), "move", to);
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);

        JsonNode broken = of(patient).getLast();
        assertThat(broken.path("broken").asString()).isEqualTo("session-moved");
        assertThat(clinic.frontDesk
                        .get(PATH + "?toMove=true&limit=200")
                        .expect(200)
                        .body()
                        .path("items")
                        .valueStream()
                        .map(one -> one.path("id").asString()))
                .contains(broken.path("id").asString());

        JsonNode place = clinic.frontDesk
                .get(PATH + "/" + broken.path("id").asString() + "/places")
                .expect(200)
                .body()
                .path("items")
                .path(0);
        Map<String, String> there = Map.of(
                "startsAt",
                place.path("startsAt").asString(),
                "roomId",
                place.path("roomId").asString());
        clinic.frontDesk
                .post(PATH + "/" + broken.path("id").asString() + "/move", there)
                .expect(428);
        act(clinic.frontDesk, talk, "move", there).expect(412);
        act(clinic.nurse, broken, "move", there).expect(403);
        act(
                        clinic.frontDesk,
                        broken,
                        "move",
                        Map.of(
                                "startsAt",
                                at(place, "startsAt").plusSeconds(60).toString(),
                                "roomId",
                                place.path("roomId").asString()))
                .expect(422, "quarter-hour");
        act(
                        clinic.frontDesk,
                        broken,
                        "move",
                        Map.of("startsAt", place.path("startsAt").asString(), "roomId", "nowhere"))
                .expect(422, "unknown-room");
        try (var probe = clinic.probe()) {
            act(clinic.frontDesk, broken, "move", there).expect(200);
            probe.expectExactly("scheduling.integration-moved.v1");
        }
        assertThat(of(patient).getLast().path("broken").isNull()).isTrue();
    }

    @Test
    void twoPatientsNeverMeetTheSameTherapistAtOnce() {
        String one = clinic.readyPatient();
        String other = clinic.readyPatient();
        bookWith(one, Map.of("therapistId", theo)).expect(201);
        bookWith(other, Map.of("therapistId", theo)).expect(201);
        JsonNode theirs = of(other).getFirst();
        JsonNode mine = of(one).getFirst();
        assertThat(theirs.path("startsAt")).isNotEqualTo(mine.path("startsAt"));

        act(
                        clinic.frontDesk,
                        theirs,
                        "move",
                        Map.of(
                                "startsAt",
                                mine.path("startsAt").asString(),
                                "roomId",
                                mine.path("roomId").asString()))
                .expect(409, "place-taken");
    }

    private List<JsonNode> lacking(ServiceDoor who, String patient, boolean mine) {
        return who.get(PATH + "/lacking?mine=" + mine)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(one -> one.path("patientId").asString().equals(patient))
                .toList();
    }

    @Test
    void aDoseThatCameLaterLacksATalkUntilOneIsBookedWithTheSameTherapist() {
        String patient = clinic.readyPatient();
        JsonNode course =
                bookWith(patient, Map.of("therapistId", theo)).expect(201).body();
        assertThat(lacking(clinic.frontDesk, patient, false)).isEmpty();
        String last = course.path("sessions").path(5).path("id").asString();
        clinic.act(clinic.frontDesk, last, "cancel", Map.of("reason", "clinic")).expect(200);
        // called off with its dose: nothing to reflect on
        assertThat(lacking(clinic.frontDesk, patient, false)).isEmpty();

        Answer planned = clinic.frontDesk
                .get("/api/courses/" + course.path("id").asString())
                .expect(200);
        clinic.frontDesk
                .ifMatch(planned.version())
                .post(
                        "/api/courses/" + course.path("id").asString() + "/replan",
                        Map.of("replacing", last, "dryRun", false))
                .expect(200);

        JsonNode without = lacking(clinic.frontDesk, patient, false).getFirst();
        assertThat(without.path("therapistId").asString()).isEqualTo(theo);
        assertThat(without.path("sessionNumber").asInt()).isEqualTo(7);
        assertThat(lacking(clinic.therapist, patient, true)).hasSize(1);
        assertThat(lacking(clinic.nurse, patient, true)).isEmpty();
        Map<String, String> offer = Map.of(
                "courseId", without.path("courseId").asString(),
                "sessionId", without.path("sessionId").asString(),
                "therapistId", theo);
        assertThat(clinic.therapist.post(PATH, offer).expect(201).body().path("items"))
                .hasSize(1);
        assertThat(lacking(clinic.frontDesk, patient, false)).isEmpty();

        // the patient calls it off: nobody offers it again
        JsonNode talk = of(patient).getLast();
        act(clinic.frontDesk, talk, "cancel", Map.of("reason", "patient")).expect(200);
        assertThat(lacking(clinic.frontDesk, patient, false)).isEmpty();
    }

    @Test
    void theTherapistHoldsTheTalkOfTheDayAndSeesNoMoney() {
        String patient = clinic.readyPatient();
        String course = clinic.book(patient, clinic.suggestion(patient))
                .expect(201)
                .body()
                .path("id")
                .asString();
        Map<String, String> wish = Map.of("courseId", course, "therapistId", theo);
        var door = clinic.therapist.with("Idempotency-Key", "talks-" + patient);
        assertThat(door.post(PATH, wish).expect(201).body().path("items")).hasSize(6);
        assertThat(door.post(PATH, wish).expect(201).body().path("items")).hasSize(6);
        clinic.therapist.post(PATH, wish).expect(409, "nothing-to-book");
        clinic.therapist
                .post(PATH, Map.of("courseId", "nowhere", "therapistId", theo))
                .expect(404);

        JsonNode talk = of(patient).getFirst();
        act(clinic.therapist, talk, "done", Map.of("minutes", 50)).expect(409, "not-begun");
        act(clinic.therapist, talk, "done", Map.of("minutes", 0)).expect(400, "min");
        clinic.moveTo(at(talk, "startsAt"));
        assertThat(clinic.therapist
                        .get(PATH + "?mine=true&day=" + talk.path("plannedOn").asString())
                        .expect(200)
                        .body()
                        .path("items")
                        .valueStream()
                        .map(one -> one.path("patientId").asString()))
                .contains(patient);
        assertThat(clinic.nurse
                        .get(PATH + "?mine=true&day=" + talk.path("plannedOn").asString())
                        .expect(200)
                        .body()
                        .path("items"))
                .isEmpty();
        clinic.therapist.get(PATH).expect(400, "one-filter");
        JsonNode session = clinic.therapist
                .get("/api/sessions/" + talk.path("sessionId").asString())
                .expect(200)
                .body();
        assertThat(session.path("paidBy").isNull() || session.path("paidBy").isMissingNode())
                .isTrue();

        act(clinic.therapist, talk, "done", Map.of("minutes", 48)).expect(200);
        JsonNode held = of(patient).getFirst();
        assertThat(held.path("state").asString()).isEqualTo("done");
        assertThat(held.path("heldMinutes").asInt()).isEqualTo(48);
        act(clinic.therapist, held, "miss", Map.of()).expect(409, "integration-over");
        JsonNode second = of(patient).get(1);
        act(clinic.frontDesk, second, "cancel", Map.of("reason", "bored")).expect(400, "enum");
        act(clinic.frontDesk, second, "cancel", Map.of("reason", "patient")).expect(200);
    }
}
