package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.chassis.testing.TestTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** The diary as calendars and as FHIR. What is written here, independent parsers read afterwards: src/test/python. */
@ServiceTest(database = "calendars")
class CalendarsOutTest {
    private static final Path WRITTEN = Path.of("target", "calendars");

    @Autowired
    ApplicationContext context;

    private Clinic clinic;

    @BeforeEach
    void open() throws Exception {
        clinic = new Clinic(context);
        Files.createDirectories(WRITTEN);
    }

    private static void write(String name, String text) throws Exception {
        Files.writeString(WRITTEN.resolve(name), text);
    }

    private String nurse(String username) {
        return clinic.admin
                .get("/api/nurses")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(nurse -> nurse.path("username").asString().equals(username))
                .map(nurse -> nurse.path("id").asString())
                .findFirst()
                .orElseThrow();
    }

    private ServiceDoor calendar() {
        return ServiceDoor.of(context)
                .with(
                        "Authorization",
                        TestTokens.bearer("calendar", "scheduling-feeds", claims -> claims.claim("scope", "feed")));
    }

    private String follow(String path) {
        return calendar().get(path.replace(".ics", "")).expect(200).text();
    }

    @Test
    void aNurseFollowsTheirOwnSessionsWithoutANameOrADrug() throws Exception {
        String patient = clinic.readyPatient();
        String session = clinic.bookedCourse(patient).getFirst();
        JsonNode booked = clinic.session(session).body();
        String nurse = booked.path("nurseId").asString();
        JsonNode made = clinic.admin
                .post("/api/feeds", Map.of("kind", "nurse", "of", nurse))
                .expect(201)
                .body();

        String feed = follow(made.path("path").asString());

        write("nurse.ics", feed);
        assertThat(feed)
                .contains("UID:" + session + "@clinicops", "SUMMARY:Session\\, Chair", "STATUS:CONFIRMED")
                .doesNotContain(patient, "ketamine", "F33");
        assertThat(clinic.admin.get("/api/feeds").expect(200).body().toString())
                .doesNotContain(made.path("path").asString().substring(7, 20));

        clinic.act(clinic.frontDesk, session, "cancel", Map.of("reason", "patient"))
                .expect(200);
        String after = follow(made.path("path").asString());
        write("nurse-cancelled.ics", after);
        assertThat(after).contains("STATUS:CANCELLED");

        clinic.admin.delete("/api/feeds/" + made.path("id").asString()).expect(204);
        calendar().get(made.path("path").asString().replace(".ics", "")).expect(404);
    }

    @Test
    void aNurseMakesAFeedForThemselvesAndForNobodyElse() {
        clinic.nurse
                .post("/api/feeds", Map.of("kind", "nurse", "of", nurse("nick")))
                .expect(422, "not-your-own");
        String own = clinic.nurse
                .post("/api/feeds", Map.of("kind", "nurse", "of", nurse("nora")))
                .expect(201)
                .body()
                .path("id")
                .asString();
        clinic.secondNurse.delete("/api/feeds/" + own).expect(404);
        assertThat(clinic.secondNurse.get("/api/feeds").expect(200).body().toString())
                .doesNotContain(own);
        clinic.admin.post("/api/feeds", Map.of("kind", "nurse", "of", "nobody")).expect(404);
    }

    @Test
    void aGuessedLinkOpensNothingAndAStaffTokenNeither() {
        calendar().get("/feeds/" + "x".repeat(43)).expect(404);
        clinic.nurse.get("/feeds/" + "x".repeat(43)).expect(401);
    }

    @Test
    void aPatientGetsAnInvitationThatSaysWhenAndNotWhy() throws Exception {
        String session = clinic.bookedCourse(clinic.readyPatient()).getFirst();
        Answer answer =
                clinic.frontDesk.get("/api/sessions/" + session + "/invitation").expect(200);
        write("invitation.ics", answer.text());
        assertThat(answer.text())
                .contains("METHOD:REQUEST", "UID:" + session + "@clinicops")
                .doesNotContain("etamine", "Chair");

        clinic.act(clinic.frontDesk, session, "cancel", Map.of("reason", "clinic"))
                .expect(200);
        String cancelled = clinic.frontDesk
                .get("/api/sessions/" + session + "/invitation")
                .expect(200)
                .text();
        write("invitation-cancelled.ics", cancelled);
        assertThat(cancelled).contains("METHOD:CANCEL", "STATUS:CANCELLED");
    }

    @Test
    void appointmentsAndSlotsAreReadAsFhir() throws Exception {
        String patient = clinic.readyPatient();
        String session = clinic.bookedCourse(patient).getFirst();

        String one =
                clinic.nurse.get("/api/fhir/Appointment/" + session).expect(200).text();
        write("appointment.json", one);
        assertThat(one).contains("\"status\":\"booked\"", "Patient/" + patient);

        String some = clinic.nurse
                .get("/api/fhir/Appointment?patient=Patient/" + patient + "&_count=2")
                .expect(200)
                .text();
        write("appointments.json", some);
        String next = some.replaceAll("(?s).*\"relation\":\"next\",\"url\":\"([^\"]+)\".*", "$1");
        String others = clinic.nurse.get("/api/fhir/" + next).expect(200).text();
        write("appointments-next.json", others);
        assertThat(others).doesNotContain(session);

        String day = clinic.session(session).body().path("startsAt").asString().substring(0, 10);
        String slots =
                clinic.nurse.get("/api/fhir/Slot?start=" + day).expect(200).text();
        write("slots.json", slots);
        assertThat(slots).contains("\"status\":\"busy\"", "\"status\":\"free\"").doesNotContain(patient);

        write(
                "metadata.json",
                clinic.nurse.get("/api/fhir/metadata").expect(200).text());
        write(
                "not-found.json",
                clinic.nurse.get("/api/fhir/Appointment/none").expect(404).text());
        write(
                "refused.json",
                clinic.nurse
                        .get("/api/fhir/Appointment?date=yesterday")
                        .expect(400)
                        .text());
    }
}
