package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.SchedulingEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import tools.jackson.databind.JsonNode;

/** Booking at the front desk, alone and when many want the same chair. */
@ServiceTest(database = "scheduling")
class CourseBookingTest {
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

    private static List<Map<String, String>> replaced(
            List<Map<String, String>> places, int index, String field, String value) {
        List<Map<String, String>> changed = new ArrayList<>(places);
        Map<String, String> place = new HashMap<>(places.get(index));
        place.put(field, value);
        changed.set(index, place);
        return changed;
    }

    private static Instant start(Map<String, String> place) {
        return Instant.parse(place.get("startsAt"));
    }

    /** In how many resources' days the sessions have a stretch. */
    private long occupiedBy(List<String> sessions) {
        return mongo.count(Query.query(Criteria.where("taken.by").in(sessions)), "occupied");
    }

    @Test
    void booksWhatItSuggests() {
        String patient = clinic.readyPatient();
        List<Map<String, String>> places = clinic.suggestion(patient);
        assertThat(places).hasSize(6);
        try (var probe = clinic.probe()) {
            JsonNode course = clinic.book(patient, places).expect(201).body();

            assertThat(course.path("status").asString()).isEqualTo("booked");
            List<String> sessions = course.path("sessions")
                    .valueStream()
                    .map(session -> session.path("id").asString())
                    .toList();
            // chair, nurse's seat and patient of each
            assertThat(occupiedBy(sessions)).isEqualTo(6 * 3);
            var told = probe.awaitType("scheduling.course-booked.v1");
            assertThat(told.subject()).isEqualTo(course.path("id").asString());
            assertThat(told.body(SchedulingEvent.CourseBooked.class).sessionIds())
                    .isEqualTo(sessions);
            assertThat(probe.awaitTypes(java.util.Collections.nCopies(6, "scheduling.session-booked.v1")
                            .toArray(String[]::new)))
                    .extracting(event -> event.subject())
                    .containsExactlyInAnyOrderElementsOf(sessions);
        }
        Answer list = clinic.frontDesk.get("/api/courses?patientId=" + patient).expect(200);
        assertThat(list.body().path("items").size()).isEqualTo(1);
    }

    @Test
    void listsSessionsByDayByPatientAndByCoursePageByPage() {
        String patient = clinic.readyPatient();
        JsonNode course =
                clinic.book(patient, clinic.suggestion(patient)).expect(201).body();
        String byCourse = "/api/sessions?courseId=" + course.path("id").asString() + "&limit=4";
        JsonNode first = clinic.frontDesk.get(byCourse).expect(200).body();
        JsonNode second = clinic.frontDesk
                .get(byCourse + "&cursor=" + first.path("nextCursor").asString())
                .expect(200)
                .body();
        assertThat(first.path("items").size()).isEqualTo(4);
        assertThat(second.path("items").size()).isEqualTo(2);
        assertThat(second.path("nextCursor").isNull()).isTrue();
        assertThat(second.path("items").path(1).path("number").asInt()).isEqualTo(6);

        LocalDate day = LocalDate.ofInstant(
                Instant.parse(course.path("sessions").path(0).path("startsAt").asString()), CLINIC_ZONE);
        JsonNode ofDay = clinic.frontDesk
                .get("/api/sessions?day=" + day + "&limit=200")
                .expect(200)
                .body();
        assertThat(ofDay.path("items").valueStream())
                .anyMatch(session -> session.path("patientId").asString().equals(patient))
                .allMatch(session -> LocalDate.ofInstant(
                                Instant.parse(session.path("startsAt").asString()), CLINIC_ZONE)
                        .equals(day));
        clinic.frontDesk.get("/api/sessions").expect(400, "one-filter");
        clinic.frontDesk
                .get("/api/sessions?day=" + day + "&patientId=" + patient)
                .expect(400, "one-filter");
    }

    @Test
    void theSameKeyBooksOnce() {
        String patient = clinic.readyPatient();
        var body = Map.of("patientId", patient, "sessions", clinic.suggestion(patient));
        var desk = clinic.frontDesk.with("Idempotency-Key", "booking-of-" + patient);
        String first =
                desk.post("/api/courses", body).expect(201).body().path("id").asString();
        String again =
                desk.post("/api/courses", body).expect(201).body().path("id").asString();
        assertThat(again).isEqualTo(first);
    }

    @Test
    void aTakenPlaceIsRefusedAndNothingOfTheCourseIsBooked() {
        String first = clinic.readyPatient();
        String second = clinic.readyPatient();
        List<Map<String, String>> places = clinic.suggestion(first);
        List<Map<String, String>> others =
                clinic.suggestion(second, clinic.today().plusDays(40));
        clinic.book(first, places).expect(201);

        Answer refused = clinic.book(second, places).expect(409, "place-taken");

        assertThat(refused.field()).isEqualTo("sessions[0].startsAt");
        assertThat(clinic.frontDesk
                        .get("/api/sessions?patientId=" + second)
                        .body()
                        .path("items")
                        .isEmpty())
                .isTrue();
        clinic.book(second, others).expect(201);
    }

    @Test
    void noPatientIsInTwoChairsAtOnceAndNoneHasTwoOpenCourses() {
        String patient = clinic.readyPatient();
        clinic.bookedCourse(patient);
        assertThat(clinic.blockers(patient)).contains("course-still-open");
        clinic.frontDesk
                .post("/api/courses/suggestions", Map.of("patientId", patient))
                .expect(409, "course-still-open");
    }

    @Test
    void whenManyWantTheSamePlacesNobodyIsDoubleBooked() throws Exception {
        int patients = 8;
        List<String> waiting = new ArrayList<>();
        for (int i = 0; i < patients; i++) {
            waiting.add(clinic.readyPatient());
        }
        // far from every other test's sessions
        LocalDate from = clinic.today().plusDays(200);
        List<Callable<Answer>> races = new ArrayList<>();
        for (String patient : waiting) {
            List<Map<String, String>> places = clinic.suggestion(patient, from);
            races.add(() -> clinic.book(patient, places));
            // the same patient at two desks
            races.add(() -> clinic.book(patient, places));
        }
        List<Answer> answers = new ArrayList<>();
        try (var desks = Executors.newFixedThreadPool(races.size())) {
            for (Future<Answer> answer : desks.invokeAll(races)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).allSatisfy(answer -> {
            if (answer.status() != 201) {
                assertThat(answer.status()).as(answer.text()).isEqualTo(409);
                assertThat(answer.rule()).isIn("place-taken", "course-still-open");
            }
        });
        // all wanted the very same chair and seat
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);

        // they try again with what is free then, all at once, until everybody has a course
        Set<String> booked = new HashSet<>();
        for (int round = 0; round < 20 && booked.size() < patients; round++) {
            List<Callable<String>> again = new ArrayList<>();
            for (String patient : waiting) {
                if (!booked.contains(patient)) {
                    again.add(() -> {
                        Answer suggested = clinic.frontDesk.post(
                                "/api/courses/suggestions", Map.of("patientId", patient, "from", from.toString()));
                        if (suggested.rule().equals("course-still-open")) {
                            return patient;
                        }
                        List<Map<String, String>> places = suggested
                                .expect(200)
                                .body()
                                .path("sessions")
                                .valueStream()
                                .map(s -> Map.of(
                                        "startsAt", s.path("startsAt").asString(),
                                        "chairId", s.path("chairId").asString(),
                                        "nurseId", s.path("nurseId").asString()))
                                .toList();
                        Answer answer = clinic.book(patient, places);
                        assertThat(answer.status()).as(answer.text()).isIn(201, 409);
                        return answer.status() == 201 ? patient : "";
                    });
                }
            }
            try (var desks = Executors.newFixedThreadPool(8)) {
                for (Future<String> patient : desks.invokeAll(again)) {
                    booked.add(patient.get());
                }
            }
            booked.remove("");
        }
        assertThat(booked).containsExactlyInAnyOrderElementsOf(waiting);
        assertNoDoubleBooking();
    }

    /** Judged from the sessions themselves, not from the occupancy that prevent it. */
    private void assertNoDoubleBooking() {
        record Slot(String resource, Instant at) {}
        Set<Slot> taken = new HashSet<>();
        for (var session : mongo.find(
                Query.query(Criteria.where("state").nin("CANCELLED", "NO_SHOW")),
                org.bson.Document.class,
                "sessions")) {
            var place = session.get("place", org.bson.Document.class);
            Instant ends = place.getDate("endsAt").toInstant();
            for (Instant at = place.getDate("startsAt").toInstant();
                    at.isBefore(ends);
                    at = at.plus(Duration.ofMinutes(15))) {
                assertThat(taken.add(new Slot("chair " + place.getString("chairId"), at)))
                        .isTrue();
                assertThat(taken.add(
                                new Slot("seat " + place.getString("nurseId") + "#" + place.getInteger("seat"), at)))
                        .isTrue();
                assertThat(taken.add(new Slot("patient " + session.getString("patientId"), at)))
                        .isTrue();
            }
        }
    }

    @Test
    void bookingJudgesByTheRulesOfTheSuggestion() {
        String patient = clinic.readyPatient();
        List<Map<String, String>> places =
                clinic.suggestion(patient, clinic.today().plusDays(60));

        clinic.book(patient, places.subList(0, 5)).expect(422, "sessions-of-plan");
        clinic.book(
                        patient,
                        replaced(places, 1, "startsAt", start(places.getFirst()).toString()))
                .expect(422, "session-gap");
        clinic.book(
                        patient,
                        replaced(
                                places,
                                5,
                                "startsAt",
                                start(places.get(4)).plus(Duration.ofDays(1)).toString()))
                .expect(422, "course-length");
        clinic.book(
                        patient,
                        replaced(
                                places,
                                0,
                                "startsAt",
                                start(places.getFirst()).plusSeconds(60).toString()))
                .expect(422, "quarter-hour");
        Answer tooEarly = clinic.book(
                        patient,
                        replaced(
                                places,
                                2,
                                "startsAt",
                                start(places.get(2)).minus(Duration.ofHours(1)).toString()))
                .expect(422, "opening-hours");
        assertThat(tooEarly.field()).isEqualTo("sessions[2].startsAt");
        clinic.book(patient, replaced(places, 3, "chairId", "no-such-chair")).expect(422, "unknown-chair");
        clinic.book(patient, replaced(places, 3, "nurseId", "no-such-nurse")).expect(422, "unknown-nurse");
        clinic.book(patient, places).expect(201);
    }

    @Test
    void refusesTheUnreadyAndTheUnknown() {
        String patient = Clinic.newPatientId();
        clinic.frontDesk
                .post("/api/courses/suggestions", Map.of("patientId", patient))
                .expect(404, "not-found");
        clinic.tell(patient, new clinicops.contracts.IntakeEvent.PatientRegistered(patient, "ref", clinic.now()));
        org.awaitility.Awaitility.await()
                .until(() -> clinic.frontDesk.get("/api/readiness/" + patient).status() == 200);
        assertThat(clinic.blockers(patient))
                .containsExactly("clearance-missing", "plan-missing", "payment-open", "no-session-today");
        clinic.frontDesk
                .post("/api/courses/suggestions", Map.of("patientId", patient))
                .expect(409, "clearance-missing");
        JsonNode listed = clinic.frontDesk
                .get("/api/readiness?ids=" + patient + ",unknown")
                .expect(200)
                .body();
        assertThat(listed.path("items").size()).isEqualTo(1);
    }

    @Test
    void movesASessionInsideThePlansGapsAndFreesItsPlace() {
        String patient = clinic.readyPatient();
        List<Map<String, String>> places =
                clinic.suggestion(patient, clinic.today().plusDays(120));
        JsonNode course = clinic.book(patient, places).expect(201).body();
        String second = course.path("sessions").path(1).path("id").asString();
        Map<String, String> tooNear = new HashMap<>(places.get(1));
        tooNear.put(
                "startsAt", start(places.getFirst()).plus(Duration.ofHours(3)).toString());
        Map<String, String> later = new HashMap<>(places.get(1));
        later.put("startsAt", start(places.get(1)).plus(Duration.ofHours(3)).toString());

        clinic.act(clinic.frontDesk, second, "move", tooNear).expect(422, "session-gap");
        try (var probe = clinic.probe()) {
            clinic.act(clinic.frontDesk, second, "move", later).expect(200);
            assertThat(probe.expectExactly("scheduling.session-moved.v1", "scheduling.place-freed.v1")
                            .getFirst()
                            .body(SchedulingEvent.SessionMoved.class)
                            .formerStartsAt())
                    .isEqualTo(start(places.get(1)));
        }
        assertThat(occupiedBy(List.of(second))).isEqualTo(3);

        clinic.act(clinic.frontDesk, second, "cancel", Map.of("reason", "patient"))
                .expect(200);
        assertThat(occupiedBy(List.of(second))).isZero();
    }

    @Test
    void takesARosterOnlyOnce() {
        clinic.admin.post("/api/chairs", Map.of("name", "Chair 1")).expect(409, "name-taken");
        clinic.admin
                .post("/api/nurses", Map.of("username", "nora", "name", "N", "maxChairs", 1))
                .expect(409, "username-taken");
        var hours = Map.of("hours", List.of(Map.of("day", "SUNDAY", "opens", "09:00", "closes", "12:00")));
        clinic.admin.put("/api/opening-hours", hours).expect(428);
        clinic.admin.ifMatch(99).put("/api/opening-hours", hours).expect(412);
        clinic.admin
                .put(
                        "/api/opening-hours",
                        Map.of("hours", List.of(Map.of("day", "SUNDAY", "opens", "09:05", "closes", "12:00"))))
                .expect(422, "quarter-hour");
    }
}
