package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** A course whose sessions do not stay where they were booked. */
@ServiceTest(database = "scheduling")
class ReplanTest {
    @Autowired
    ApplicationContext context;

    private Clinic clinic;
    private String courseId;
    private List<JsonNode> sessions;

    @BeforeEach
    void book() {
        clinic = new Clinic(context);
        String patient = clinic.readyPatient();
        courseId = Clinic.text(
                clinic.book(patient, clinic.suggestion(patient, clinic.today().plusDays(250)))
                        .expect(201)
                        .body(),
                "id");
        sessions = course().body().path("sessions").valueStream().toList();
    }

    private Answer course() {
        return clinic.frontDesk.get("/api/courses/" + courseId).expect(200);
    }

    private Instant start(int number) {
        return Instant.parse(Clinic.text(sessions.get(number - 1), "startsAt"));
    }

    private Map<String, Object> moving(int number, Instant to, boolean dryRun) {
        return Map.of(
                "moved",
                Map.of("sessionId", Clinic.text(sessions.get(number - 1), "id"), "startsAt", to.toString()),
                "dryRun",
                dryRun);
    }

    @Test
    void movingOneSessionShowsWhatBecomesOfTheOthersAndThenDoesIt() {
        // onto the day of the next one
        Map<String, Object> shown = moving(2, start(3), true);
        JsonNode ghosts = clinic.frontDesk
                .post("/api/courses/" + courseId + "/replan", shown)
                .expect(200)
                .body();
        assertThat(ghosts.path("applied").asBoolean()).isFalse();
        assertThat(ghosts.path("changes").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(course().body().path("sessions").valueStream().toList()).isEqualTo(sessions);

        Map<String, Object> done = moving(2, start(3), false);
        clinic.frontDesk.post("/api/courses/" + courseId + "/replan", done).expect(428);
        clinic.frontDesk
                .ifMatch(99)
                .post("/api/courses/" + courseId + "/replan", done)
                .expect(412);
        try (var probe = clinic.probe()) {
            JsonNode applied = clinic.frontDesk
                    .ifMatch(course().version())
                    .post("/api/courses/" + courseId + "/replan", done)
                    .expect(200)
                    .body();
            assertThat(applied.path("sessions")).isEqualTo(ghosts.path("sessions"));
            probe.awaitType("scheduling.session-moved.v1");
        }
        assertThat(course().body().path("sessions").path(1).path("startsAt").asString())
                .isEqualTo(start(3).toString());
    }

    @Test
    void aCancelledSessionIsReplacedInsideTheGaps() {
        String last = Clinic.text(sessions.get(5), "id");
        clinic.act(clinic.frontDesk, last, "cancel", Map.of("reason", "patient"))
                .expect(200);
        assertThat(course().body().path("sessionsMissing").asInt()).isEqualTo(1);

        clinic.frontDesk
                .ifMatch(course().version())
                .post("/api/courses/" + courseId + "/replan", Map.of("replacing", last, "dryRun", false))
                .expect(200);

        JsonNode mended = course().body();
        assertThat(mended.path("sessionsMissing").asInt()).isZero();
        assertThat(mended.path("sessions").size()).isEqualTo(7);
        assertThat(mended.path("sessions").path(6).path("number").asInt()).isEqualTo(7);
        clinic.frontDesk
                .ifMatch(course().version())
                .post("/api/courses/" + courseId + "/replan", Map.of("replacing", last, "dryRun", false))
                .expect(422, "not-replaceable");
    }

    private boolean waitsToBePlannedAnew() {
        return clinic.frontDesk
                .get("/api/courses/to-replan?limit=200")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .anyMatch(course -> Clinic.text(course, "id").equals(courseId));
    }

    @Test
    void aCourseThatLostASessionWaitsForTheDeskUntilAnotherIsPlanned() {
        assertThat(waitsToBePlannedAnew()).isFalse();
        String third = Clinic.text(sessions.get(2), "id");
        clinic.act(clinic.frontDesk, third, "cancel", Map.of("reason", "patient"))
                .expect(200);
        assertThat(waitsToBePlannedAnew()).isTrue();
        assertThat(course().body().path("replanSince").isNull()).isFalse();

        clinic.frontDesk
                .ifMatch(course().version())
                .post("/api/courses/" + courseId + "/replan", Map.of("replacing", third, "dryRun", false))
                .expect(200);

        assertThat(waitsToBePlannedAnew()).isFalse();
        clinic.nurse.get("/api/courses/to-replan").expect(200);
        clinic.therapist.get("/api/courses/to-replan").expect(403);
    }

    @Test
    void theDeskMayLeaveACourseShorter() {
        String path = "/api/courses/" + courseId + "/leave-short";
        clinic.frontDesk.ifMatch(course().version()).post(path, Map.of()).expect(409, "nothing-to-replan");
        clinic.act(clinic.frontDesk, Clinic.text(sessions.get(5), "id"), "cancel", Map.of("reason", "clinic"))
                .expect(200);
        clinic.frontDesk.post(path, Map.of()).expect(428);
        clinic.frontDesk.ifMatch(course().version()).post(path, Map.of()).expect(200);
        assertThat(waitsToBePlannedAnew()).isFalse();
    }

    @Test
    void aCourseThatIsCancelledAsAWholeWaitsForNobody() {
        for (JsonNode session : sessions) {
            clinic.act(clinic.frontDesk, Clinic.text(session, "id"), "cancel", Map.of("reason", "patient"))
                    .expect(200);
        }
        assertThat(waitsToBePlannedAnew()).isFalse();
    }

    @Test
    void desksThatMoveSessionsToOnePlaceAtOnceGetItOnce() throws Exception {
        record Moving(String session, long version) {}
        List<Moving> moving = new ArrayList<>();
        LocalDate from = clinic.today().plusDays(310);
        for (int i = 0; i < 4; i++) {
            String other = clinic.readyPatient();
            JsonNode first = clinic.book(other, clinic.suggestion(other, from))
                    .expect(201)
                    .body()
                    .path("sessions")
                    .path(0);
            moving.add(
                    new Moving(Clinic.text(first, "id"), first.path("version").asLong()));
        }
        JsonNode one = clinic.session(moving.getFirst().session()).body();
        Map<String, String> there = Map.of(
                "startsAt",
                Instant.parse(Clinic.text(one, "startsAt"))
                        .plus(Duration.ofHours(5))
                        .toString(),
                "chairId",
                Clinic.text(one, "chairId"),
                "nurseId",
                Clinic.text(one, "nurseId"));
        try (var desks = Executors.newFixedThreadPool(4)) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (Moving session : moving) {
                answers.add(desks.submit(() -> clinic.frontDesk
                        .ifMatch(session.version())
                        .post("/api/sessions/" + session.session() + "/move", there)));
            }
            int moved = 0;
            for (Future<Answer> answer : answers) {
                if (answer.get().status() == 200) {
                    moved++;
                } else {
                    answer.get().expect(409, "place-taken");
                }
            }
            assertThat(moved).isEqualTo(1);
        }
    }

    @Test
    void refusesWhatBreaksARule() {
        String path = "/api/courses/" + courseId + "/replan";
        clinic.frontDesk.post(path, moving(2, start(2).plusSeconds(60), true)).expect(422, "quarter-hour");
        clinic.frontDesk
                .post(path, moving(2, start(2).minus(Duration.ofHours(3)), true))
                .expect(422, "opening-hours");
        clinic.frontDesk
                .post(path, moving(1, start(6).plus(Duration.ofDays(28)), true))
                .expect(409, "no-place");
        clinic.frontDesk
                .post(path, Map.of("moved", Map.of("sessionId", "x", "startsAt", start(2).toString()), "dryRun", true))
                .expect(422, "session-of-course");
        clinic.frontDesk
                .post("/api/courses/no-such-course/replan", Map.of("dryRun", true))
                .expect(404);
        clinic.nurse.post(path, Map.of("dryRun", true)).expect(403);
    }
}
