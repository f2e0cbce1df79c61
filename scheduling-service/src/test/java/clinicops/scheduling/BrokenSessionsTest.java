package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;

/** The clinic changes after things were booked: who goes on leave, what closes, and what is done about it. */
@ServiceTest(database = "scheduling-changes")
class BrokenSessionsTest {
    private static final ZoneId CLINIC_ZONE = ZoneId.of("America/New_York");

    @Autowired
    ApplicationContext context;

    @Autowired
    MongoTemplate mongo;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    private static Map<String, Object> said(String of, String effect, LocalDate first, LocalDate last) {
        return Map.of(
                "of",
                of,
                "effect",
                effect,
                "firstDay",
                first.toString(),
                "lastDay",
                last.toString(),
                "reason",
                "other");
    }

    private JsonNode say(Map<String, Object> rule) {
        return clinic.admin.post("/api/availability", rule).expect(201).body();
    }

    private void takeBack(JsonNode rule) {
        clinic.admin
                .ifMatch(rule.path("version").asLong())
                .send("DELETE", "/api/availability/" + rule.path("id").asString(), null)
                .expect(204);
    }

    private List<JsonNode> brokenOf(String patient) {
        return clinic.frontDesk
                .get("/api/broken-sessions?limit=200")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(row -> row.path("patientId").asString().equals(patient))
                .toList();
    }

    private static LocalDate day(JsonNode session) {
        return LocalDate.ofInstant(Instant.parse(session.path("startsAt").asString()), CLINIC_ZONE);
    }

    private JsonNode booked(String patient, int daysAhead) {
        return clinic.book(patient, clinic.suggestion(patient, clinic.today().plusDays(daysAhead)))
                .expect(201)
                .body()
                .path("sessions");
    }

    private Answer repair(JsonNode row, JsonNode repair) {
        return clinic.frontDesk
                .ifMatch(row.path("version").asLong())
                .post(
                        "/api/sessions/" + row.path("sessionId").asString() + "/move",
                        Map.of(
                                "startsAt", repair.path("startsAt").asString(),
                                "chairId", repair.path("chairId").asString(),
                                "nurseId", repair.path("nurseId").asString()));
    }

    @Test
    void leaveBreaksSessionsThatAnotherNurseTakesOverAtTheSameTime() {
        String patient = clinic.readyPatient();
        JsonNode second = booked(patient, 1).path(1);
        String nurse = second.path("nurseId").asString();
        Map<String, Object> leave = said("nurse/" + nurse, "away", day(second), day(second));

        JsonNode preview = clinic.admin
                .post("/api/availability/preview", leave)
                .expect(200)
                .body();
        assertThat(preview.path("broken").asInt()).isEqualTo(1);
        assertThat(brokenOf(patient)).as("a preview changes nothing").isEmpty();

        JsonNode rule = say(leave);
        JsonNode row = brokenOf(patient).getFirst();
        assertThat(row.path("rule").asString()).isEqualTo("nurse-away");
        assertThat(row.path("sessionId")).isEqualTo(second.path("id"));
        JsonNode repair = row.path("repairs").path(0);
        assertThat(repair.path("sameTime").asBoolean()).isTrue();
        assertThat(repair.path("nurseId").asString()).isNotEqualTo(nurse);
        try (var probe = clinic.probe()) {
            repair(row, repair).expect(200);
            // the patient comes at the same time: the clinic's calendars are told, no SessionMoved
            probe.expectExactly("scheduling.session-place-changed.v1");
        }
        assertThat(brokenOf(patient)).isEmpty();
        takeBack(rule);
    }

    @Test
    void aClosedDayMovesItsSessionsToTheNearestDaysThatTheCourseAllows() {
        String patient = clinic.readyPatient();
        JsonNode sessions = booked(patient, 30);
        LocalDate closed = day(sessions.path(2));
        JsonNode rule = say(said("clinic", "closed", closed, closed));

        JsonNode row = brokenOf(patient).getFirst();
        assertThat(row.path("rule").asString()).isEqualTo("closed");
        assertThat(row.path("repairs").size()).isEqualTo(3);
        row.path("repairs").forEach(repair -> {
            assertThat(repair.path("sameTime").asBoolean()).isFalse();
            assertThat(day(repair)).isNotEqualTo(closed);
        });
        repair(row, row.path("repairs").path(0)).expect(200);
        assertThat(brokenOf(patient)).isEmpty();
        takeBack(rule);
    }

    @Test
    void aWeekThatClosesPlansTheRestOfTheCourseAnewInsideItsGaps() {
        String patient = clinic.readyPatient();
        JsonNode course = clinic.book(
                        patient, clinic.suggestion(patient, clinic.today().plusDays(220)))
                .expect(201)
                .body();
        JsonNode sessions = course.path("sessions");
        LocalDate first = day(sessions.path(3));
        JsonNode rule = say(said("clinic", "closed", first, first.plusDays(6)));

        JsonNode row = brokenOf(patient).getFirst();
        JsonNode repair = row.path("repairs").path(0);
        assertThat(repair.path("following").size())
                .as("a week's closure takes more than one session along")
                .isPositive();
        String path = "/api/courses/" + course.path("id").asString() + "/replan";
        Map<String, Object> moved = Map.of(
                "moved",
                Map.of(
                        "sessionId", row.path("sessionId").asString(),
                        "startsAt", repair.path("startsAt").asString(),
                        "chairId", repair.path("chairId").asString(),
                        "nurseId", repair.path("nurseId").asString()),
                "dryRun",
                false);
        JsonNode mended = clinic.frontDesk
                .ifMatch(row.path("courseVersion").asLong())
                .post(path, moved)
                .expect(200)
                .body();

        assertThat(brokenOf(patient)).isEmpty();
        List<LocalDate> days = mended.path("sessions")
                .valueStream()
                .map(BrokenSessionsTest::day)
                .toList();
        assertThat(days).isSorted().doesNotHaveDuplicates();
        assertThat(days.getLast()).isBeforeOrEqualTo(days.getFirst().plusDays(21));
        takeBack(rule);
    }

    @Test
    void aClosureTakenBackMendsWhatItBroke() {
        String patient = clinic.readyPatient();
        LocalDate closed = day(booked(patient, 60).path(0));
        JsonNode rule = say(said("clinic", "closed", closed, closed));
        assertThat(brokenOf(patient)).hasSize(1);

        takeBack(rule);

        assertThat(brokenOf(patient)).isEmpty();
        clinic.admin
                .ifMatch(1)
                .send("DELETE", "/api/availability/" + rule.path("id").asString(), null)
                .expect(404, "not-found");
    }

    @Test
    void nothingIsOfferedOrBookedOnAClosedDay() {
        String patient = clinic.readyPatient();
        List<Map<String, String>> places =
                clinic.suggestion(patient, clinic.today().plusDays(90));
        LocalDate closed = LocalDate.ofInstant(Instant.parse(places.get(3).get("startsAt")), CLINIC_ZONE);
        JsonNode rule = say(said("clinic", "closed", closed, closed));

        Answer refused = clinic.book(patient, places).expect(422, "closed");

        assertThat(refused.field()).isEqualTo("sessions[3].startsAt");
        assertThat(clinic.suggestion(patient, clinic.today().plusDays(90)))
                .noneMatch(place -> LocalDate.ofInstant(Instant.parse(place.get("startsAt")), CLINIC_ZONE)
                        .equals(closed));
        takeBack(rule);
    }

    @Test
    void aRetiredChairKeepsItsPastAndBreaksItsFuture() {
        JsonNode chair = clinic.admin
                .post("/api/chairs", Map.of("name", "0 by the window", "kind", "room", "bufferMinutes", 15))
                .expect(201)
                .body();
        String id = chair.path("id").asString();
        String patient = clinic.readyPatient();
        JsonNode sessions = booked(patient, 120);
        assertThat(sessions.valueStream())
                .as("the first by name is given first")
                .allMatch(session -> session.path("chairId").asString().equals(id));
        Map<String, Object> retired =
                new HashMap<>(Map.of("name", "0 by the window", "kind", "room", "bufferMinutes", 15));
        retired.put("retiredOn", day(sessions.path(3)).toString());

        Map<String, Object> retiring = Map.of("of", "chair/" + id, "retiredOn", retired.get("retiredOn"));
        JsonNode preview = clinic.admin
                .post("/api/resources/preview", retiring)
                .expect(200)
                .body();
        assertThat(preview.path("broken").asInt()).isEqualTo(3);
        assertThat(brokenOf(patient)).as("a preview changes nothing").isEmpty();
        clinic.admin
                .post("/api/resources/preview", Map.of("of", "chair/none", "retiredOn", retired.get("retiredOn")))
                .expect(422, "unknown-resource");
        clinic.admin.put("/api/chairs/" + id, retired).expect(428);
        clinic.admin.ifMatch(1).put("/api/chairs/" + id, retired).expect(200);

        assertThat(brokenOf(patient)).hasSize(3).allSatisfy(row -> {
            assertThat(row.path("rule").asString()).isEqualTo("chair-retired");
            assertThat(row.path("repairs").path(0).path("sameTime").asBoolean()).isTrue();
        });
        retired.put("retiredOn", clinic.today().minusDays(1).toString());
        clinic.admin.ifMatch(2).put("/api/chairs/" + id, retired).expect(422, "in-the-past");
        retired.put("retiredOn", clinic.today().toString());
        clinic.admin.ifMatch(2).put("/api/chairs/" + id, retired).expect(200);
    }

    @Test
    void anExpiredCertificateTakesANurseOffTheRosterAndIsWarnedOfBefore() {
        var list = "/api/credentials";
        LocalDate inFiftyDays = clinic.today().plusDays(50);
        assertThat(stateOf(clinic.admin.get(list).expect(200), "nick", "bls")).isEqualTo("missing");
        JsonNode bls = clinic.admin
                .put(list + "/nick/bls", Map.of("number", "BLS 7", "expiresOn", inFiftyDays.toString()))
                .expect(200)
                .body();
        assertThat(bls.path("state").asString()).isEqualTo("expiring");
        assertThat(clinic.nurse.get(list).expect(200).text()).doesNotContain("nick");
        clinic.admin
                .put(list + "/nick/bls", Map.of("expiresOn", inFiftyDays.toString()))
                .expect(428);
        clinic.admin
                .put(list + "/nick/driving", Map.of("expiresOn", inFiftyDays.toString()))
                .expect(422, "credential-kind");
        clinic.admin
                .put(list + "/nobody/bls", Map.of("expiresOn", inFiftyDays.toString()))
                .expect(422, "not-on-the-roster");

        String nick = clinic.admin
                .get("/api/nurses")
                .body()
                .path("items")
                .valueStream()
                .filter(nurse -> nurse.path("username").asString().equals("nick"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
        String patient = clinic.readyPatient();
        assertThat(clinic.suggestion(patient, clinic.today().plusDays(60)))
                .noneMatch(place -> place.get("nurseId").equals(nick));
        clinic.admin
                .ifMatch(1)
                .put(
                        list + "/nick/bls",
                        Map.of("expiresOn", clinic.today().plusDays(700).toString()))
                .expect(200);
        assertThat(stateOf(clinic.admin.get(list).expect(200), "nick", "bls")).isEqualTo("valid");
    }

    private static String stateOf(Answer list, String username, String kind) {
        return list.body()
                .path("items")
                .valueStream()
                .filter(item -> item.path("username").asString().equals(username)
                        && item.path("kind").asString().equals(kind))
                .findFirst()
                .orElseThrow()
                .path("state")
                .asString();
    }

    @Test
    void whatMakesNoSenseIsRefusedByItsRule() {
        LocalDate day = clinic.today().plusDays(200);
        clinic.admin
                .post("/api/availability", said("nurse/nobody", "away", day, day))
                .expect(422, "unknown-resource");
        clinic.admin.post("/api/availability", said("clinic", "away", day, day)).expect(422, "effect-of-kind");
        clinic.admin
                .post("/api/availability", said("clinic", "closed", day, day.minusDays(1)))
                .expect(422, "first-before-last");
        clinic.admin
                .post("/api/availability", said("clinic", "closed", day, day.plusYears(6)))
                .expect(422, "too-far-ahead");
        Map<String, Object> rule = new HashMap<>(said("clinic", "closed", day, day));
        rule.put("rrule", "FREQ=SECONDLY");
        clinic.admin.post("/api/availability", rule).expect(422, "recurrence-rule");
        Map<String, Object> night =
                new HashMap<>(said("clinic", "closed", LocalDate.of(2027, 3, 14), LocalDate.of(2027, 3, 14)));
        night.put("from", "02:30");
        night.put("until", "09:00");
        clinic.admin.post("/api/availability", night).expect(422, "time-in-gap");
        night.put("from", "10:00");
        clinic.admin.post("/api/availability", night).expect(422, "from-before-until");
    }

    @Test
    void otherOpeningHoursShowWhatTheyWouldBreak() {
        String patient = clinic.readyPatient();
        LocalDate first = day(booked(patient, 180).path(0));
        JsonNode hours = clinic.admin.get("/api/opening-hours").expect(200).body();
        List<JsonNode> without = hours.path("hours")
                .valueStream()
                .filter(open ->
                        !open.path("day").asString().equals(first.getDayOfWeek().name()))
                .toList();

        JsonNode preview = clinic.admin
                .post("/api/opening-hours/preview", Map.of("hours", without))
                .expect(200)
                .body();

        assertThat(preview.path("broken").asInt()).isPositive();
        assertThat(preview.path("items").valueStream())
                .allSatisfy(row -> assertThat(row.path("rule").asString()).isEqualTo("opening-hours"));
        assertThat(brokenOf(patient)).as("a preview changes nothing").isEmpty();
        clinic.frontDesk
                .post("/api/opening-hours/preview", Map.of("hours", without))
                .expect(403);
        clinic.admin
                .post(
                        "/api/opening-hours/preview",
                        Map.of("hours", List.of(Map.of("day", "MONDAY", "opens", "08:07", "closes", "18:00"))))
                .expect(422, "quarter-hour");
    }

    @Test
    void aRecurringClosureIsListedChangedAndTakenBack() {
        LocalDate day = clinic.today().plusDays(300);
        Map<String, Object> rule = new HashMap<>(
                Map.of("of", "clinic", "effect", "closed", "firstDay", day.toString(), "reason", "training"));
        rule.put("rrule", "FREQ=MONTHLY;BYDAY=1WE;COUNT=3");
        rule.put("from", "16:00");
        JsonNode said = say(rule);
        assertThat(said.path("lastDay").isNull()).isTrue();
        assertThat(said.path("until").isNull()).isTrue();

        rule.put("from", "15:30");
        String path = "/api/availability/" + said.path("id").asString();
        clinic.admin.put(path, rule).expect(428);
        JsonNode changed = clinic.admin.ifMatch(1).put(path, rule).expect(200).body();
        assertThat(changed.path("from").asString()).startsWith("15:30");
        assertThat(clinic.therapist
                        .get("/api/availability?of=clinic")
                        .expect(200)
                        .text())
                .contains(said.path("id").asString());
        takeBack(changed);
    }

    @Test
    void aChairOfEarlierDaysIsAChairWithoutBuffer() {
        mongo.getCollection("chairs")
                .insertOne(new org.bson.Document("_id", "old")
                        .append("version", 1L)
                        .append("name", "Z old"));

        JsonNode old = clinic.admin
                .get("/api/chairs?limit=200")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(chair -> chair.path("id").asString().equals("old"))
                .findFirst()
                .orElseThrow();
        assertThat(old.path("kind").asString()).isEqualTo("chair");
        assertThat(old.path("bufferMinutes").asInt()).isZero();
    }

    @Test
    void anInfusionTakesAPumpOnceTheClinicKeepsAList() {
        JsonNode pump = clinic.admin
                .post("/api/resources/pumps", Map.of("name", "Pump 1"))
                .expect(201)
                .body();
        clinic.admin.post("/api/resources/pumps", Map.of("name", "Pump 1")).expect(409, "name-taken");
        String first = clinic.readyPatient();
        String second = clinic.readyPatient();
        JsonNode sessions = booked(first, 150);
        List<Map<String, String>> places = clinic.suggestion(second, day(sessions.path(0)));

        assertThat(clinic.session(sessions.path(0).path("id").asString()).body().path("pumpId"))
                .isEqualTo(pump.path("id"));
        // four chairs, one pump: the second infusion of the day waits for it
        assertThat(places.getFirst().get("startsAt"))
                .isNotEqualTo(sessions.path(0).path("startsAt").asString());
        String id = pump.path("id").asString();
        JsonNode broken = say(said("pump/" + id, "out-of-order", day(sessions.path(0)), day(sessions.path(0))));
        assertThat(brokenOf(first).getFirst().path("rule").asString()).isEqualTo("pump-missing");
        takeBack(broken);
        for (int i = 2; i <= 4; i++) {
            clinic.admin
                    .post("/api/resources/pumps", Map.of("name", "Pump " + i))
                    .expect(201);
        }
    }
}
