package clinicops.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.Topics;
import clinicops.outbox.OutboxStatus;
import clinicops.testing.EventProbe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

@ServiceTest(database = "intake")
class DuplicatesTest {
    @Autowired
    ApplicationContext context;

    @Autowired
    OutboxStatus outbox;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    @Test
    void areFoundDespiteSlipsOfNameAndBirthDate() {
        String one = refer("Katarzyna", "Wojciechowska", "1968-03-11", "+14155550101");
        String other = refer("Katarzyna", "Wojcechowska", "1968-11-03", "+14155550101");
        String sister = refer("Barbara", "Wojciechowska", "1970-05-20", "+14155550101");

        var pair = await().until(() -> pairOf(one, other), Optional::isPresent).orElseThrow();

        assertThat(pair.path("reasons").valueStream().map(JsonNode::asString))
                .containsExactly("similar-name", "birth-date-slip", "same-phone");
        assertThat(pairOf(one, sister)).isEmpty();
    }

    @Test
    void dismissedAreNotFoundAgain() {
        String one = refer("Ottoline", "Featherstone", "1950-01-30", "+14155550102");
        String other = refer("Ottoline", "Featherstone", "1950-01-30", "+14155550103");
        String pair = await().until(() -> pairOf(one, other), Optional::isPresent)
                .orElseThrow()
                .path("id")
                .asString();
        var reason = Map.of("reason", "cousins, both were here");

        clinic.frontDesk().post("/api/duplicates/" + pair + "/dismiss", reason).expect(204);
        clinic.frontDesk().post("/api/duplicates/" + pair + "/dismiss", reason).expect(409, "pair-decided");
        clinic.frontDesk().post("/api/duplicates/none/dismiss", reason).expect(404);

        assertThat(pairOf(one, other)).isEmpty();
    }

    @Test
    void areMergedWithWhatTheOtherLacksAndUnmergedExactly() {
        String survivor = refer("Demetrius", "Papadopoulos", "1990-10-10", "+14155550104");
        String duplicate = refer("Dimitrius", "Papadopoulos", "1990-10-10", "+14155550104");
        fill(duplicate, 0, "allergies", Map.of("allergies", List.of(Map.of("substance", "penicillin"))));
        fill(duplicate, 1, "therapist", Map.of("hasTherapist", false));
        fill(survivor, 0, "therapist", Map.of("hasTherapist", true, "name", "Dr. Lund"));
        String before = clinic.frontDesk().get("/api/patients/" + duplicate).text();
        try (var probe = EventProbe.on(Topics.INTAKE).settledWhen(() -> outbox.unsent() == 0)) {
            probe.forget();
            var merged = clinic.frontDesk()
                    .ifMatch(clinic.version(survivor))
                    .post("/api/patients/" + survivor + "/merge", merge(duplicate))
                    .expect(200);

            assertThat(probe.awaitType("intake.patients-merged.v1").text()).contains(duplicate);
            var gone = clinic.frontDesk()
                    .get("/api/patients/" + duplicate)
                    .expect(200)
                    .body();
            assertThat(gone.path("status").asString()).isEqualTo("merged");
            assertThat(gone.path("mergedInto").asString()).isEqualTo(survivor);
            var registration = registration(survivor);
            assertThat(registration
                            .path("allergies")
                            .path("allergies")
                            .path(0)
                            .path("substance")
                            .asString())
                    .isEqualTo("penicillin");
            assertThat(registration.path("therapist").path("name").asString()).isEqualTo("Dr. Lund");
            clinic.screen(duplicate, Clinic.screening()).expect(409, "patient-merged");
            assertThat(clinic.frontDesk().get("/api/patients?q=papadop").text()).doesNotContain(duplicate);
            assertThat(pairOf(survivor, duplicate)).isEmpty();

            clinic.frontDesk()
                    .ifMatch(merged.version())
                    .post("/api/patients/" + survivor + "/unmerge", merge(duplicate))
                    .expect(200);
            assertThat(probe.awaitType("intake.patients-unmerged.v1").text()).contains(duplicate);
        }
        assertThat(registration(survivor).path("allergies").isNull()).isTrue();
        var restored = clinic.frontDesk().get("/api/patients/" + duplicate).text();
        assertThat(restored.replaceAll("\"version\":\\d+", "")).isEqualTo(before.replaceAll("\"version\":\\d+", ""));
        clinic.frontDesk()
                .ifMatch(clinic.version(survivor))
                .post("/api/patients/" + survivor + "/unmerge", merge(duplicate))
                .expect(409, "not-merged");
    }

    @Test
    void whoIsFurtherOnGoesOn() {
        String referred = clinic.refer();
        String screened = clinic.refer();
        clinic.screen(screened, Clinic.screening()).expect(200);
        String path = "/api/patients/" + referred + "/merge";

        clinic.frontDesk()
                .ifMatch(clinic.version(referred))
                .post(path, merge(screened))
                .expect(409, "merge-other-way");
        clinic.frontDesk()
                .ifMatch(clinic.version(referred))
                .post(path, merge(referred))
                .expect(422, "same-patient");
        clinic.frontDesk().ifMatch(99).post(path, merge(screened)).expect(412);
        clinic.frontDesk().post(path, merge(screened)).expect(428);
        clinic.frontDesk()
                .ifMatch(clinic.version(referred))
                .post(path, merge("nobody"))
                .expect(404);
    }

    private String refer(String given, String family, String born, String phone) {
        return clinic.refer(
                "given_name",
                given,
                "family_name",
                family,
                "birth_date",
                born,
                "phone",
                phone,
                "email",
                "",
                "email_ok",
                "no");
    }

    private static Map<String, Object> merge(String duplicateId) {
        return Map.of("duplicateId", duplicateId, "reason", "same person, ID seen");
    }

    private void fill(String id, long version, String section, Object body) {
        clinic.frontDesk()
                .ifMatch(version)
                .put("/api/patients/" + id + "/registration/" + section, body)
                .expect(200);
    }

    private JsonNode registration(String id) {
        return clinic.frontDesk()
                .get("/api/patients/" + id + "/registration")
                .expect(200)
                .body();
    }

    private Optional<JsonNode> pairOf(String one, String other) {
        String cursor = "";
        do {
            var page = clinic.frontDesk()
                    .get("/api/duplicates?limit=200&cursor=" + cursor)
                    .expect(200)
                    .body();
            for (JsonNode pair : page.path("items")) {
                if (pair.path("id").asString().contains(one)
                        && pair.path("id").asString().contains(other)) {
                    return Optional.of(pair);
                }
            }
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        return Optional.empty();
    }
}
