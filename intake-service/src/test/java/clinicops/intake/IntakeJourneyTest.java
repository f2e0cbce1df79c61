package clinicops.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.ContactSeal;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.ContactCard;
import clinicops.contracts.IntakeEvent;
import clinicops.contracts.Topics;
import clinicops.outbox.OutboxStatus;
import clinicops.testing.EventProbe;
import clinicops.testing.Received;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** From the referral to the plan, and the ways that lead elsewhere; each with exactly the events that it tells. */
@ServiceTest(database = "intake")
class IntakeJourneyTest {
    private static final String[] REFERRED = {
        "intake.referral-received.v1",
        "intake.patient-registered.v1",
        "intake.contact-preferences-changed.v1",
        "intake.coverage-reported.v1"
    };

    @Autowired
    ApplicationContext context;

    @Autowired
    ContactSeal seal;

    @Autowired
    OutboxStatus outbox;

    private Clinic clinic;
    private EventProbe intake;
    private EventProbe contact;

    @BeforeEach
    void listen() {
        clinic = new Clinic(context);
        intake = EventProbe.on(Topics.INTAKE)
                .settledWhen(() -> outbox.unsent() == 0)
                .forget();
        contact = EventProbe.on(Topics.CONTACT)
                .settledWhen(() -> outbox.unsent() == 0)
                .forget();
    }

    @AfterEach
    void stopListening() {
        intake.close();
        contact.close();
    }

    @Test
    void aReferralBecomesAClearedPatientWithAPlan() {
        String id = clinic.refer();
        var referred = intake.expectExactly(REFERRED);
        assertThat(referred).allSatisfy(e -> {
            assertThat(e.key()).isEqualTo(id);
            assertThat(e.subject()).isEqualTo(id);
            assertThat(e.sequence()).isEqualTo(1);
        });
        var coverage = referred.getLast().body(IntakeEvent.CoverageReported.class);
        assertThat(coverage.payerCode()).isEqualTo("ACME");
        assertThat(seal.openText(coverage.sealedMemberId())).isEqualTo("M-77");
        Received card = contact.await("the contact card", m -> id.equals(m.key()));
        assertThat(seal.open(String.valueOf(card.text())))
                .isEqualTo(new ContactCard(
                        id, "Ana", "Núñez", "ana@example.org", "+12125550123", "es", "America/New_York"));

        var screened = clinic.screen(id, Clinic.screening()).expect(200);
        assertThat(screened.version()).isEqualTo(2);
        assertThat(screened.body().path("status").asString()).isEqualTo("screened");
        assertThat(screened.body().path("findings").size()).isGreaterThan(40);
        var completed = intake.expectExactly("intake.screening-completed.v1").getFirst();
        assertThat(completed.sequence()).isEqualTo(2);
        assertThat(completed.body(IntakeEvent.ScreeningCompleted.class)).satisfies(e -> {
            assertThat(e.outcome()).isEqualTo("cleared");
            assertThat(e.suicideRisk()).isEqualTo("none");
            assertThat(e.scores()).containsExactly(new IntakeEvent.Score("phq-9", "1", 8, "mild"));
        });

        clinic.clear(clinic.therapist(), "mental-health", id).expect(422, "evaluation-needed");
        clinic.prepare(id);
        clinic.clear(clinic.therapist(), "mental-health", id).expect(200);
        intake.expectSilence();
        var cleared = clinic.clear(clinic.prescriber(), "medical", id).expect(200);
        assertThat(cleared.body().path("status").asString()).isEqualTo("cleared");
        assertThat(intake.expectExactly("intake.patient-cleared.v1").getFirst().subject())
                .isEqualTo(id);

        var consented = clinic.nurse()
                .put("/api/patients/" + id + "/consents/iv", Clinic.consent())
                .expect(200);
        assertThat(consented.body().path("consents").path(0).path("language").asString())
                .isEqualTo("es");
        var signed = intake.expectExactly("intake.consent-signed.v1").getFirst();
        assertThat(signed.subject()).isNotEqualTo(id);
        assertThat(signed.key()).isEqualTo(id);

        var planned = clinic.prescriber()
                .put("/api/patients/" + id + "/plan", Clinic.plan())
                .expect(200);
        assertThat(planned.body().path("plan").path("revision").asInt()).isEqualTo(1);
        var approved = intake.expectExactly("intake.treatment-plan-approved.v1").getFirst();
        assertThat(approved.body(IntakeEvent.TreatmentPlanApproved.class)).satisfies(e -> {
            assertThat(e.planId()).isEqualTo(approved.subject());
            assertThat(e.patientId()).isEqualTo(id);
            assertThat(e.approvedBy()).isEqualTo("pia");
            assertThat(e.doseHighMgPerKg()).isEqualByComparingTo("1");
            assertThat(e.sessions()).isEqualTo(6);
        });
    }

    @Test
    void aPlanWithAFixedDoseTellsItInMilligrams() {
        String id = clinic.clearedPatient();
        var consent = new LinkedHashMap<>(Clinic.consent());
        consent.putAll(Map.of("drug", "esketamine", "textVersion", "2026-11"));
        clinic.nurse().put("/api/patients/" + id + "/consents/nasal", consent).expect(200);
        var plan = new LinkedHashMap<>(Clinic.plan());
        plan.putAll(Map.of(
                "drug",
                "esketamine",
                "route",
                "nasal",
                "fixedDoseMg",
                84,
                "sessions",
                8,
                "minGapDays",
                3,
                "courseMinDays",
                24,
                "courseMaxDays",
                35));
        plan.keySet().removeAll(List.of("doseLowMgPerKg", "doseHighMgPerKg"));

        clinic.prescriber().put("/api/patients/" + id + "/plan", plan).expect(200);

        var approved =
                intake.awaitType("intake.treatment-plan-approved.v1").body(IntakeEvent.TreatmentPlanApproved.class);
        assertThat(approved.fixedDoseMg()).isEqualByComparingTo("84");
        assertThat(approved.doseHighMgPerKg()).isEqualByComparingTo("0");
    }

    @Test
    void aPlanOfTabletsAloneHasNoSessions() {
        String id = clinic.clearedPatient();
        var consent = new LinkedHashMap<>(Clinic.consent());
        consent.put("textVersion", "2026-11");
        clinic.nurse().put("/api/patients/" + id + "/consents/oral", consent).expect(200);
        var plan = new LinkedHashMap<>(Clinic.plan());
        plan.putAll(Map.of("route", "oral", "fixedDoseMg", 100, "sessions", 0));
        plan.putAll(Map.of("minGapDays", 0, "courseMinDays", 0, "courseMaxDays", 0));
        plan.keySet().removeAll(List.of("doseLowMgPerKg", "doseHighMgPerKg", "maxGapDays", "boosters"));

        var planned = clinic.prescriber()
                .put("/api/patients/" + id + "/plan", plan)
                .expect(200)
                .body()
                .path("plan");

        assertThat(planned.path("monitoringProfile").asString()).isEqualTo("home-tablets");
        var approved =
                intake.awaitType("intake.treatment-plan-approved.v1").body(IntakeEvent.TreatmentPlanApproved.class);
        assertThat(approved.sessions()).isZero();
        assertThat(approved.fixedDoseMg()).isEqualByComparingTo("100");
    }

    @Test
    void aRevisedPlanIsTheSamePlanWithTheNextRevision() {
        String id = clinic.clearedPatient();
        clinic.nurse()
                .put("/api/patients/" + id + "/consents/iv", Clinic.consent())
                .expect(200);
        var first = clinic.prescriber()
                .put("/api/patients/" + id + "/plan", Clinic.plan())
                .expect(200);
        intake.awaitTypes("intake.treatment-plan-approved.v1");
        intake.forget();

        var stronger = Clinic.plan();
        stronger.put("doseLowMgPerKg", 0.7);
        var second = clinic.prescriber()
                .ifMatch(first.version())
                .put("/api/patients/" + id + "/plan", stronger)
                .expect(200);
        clinic.prescriber()
                .ifMatch(second.version())
                .put("/api/patients/" + id + "/plan", stronger)
                .expect(200);

        var approved = intake.expectExactly("intake.treatment-plan-approved.v1").getFirst();
        assertThat(approved.body().path("revision").asInt()).isEqualTo(2);
        assertThat(approved.subject())
                .isEqualTo(first.body().path("plan").path("id").asString());
        assertThat(approved.sequence()).isEqualTo(second.version());
    }

    @Test
    void withdrawnConsentStopsEverythingAtOnce() {
        String id = clinic.clearedPatient();
        clinic.nurse()
                .put("/api/patients/" + id + "/consents/iv", Clinic.consent())
                .expect(200);
        clinic.prescriber().put("/api/patients/" + id + "/plan", Clinic.plan()).expect(200);
        intake.awaitTypes("intake.treatment-plan-approved.v1");
        intake.forget();

        clinic.frontDesk().delete("/api/patients/" + id + "/consents/iv").expect(200);

        var told = intake.expectExactly("intake.consent-withdrawn.v1", "intake.treatment-plan-ended.v1");
        assertThat(told.getLast().body().path("reason").asString()).isEqualTo("consent-withdrawn");
        clinic.frontDesk().delete("/api/patients/" + id + "/consents/iv").expect(404);
        clinic.prescriber().put("/api/patients/" + id + "/plan", Clinic.plan()).expect(422, "consent-needed");
    }

    @Test
    void aPregnantPatientIsExcludedAndTheWayEnds() {
        String id = clinic.refer("payer_code", "", "plan", "", "member_id", "");
        intake.expectExactly(REFERRED[0], REFERRED[1], REFERRED[2]);

        var screened =
                clinic.screen(id, Clinic.screeningWith("pregnancy", "yes")).expect(200);

        assertThat(screened.body().path("status").asString()).isEqualTo("excluded");
        var told = intake.expectExactly("intake.screening-completed.v1", "intake.patient-declined.v1");
        assertThat(told.getLast().body(IntakeEvent.PatientDeclined.class)).satisfies(e -> {
            assertThat(e.kind()).isEqualTo("excluded");
            assertThat(e.reasons()).containsExactly("pregnancy");
        });
        clinic.clear(clinic.prescriber(), "medical", id).expect(422, "patient-excluded");
        intake.expectSilence();
    }

    @Test
    void someoneInDangerLeavesTheLineUntilPeopleHaveTakenItUp() {
        String id = clinic.refer();
        intake.expectExactly(REFERRED);

        var screened = clinic.screen(id, Clinic.highRisk()).expect(200);

        assertThat(screened.body().path("status").asString()).isEqualTo("awaiting-safety-review");
        String alertId = screened.body().path("safetyAlertId").asString();
        var told = intake.expectExactly("intake.screening-completed.v1", "intake.safety-alert-raised.v1");
        assertThat(told.getLast().subject()).isEqualTo(alertId);
        assertThat(told.getLast().key()).isEqualTo(id);
        clinic.clear(clinic.prescriber(), "medical", id).expect(422, "safety-review-open");
        clinic.nurse()
                .ifMatch(screened.version())
                .put("/api/patients/" + id + "/screening", Clinic.screening())
                .expect(409, "safety-alert-open");
        var open = clinic.nurse().get("/api/safety-alerts?open=true&limit=200").expect(200);
        assertThat(open.body().path("items").valueStream().filter(a -> a.path("id")
                        .asString()
                        .equals(alertId)))
                .singleElement()
                .satisfies(a ->
                        assertThat(a.path("crisisLines").path(0).asString()).isEqualTo("988"));
        intake.expectSilence();

        clinic.nurse()
                .post("/api/safety-alerts/" + alertId + "/acknowledgement")
                .expect(200);
        var again = clinic.prescriber()
                .post("/api/safety-alerts/" + alertId + "/acknowledgement")
                .expect(200);

        assertThat(again.body().path("acknowledgedBy").asString()).isEqualTo("nora");
        var acknowledged =
                intake.expectExactly("intake.safety-alert-acknowledged.v1").getFirst();
        assertThat(acknowledged.sequence()).isGreaterThan(told.getLast().sequence());
        assertThat(clinic.nurse()
                        .get("/api/safety-alerts?open=true&limit=200")
                        .expect(200)
                        .text())
                .doesNotContain(alertId);
        clinic.nurse()
                .ifMatch(screened.version())
                .put("/api/patients/" + id + "/screening", Clinic.screening())
                .expect(200);
        intake.expectExactly("intake.screening-completed.v1");

        clinic.clear(clinic.prescriber(), "medical", id).expect(422, "safety-review-open");
        clinic.therapist()
                .post("/api/safety-alerts/" + alertId + "/resolution", Map.of("outcome", "safety-plan"))
                .expect(422, "safety-plan-needed");
        clinic.nurse()
                .put("/api/patients/" + id + "/safety-plan", Clinic.safetyPlan())
                .expect(200);
        clinic.therapist()
                .post("/api/safety-alerts/" + alertId + "/resolution", Map.of("outcome", "safety-plan"))
                .expect(200);
        var resolved = intake.expectExactly("intake.safety-alert-resolved.v1").getFirst();
        assertThat(resolved.body().path("outcome").asString()).isEqualTo("safety-plan");
        clinic.prepare(id);
        clinic.clear(clinic.prescriber(), "medical", id).expect(200);
    }

    @Test
    void aPrescribersReasonsClearWhatNeedsReview() {
        String id = clinic.refer();
        var screened = clinic.screen(id, Clinic.screeningWith("drugs", List.of("lorazepam")))
                .expect(200);
        assertThat(screened.body().path("status").asString()).isEqualTo("needs-review");
        clinic.prepare(id);
        clinic.clear(clinic.therapist(), "mental-health", id).expect(200);
        intake.awaitTypes("intake.screening-completed.v1");
        intake.forget();
        var review = List.of(Map.of("finding", "benzodiazepines", "reason", "will be tapered"));

        clinic.clear(clinic.prescriber(), "medical", id).expect(422, "findings-reviewed");
        clinic.therapist()
                .ifMatch(clinic.version(id))
                .put(
                        "/api/patients/" + id + "/clearances/mental-health",
                        Map.of("decision", "cleared", "reviewed", review))
                .expect(422, "review-by-prescriber");
        clinic.prescriber()
                .ifMatch(clinic.version(id))
                .put("/api/patients/" + id + "/clearances/medical", Map.of("decision", "cleared", "reviewed", review))
                .expect(200);

        intake.expectExactly("intake.patient-cleared.v1");
    }

    @Test
    void aClinicianDeclinesAndTheReasonStaysInside() {
        String id = clinic.refer();
        clinic.screen(id, Clinic.screening()).expect(200);
        intake.awaitTypes("intake.screening-completed.v1");
        intake.forget();

        clinic.therapist()
                .ifMatch(clinic.version(id))
                .put("/api/patients/" + id + "/clearances/mental-health", Map.of("decision", "declined"))
                .expect(422, "reason-needed");
        clinic.therapist()
                .ifMatch(clinic.version(id))
                .put(
                        "/api/patients/" + id + "/clearances/mental-health",
                        Map.of("decision", "declined", "reason", "in acute crisis"))
                .expect(200);

        var declined = intake.expectExactly("intake.patient-declined.v1").getFirst();
        assertThat(declined.body().path("reasons").path(0).asString()).isEqualTo("mental-health-declined");
        assertThat(declined.text()).doesNotContain("crisis");
    }

    @Test
    void neitherNamesNorNumbersTravelInTheOpen() {
        String id = clinic.refer();
        clinic.screen(id, Clinic.highRisk()).expect(200);
        intake.awaitTypes("intake.safety-alert-raised.v1");
        contact.await("the contact card", m -> id.equals(m.key()));

        assertThat(intake.ofKey(id).toString() + contact.ofKey(id))
                .doesNotContain("Ana")
                .doesNotContain("Núñez")
                .doesNotContain("example.org")
                .doesNotContain("5550123")
                .doesNotContain("M-77");
    }
}
