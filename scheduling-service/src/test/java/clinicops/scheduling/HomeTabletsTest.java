package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.IntakeEvent;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Tablets at home: no chair, few tablets, a query, a consent, and a call within three days. */
@ServiceTest(database = "around")
class HomeTabletsTest {
    private static final String PATH = "/api/home-prescriptions";

    @Autowired
    ApplicationContext context;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    private void consentToTablets(String patient) {
        clinic.tell(
                "con-oral-" + patient,
                new IntakeEvent.ConsentSigned(
                        "con-oral-" + patient, patient, "ketamine", "oral", "2026-11", clinic.now()));
    }

    private Map<String, Object> wish(String patient) {
        Map<String, Object> wish = new HashMap<>();
        wish.put("patientId", patient);
        wish.put("strengthMg", 100);
        wish.put("tablets", 6);
        wish.put("directions", "one-between-sessions");
        wish.put("pharmacy", "Corner pharmacy");
        wish.put("pdmpQueriedOn", clinic.today().toString());
        wish.put("inPersonVisitOn", clinic.today().minusDays(10).toString());
        return wish;
    }

    private List<JsonNode> of(String patient) {
        return clinic.nurse
                .get(PATH + "?patientId=" + patient)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    private Answer afterConsent(String patient) {
        consentToTablets(patient);
        await().until(() -> {
            Answer answer = clinic.prescriber.post(PATH, wish(patient));
            return answer.status() == 201;
        });
        return clinic.nurse.get(PATH + "?patientId=" + patient).expect(200);
    }

    @Test
    void tabletsArePrescribedBetweenInfusionsAndTheNextOnesWhenTheFirstAreUsedUp() {
        String patient = clinic.readyPatient();
        clinic.prescriber.post(PATH, wish(patient)).expect(409, "consent-missing");
        clinic.nurse.post(PATH, wish(patient)).expect(403);

        try (var probe = clinic.probe()) {
            afterConsent(patient);
            assertThat(probe.expectExactly("scheduling.home-tablets-prescribed.v1", "scheduling.call-due.v1")
                            .getFirst()
                            .text())
                    .doesNotContain("Corner");
        }
        JsonNode first = of(patient).getFirst();
        assertThat(first.path("left").asInt()).isEqualTo(6);
        assertThat(first.path("terms").asString()).isEqualTo("home-tablets@2026-12");
        JsonNode call = clinic.nurse
                .get("/api/calls?patientId=" + patient)
                .expect(200)
                .body()
                .path("items")
                .path(0);
        assertThat(call.path("reason").asString()).isEqualTo("home-tablets");
        assertThat(call.path("dueAt").asString())
                .isEqualTo(first.path("checkInBy").asString());

        clinic.prescriber.post(PATH, wish(patient)).expect(409, "previous-not-used-up");
        String counts = PATH + "/" + first.path("id").asString() + "/counts";
        clinic.nurse.post(counts, Map.of("left", 0, "because", "taken")).expect(428);
        long version = clinic.nurse
                .ifMatch(first.path("version").asLong())
                .post(counts, Map.of("left", 2, "because", "taken"))
                .expect(200)
                .version();
        clinic.prescriber.post(PATH, wish(patient)).expect(409, "previous-not-used-up");
        clinic.nurse
                .ifMatch(version)
                .post(counts, Map.of("left", 3, "because", "taken"))
                .expect(422, "count-above-left");
        clinic.nurse
                .ifMatch(version)
                .post(counts, Map.of("left", 0, "because", "disposed"))
                .expect(200);

        var door = clinic.prescriber.with("Idempotency-Key", "second-" + patient);
        String second =
                door.post(PATH, wish(patient)).expect(201).body().path("id").asString();
        assertThat(door.post(PATH, wish(patient)).expect(201).body().path("id").asString())
                .isEqualTo(second);
        assertThat(of(patient)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "tablets, 7, 422, quantity-above-limit",
        "tablets, 0, 400, positive",
        "strengthMg, 75, 422, strength-unknown",
        "directions, as-you-like, 422, directions-unknown",
        "pharmacy, '', 400, not-blank",
        "pdmpQueriedOn, 2020-01-01, 422, pdmp-too-old",
        "pdmpQueriedOn, 2099-01-01, 422, in-the-future",
        "inPersonVisitOn, 2099-01-01, 422, in-the-future"
    })
    void wrongInputNamesItsFieldAndWritesNothing(String field, String value, int status, String rule) {
        String patient = clinic.readyPatient();
        Map<String, Object> wish = wish(patient);
        wish.put(field, value.matches("\\d+") ? Integer.valueOf(value) : value);

        Answer refused = clinic.prescriber.post(PATH, wish).expect(status, rule);

        assertThat(refused.body().toString()).contains(field);
        assertThat(of(patient)).isEmpty();
    }

    @Test
    void whoHasNoPlanOrIsInDangerGetsNone() {
        String noPlan = Clinic.newPatientId();
        clinic.prescriber.post(PATH, wish(noPlan)).expect(404);
        clinic.tell(noPlan, new IntakeEvent.PatientRegistered(noPlan, "ref", clinic.now()));
        clinic.tell(
                noPlan,
                new IntakeEvent.PatientCleared(
                        noPlan, clinic.now(), clinic.today().plusDays(400), null));
        consentToTablets(noPlan);
        await().untilAsserted(() -> clinic.prescriber.post(PATH, wish(noPlan)).expect(409, "plan-missing"));

        String inDanger = clinic.readyPatient();
        clinic.tell(
                "alert-" + inDanger,
                new IntakeEvent.SafetyAlertRaised("alert-" + inDanger, inDanger, "suicide-risk-high", clinic.now()));
        consentToTablets(inDanger);
        await().untilAsserted(() -> clinic.prescriber.post(PATH, wish(inDanger)).expect(409, "safety-alert-open"));
        assertThat(of(inDanger)).isEmpty();
    }

    @Test
    void aPlanOfTabletsAloneNeedsNoChairAndWorksToTheEnd() {
        String patient = Clinic.newPatientId();
        clinic.tell(patient, new IntakeEvent.PatientRegistered(patient, "ref", clinic.now()));
        clinic.tell(
                patient,
                new IntakeEvent.PatientCleared(
                        patient, clinic.now(), clinic.today().plusDays(400), null));
        clinic.tell("plan-" + patient, tabletsAlone(patient));

        afterConsent(patient);

        assertThat(of(patient).getFirst().path("planId").asString()).isEqualTo("plan-" + patient);
        // nobody pays for a session, so this is all that is said
        assertThat(clinic.blockers(patient)).containsExactly("route-needs-no-chair");
        assertThat(clinic.canBook(patient)).isFalse();
        clinic.frontDesk
                .post(
                        "/api/courses/suggestions",
                        Map.of("patientId", patient, "from", clinic.today().toString()))
                .expect(409, "route-needs-no-chair");
        assertThat(of(patient)).hasSize(1);
    }

    @Test
    void tabletsOfAPlanHaveThePlansStrength() {
        String patient = clinic.readyPatient();
        consentToTablets(patient);
        clinic.tell("tablets-" + patient, tabletsAlone(patient));
        await().until(() -> clinic.blockers(patient).contains("route-needs-no-chair"));
        Map<String, Object> wish = wish(patient);
        wish.put("strengthMg", 50);

        await().untilAsserted(() -> clinic.prescriber.post(PATH, wish).expect(422, "strength-not-of-plan"));

        assertThat(of(patient)).isEmpty();
    }

    /** As intake approves it: the strength of a tablet, and neither sessions nor gaps. */
    private IntakeEvent.TreatmentPlanApproved tabletsAlone(String patient) {
        return new IntakeEvent.TreatmentPlanApproved(
                "plan-" + patient,
                patient,
                1,
                "F33.2",
                "ketamine",
                "oral",
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                new BigDecimal("100"),
                0,
                0,
                0,
                0,
                null,
                null,
                null,
                "paula",
                clinic.now());
    }
}
