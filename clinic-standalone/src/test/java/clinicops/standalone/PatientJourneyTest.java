package clinicops.standalone;

import static clinicops.standalone.ClinicAtWork.eventually;
import static clinicops.standalone.ClinicAtWork.refused;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.cli.FrontDoor;
import clinicops.cli.FrontDoor.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * One patient's way through all services, wrong turns included: the story of the clinic, told once. Everything goes through the
 * front door; between the services there are only events. The insurer does what its guide says.
 */
class PatientJourneyTest {
    /** The default of {@code clinicops.clinic.zone}: the clinic's day, not the machine's, decides what is in the future. */
    private static final ZoneId CLINIC_ZONE = ZoneId.of("America/New_York");

    private static final String REFERRAL = """
            system,id,given_name,family_name,birth_date,sex,email,phone,zone,language,email_ok,sms_ok,indication,urgency,referred_on,payer_code,plan,member_id
            county,J-1,Lucia,Rivera,1984-03-12,female,lucia@example.com,+12125550101,America/New_York,en,true,true,depression,routine,2026-03-02,ACME,PPO,A-1
            county,J-2,Wrong,Date,1984-13-12,female,wrong@example.com,+12125550102,America/New_York,en,true,true,depression,routine,2026-03-02,,,
            """;

    @TempDir
    Path data;

    private ClinicAtWork clinic;
    private InsurersGuide guide;
    private String patient;
    private final List<JsonNode> sessions = new ArrayList<>();

    @BeforeEach
    void open() {
        clinic = ClinicAtWork.open(data.resolve("clinic"));
        guide = new InsurersGuide(data, clinic.url(), clinic.admin);
    }

    @AfterEach
    void close() {
        clinic.close();
    }

    @Test
    void fromTheReferralToTheLastCent() {
        aReferralIsImportedAndABadRowIsReported();
        nothingHappensBeforeScreeningAndClearance();
        screeningFindsNothingAgainstTreatment();
        twoProfessionalsClear();
        consentAndPlanAreSigned();
        noCourseWithoutMoney();
        theInsurersProgramIsRegistered();
        theInsurerGrantsTheAuthorization();
        sixSessionsAreBookedOrNone();
        theFirstSessionMeetsEveryGate();
        theOtherFiveGoWell();
        claimsAreAnsweredAndThePatientPaysTheRest();
        guide.requireAllPlayed();
        theJourneyTellsItAll();
        aRebuiltJourneyTellsTheSame();
    }

    private void aReferralIsImportedAndABadRowIsReported() {
        JsonNode loaded = clinic.frontDesk.postCsv("/api/referrals/import", REFERRAL);
        assertThat(loaded.path("loaded").asInt()).isEqualTo(1);
        assertThat(loaded.path("rejected").path(0).path("line").asInt()).isEqualTo(3);
        assertThat(loaded.path("rejected")
                        .path(0)
                        .path("errors")
                        .path(0)
                        .path("field")
                        .asString())
                .isEqualTo("birth_date");
        patient = loaded.path("patients").path(0).path("patientId").asString();

        JsonNode again = clinic.frontDesk.postCsv("/api/referrals/import", REFERRAL);
        assertThat(again.path("loaded").asInt()).isZero();
        assertThat(again.path("alreadyThere").asInt()).isEqualTo(1);
    }

    private void nothingHappensBeforeScreeningAndClearance() {
        Answer early = put(clinic.nurse, "/consents/iv", consent());
        assertThat(early.status()).as("%s", early).isBetween(400, 499);
        assertThat(early.rule()).isNotEmpty();
        Answer notHers = put(clinic.nurse, "/clearances/medical", cleared());
        assertThat(notHers.status()).isEqualTo(403);
        assertThat(clinic.nurse.tryGet("/api/patients/" + UUID.randomUUID()).status())
                .isEqualTo(404);
    }

    private void screeningFindsNothingAgainstTreatment() {
        Map<String, Object> history = Map.of(
                "conditions",
                List.of(),
                "drugs",
                List.of(),
                "failedTreatments",
                3,
                "systolic",
                122,
                "diastolic",
                78,
                "weightKg",
                70,
                "pregnancy",
                "no");
        var suicidal = new HashMap<String, Object>();
        suicidal.put("phq9", List.of(3, 3, 2, 3, 2, 3, 2, 2, 1));
        suicidal.put("cssrs", null);
        suicidal.put("history", history);
        refused(put(clinic.nurse, "/screening", suicidal), "c-ssrs-needed");

        var answers = new HashMap<String, Object>(suicidal);
        answers.put("phq9", List.of(3, 3, 2, 3, 2, 3, 2, 2, 0));
        Answer screened = put(clinic.nurse, "/screening", answers);
        assertThat(screened.body().path("status").asString()).as("%s", screened).isEqualTo("screened");
        assertThat(screened.body().path("scores").path(0).path("score").asInt()).isEqualTo(20);
    }

    private void twoProfessionalsClear() {
        refused(put(clinic.prescriber, "/clearances/medical", cleared()), "evaluation-needed");
        evaluated(
                clinic.prescriber,
                "medical",
                Map.ofEntries(
                        Map.entry("reviewOfSystems", "unremarkable"),
                        Map.entry("physicalExam", "unremarkable"),
                        Map.entry("systolic", 122),
                        Map.entry("diastolic", 78),
                        Map.entry("heartRate", 70),
                        Map.entry("spo2", 98),
                        Map.entry("asaClass", 2),
                        Map.entry("airway", "Mallampati I"),
                        Map.entry("cardiac", "regular rhythm"),
                        Map.entry("labs", "normal"),
                        Map.entry("recommendation", "treat")));
        refused(put(clinic.prescriber, "/clearances/medical", cleared()), "workup-missing");
        for (String kind : List.of("pdmp-query", "urine-drug-screen")) {
            clinic.nurse.post(
                    "/api/patients/" + patient + "/workup/" + kind,
                    Map.of("takenAt", clinic.now().toString(), "result", "expected"));
        }
        evaluated(
                clinic.therapist,
                "mental-health",
                Map.of(
                        "diagnosisCodes",
                        List.of("F33.2"),
                        "history",
                        "third episode",
                        "mentalStatus",
                        Map.of(
                                "appearanceAndBehaviour", "calm",
                                "speech", "quiet",
                                "moodAndAffect", "low",
                                "thought", "orderly",
                                "perception", "unimpaired",
                                "cognition", "oriented",
                                "insightAndJudgement", "good"),
                        "risk",
                        "no intent, no plan",
                        "treatmentResistance",
                        "two drugs, eight weeks each",
                        "recommendation",
                        "treat"));
        assertThat(put(clinic.prescriber, "/clearances/medical", cleared()).ok())
                .isTrue();
        assertThat(patientStatus()).isEqualTo("screened");
        Answer second = put(clinic.therapist, "/clearances/mental-health", cleared());
        assertThat(second.ok()).as("%s", second).isTrue();
        assertThat(patientStatus()).isEqualTo("cleared");
    }

    private void consentAndPlanAreSigned() {
        Answer noConsent = put(clinic.prescriber, "/plan", plan());
        assertThat(noConsent.status()).as("a plan needs consent: %s", noConsent).isBetween(400, 499);
        Answer consent = put(clinic.nurse, "/consents/iv", consent());
        assertThat(consent.ok()).as("%s", consent).isTrue();
        Answer plan = put(clinic.prescriber, "/plan", plan());
        assertThat(plan.ok()).as("%s", plan).isTrue();
    }

    private void noCourseWithoutMoney() {
        JsonNode verdict = eventually(
                        () -> clinic.frontDesk.tryGet("/api/readiness/" + patient),
                        a -> a.ok() && bookingBlockers(a.body()).equals(List.of("payment-open")))
                .body();
        assertThat(verdict.path("canBook").asBoolean()).isFalse();
        Answer booked = clinic.frontDesk.tryPost("/api/courses/suggestions", Map.of("patientId", patient), null);
        assertThat(booked.status()).as("%s", booked).isBetween(400, 499);
    }

    private void theInsurersProgramIsRegistered() {
        guide.play("Registration", "Token", "Metadata");
    }

    private void theInsurerGrantsTheAuthorization() {
        String coverage = eventually(
                        () -> clinic.biller.get("/api/coverages?patientId=" + patient),
                        c -> !c.path("items").isEmpty())
                .path("items")
                .path(0)
                .path("id")
                .asString();
        var benefits = Map.of(
                "active",
                true,
                "deductible",
                usd(50_000),
                "coinsurancePercent",
                20,
                "copay",
                usd(4_000),
                "authorizationRequired",
                true,
                "checkedOn",
                today().toString());
        refused(clinic.biller.tryPut("/api/coverages/" + coverage + "/benefits", benefits, null), "if-match-required");
        clinic.biller.change("PUT", "/api/coverages/" + coverage, "/api/coverages/" + coverage + "/benefits", benefits);
        clinic.biller.post(
                "/api/authorizations",
                Map.of("patientId", patient, "coverageId", coverage, "units", 6, "diagnosisCode", "F33.2"));
        guide.knowing("today", today().toString())
                .knowing("in 120 days", today().plusDays(120).toString())
                .play("Answering a request for prior authorization");
    }

    private void sixSessionsAreBookedOrNone() {
        eventually(() -> clinic.frontDesk.get("/api/readiness/" + patient), v -> v.path("canBook")
                .asBoolean());
        JsonNode suggestion = clinic.frontDesk.post(
                "/api/courses/suggestions",
                Map.of("patientId", patient, "from", today().plusDays(4).toString()));
        List<Map<String, String>> places = suggestion
                .path("sessions")
                .valueStream()
                .map(s -> Map.of(
                        "startsAt", s.path("startsAt").asString(),
                        "chairId", s.path("chairId").asString(),
                        "nurseId", s.path("nurseId").asString()))
                .toList();
        assertThat(places).hasSize(6);
        Answer five = clinic.frontDesk.tryPost(
                "/api/courses", Map.of("patientId", patient, "sessions", places.subList(0, 5)), null);
        assertThat(five.status()).as("%s", five).isBetween(400, 499);
        assertThat(clinic.frontDesk.get("/api/sessions?patientId=" + patient).path("items"))
                .isEmpty();

        var body = Map.of("patientId", patient, "sessions", places);
        JsonNode course = clinic.frontDesk.create("/api/courses", body, "journey-course");
        JsonNode same = clinic.frontDesk.create("/api/courses", body, "journey-course");
        assertThat(same.path("id")).isEqualTo(course.path("id"));
        clinic.frontDesk
                .get("/api/sessions?courseId=" + course.path("id").asString())
                .path("items")
                .valueStream()
                .sorted(java.util.Comparator.comparing(s -> s.path("number").asInt()))
                .forEach(sessions::add);
        assertThat(sessions).hasSize(6);
    }

    private void theFirstSessionMeetsEveryGate() {
        JsonNode session = sessions.getFirst();
        Instant starts = startOf(session);
        clinic.clockStrikes(starts.minus(Duration.ofMinutes(10)));
        mails("Your appointment");
        assertThat(act(clinic.nurse, session, "start", Map.of()).status())
                .as("not before check-in")
                .isBetween(400, 499);
        done(act(clinic.frontDesk, session, "check-in", Map.of()));

        vitals(session, 164, 102);
        Answer held = done(act(clinic.nurse, session, "gate", fasting()));
        assertThat(held.body().path("state").asString()).isEqualTo("held");
        assertThat(held.body().toString()).contains("escort");

        assertThat(held.body().toString()).contains("house-check-missing");
        clinic.checkHouse();
        done(act(clinic.frontDesk, session, "escort", escort()));
        clinic.clockStrikes(starts.plus(Duration.ofMinutes(5)));
        vitals(session, 128, 80);
        assertThat(done(act(clinic.nurse, session, "gate", fasting()))
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("ready-to-dose");
        Answer tooMuch = act(clinic.prescriber, session, "order", Map.of("doseMgPerKg", 1.5, "weightKg", 70));
        assertThat(tooMuch.status()).as("above the cap: %s", tooMuch).isBetween(400, 499);
        done(act(clinic.prescriber, session, "order", Map.of("doseMgPerKg", 0.5, "weightKg", 70)));
        done(act(clinic.nurse, session, "draw", drawn()));
        done(act(clinic.nurse, session, "pump", Map.of("volumeMl", 3.5, "rateMlPerH", 5.2)));
        Answer alone = act(clinic.nurse, session, "start", Map.of());
        assertThat(alone.status())
                .as("no dose without a second check: %s", alone)
                .isBetween(400, 499);
        refused(act(clinic.nurse, session, "second-check", Map.of()), "second-person");
        done(act(clinic.secondNurse, session, "second-check", Map.of()));
        done(act(clinic.nurse, session, "start", Map.of()));

        clinic.clockStrikes(starts.plus(Duration.ofMinutes(45)));
        vitals(session, 136, 84);
        done(act(clinic.nurse, session, "finish", Map.of()));
        Answer tooEarly = act(clinic.nurse, session, "discharge", discharge());
        assertThat(tooEarly.status()).as("%s", tooEarly).isBetween(400, 499);
        clinic.clockStrikes(starts.plus(Duration.ofMinutes(107)));
        vitals(session, 128, 80);
        done(act(clinic.nurse, session, "discharge", discharge()));
        Answer unsigned = clinic.biller.tryPost("/api/claims", Map.of("sessionId", id(session)), null);
        assertThat(unsigned.status())
                .as("no charge before the note is signed: %s", unsigned)
                .isBetween(400, 499);
        done(act(clinic.prescriber, session, "sign-note", Map.of()));
    }

    private void theOtherFiveGoWell() {
        for (JsonNode session : sessions.subList(1, sessions.size())) {
            Instant starts = startOf(session);
            done(act(clinic.frontDesk, session, "escort", escort()));
            clinic.clockStrikes(starts.minus(Duration.ofMinutes(10)));
            done(act(clinic.frontDesk, session, "check-in", Map.of()));
            clinic.clockStrikes(starts);
            clinic.checkHouse();
            vitals(session, 124, 78);
            done(act(clinic.nurse, session, "gate", fasting()));
            done(act(clinic.prescriber, session, "order", Map.of("doseMgPerKg", 0.5, "weightKg", 70)));
            done(act(clinic.nurse, session, "draw", drawn()));
            done(act(clinic.nurse, session, "pump", Map.of("volumeMl", 3.5, "rateMlPerH", 5.2)));
            done(act(clinic.secondNurse, session, "second-check", Map.of()));
            done(act(clinic.nurse, session, "start", Map.of()));
            clinic.clockStrikes(starts.plus(Duration.ofMinutes(40)));
            vitals(session, 126, 80);
            done(act(clinic.nurse, session, "finish", Map.of()));
            clinic.clockStrikes(starts.plus(Duration.ofMinutes(102)));
            vitals(session, 124, 78);
            done(act(clinic.nurse, session, "discharge", discharge()));
            done(act(clinic.prescriber, session, "sign-note", Map.of()));
        }
    }

    private void claimsAreAnsweredAndThePatientPaysTheRest() {
        List<JsonNode> claims = new ArrayList<>();
        for (JsonNode session : sessions) {
            claims.add(eventually(
                            () -> clinic.biller.tryPost("/api/claims", Map.of("sessionId", id(session)), null),
                            Answer::ok)
                    .body());
        }
        theInsurerAnswersTwoClaims(claims);
        for (JsonNode claim : claims.subList(2, claims.size())) {
            String its = "/api/claims/" + id(claim);
            long charged = claim.path("charged").path("cents").asLong();
            Answer unbalanced = clinic.biller.tryPut(
                    its + "/answer", paid(id(claim), charged, 1, today()), version(clinic.biller, its));
            refused(unbalanced, "remittance-balances");
            clinic.biller.change("PUT", its, its + "/answer", paid(id(claim), charged, 0, today()));
        }
        JsonNode owed = eventually(
                () -> clinic.biller.get("/api/balances/" + patient),
                b -> b.path("openClaims").asInt() == 0);
        assertThat(owed.path("balance").path("cents").asLong()).isEqualTo(5 * 4_000);
        var payment = Map.of("patientId", patient, "amount", usd(5 * 4_000), "method", "card");
        clinic.frontDesk.create("/api/payments", payment, "journey-payment");
        clinic.frontDesk.create("/api/payments", payment, "journey-payment");
        assertThat(clinic.biller
                        .get("/api/balances/" + patient)
                        .path("balance")
                        .path("cents")
                        .asLong())
                .as("paying twice with one key is paying once")
                .isZero();
    }

    /** The first is paid and the second denied, through the FHIR door; a biller types the others, from paper. */
    private void theInsurerAnswersTwoClaims(List<JsonNode> claims) {
        guide.forgetting("assertion", "access token")
                .knowing("today", today().toString())
                .play("Token", "Finding claims", "Reading", "Answering a claim", "Errors");
        String denied = "/api/claims/" + id(claims.get(1));
        assertThat(clinic.biller.get(denied).path("status").asString()).isEqualTo("denied");
        clinic.biller.change("POST", denied, denied + "/write-off", Map.of("reason", "An appeal would be hopeless"));
    }

    private void theJourneyTellsItAll() {
        JsonNode journey = eventually(
                () -> clinic.frontDesk.get("/api/journeys/" + patient),
                j -> j.path("endState").asString("").equals("course-complete-zero-balance"));
        assertThat(journey.path("scheduling").path("sessionsDone").asInt()).isEqualTo(6);
        assertThat(journey.toString()).doesNotContain("Rivera").doesNotContain("lucia@example.com");
    }

    private void aRebuiltJourneyTellsTheSame() {
        clinic.settled();
        JsonNode before = clinic.frontDesk.get("/api/journeys/" + patient);
        clinic.admin.post("/api/journeys/rebuild", Map.of());
        eventually(
                () -> clinic.frontDesk.tryGet("/api/journeys/" + patient),
                a -> a.ok() && a.body().equals(before));
    }

    private static List<String> bookingBlockers(JsonNode verdict) {
        return verdict.path("blockers")
                .valueStream()
                .filter(b -> b.path("blocks").valueStream().anyMatch(what -> what.asString()
                        .equals("booking")))
                .map(b -> b.path("rule").asString())
                .toList();
    }

    private void mails(String expectedSubjectPart) {
        eventually(() -> clinic.admin.get("/api/inbox?to=lucia@example.com"), inbox -> !inbox.path("items")
                .isEmpty());
        JsonNode inbox = clinic.admin.get("/api/inbox?to=lucia@example.com");
        assertThat(inbox.path("items")
                        .valueStream()
                        .map(m -> m.path("subject").asString().toLowerCase()))
                .noneMatch(s -> s.contains("ketamine") || s.contains("depression"));
    }

    private void evaluated(FrontDoor who, String kind, Map<String, ?> exam) {
        String path = "/api/patients/" + patient + "/evaluations/" + kind;
        who.put(path, exam);
        who.change("POST", path, path + "/sign", Map.of());
    }

    private Answer put(FrontDoor who, String below, Object body) {
        String path = "/api/patients/" + patient;
        return who.tryPut(path + below, body, version(who, path));
    }

    private static String version(FrontDoor who, String path) {
        return who.tryGet(path).etag();
    }

    private Answer act(FrontDoor who, JsonNode session, String action, Map<String, ?> body) {
        String path = "/api/sessions/" + id(session);
        return who.tryPost(path + "/" + action, body, version(who, path));
    }

    private static Answer done(Answer answer) {
        assertThat(answer.ok()).as("%s", answer).isTrue();
        return answer;
    }

    private void vitals(JsonNode session, int systolic, int diastolic) {
        clinic.nurse.post(
                "/api/sessions/" + id(session) + "/vitals",
                Map.of(
                        "takenAt",
                        clinic.now().toString(),
                        "systolic",
                        systolic,
                        "diastolic",
                        diastolic,
                        "spo2",
                        98,
                        "heartRate",
                        72,
                        "respiratoryRate",
                        14,
                        "moaas",
                        5));
    }

    private String patientStatus() {
        return clinic.nurse.get("/api/patients/" + patient).path("status").asString();
    }

    private LocalDate today() {
        return clinic.now().atZone(CLINIC_ZONE).toLocalDate();
    }

    private static String id(JsonNode node) {
        return node.path("id").asString();
    }

    private static Instant startOf(JsonNode session) {
        return Instant.parse(session.path("startsAt").asString());
    }

    private static Map<String, Object> cleared() {
        return Map.of("decision", "cleared", "reason", "evaluation complete", "reviewed", List.of());
    }

    private static Map<String, Object> consent() {
        return Map.of("drug", "ketamine", "textVersion", "2026-12", "signature", "Lucia Rivera");
    }

    private static Map<String, Object> plan() {
        return Map.of(
                "diagnosisCode",
                "F33.2",
                "drug",
                "ketamine",
                "route",
                "iv",
                "doseLowMgPerKg",
                0.5,
                "doseHighMgPerKg",
                1.0,
                "sessions",
                6,
                "minGapDays",
                1,
                "courseMinDays",
                14,
                "courseMaxDays",
                21);
    }

    private static Map<String, Object> escort() {
        return Map.of("name", "Alex Companion", "phone", "+12125550199", "relation", "spouse");
    }

    private static Map<String, Object> fasting() {
        return Map.of(
                "fastingSolidsHours", 8, "fastingLiquidsHours", 3, "pregnancyTest", "negative", "drugsChanged", false);
    }

    private static Map<String, Object> drawn() {
        return Map.of("ndc", "42023-0113-10", "vialMgPerMl", 10, "volumeMl", 3.5, "lot", "KET26A");
    }

    private static Map<String, Object> discharge() {
        return Map.of(
                "aldrete",
                Map.of("activity", 2, "breathing", 2, "circulation", 2, "consciousness", 2, "spo2", 2),
                "moaas",
                5,
                "dissociationOver",
                true,
                "walksSteadily",
                true,
                "ivOut",
                true,
                "instructionsGiven",
                true,
                "cssrsHigh",
                false,
                "escortPresent",
                true,
                "escortIdSeenBy",
                "nora");
    }

    private static Map<String, Object> paid(String claim, long charged, long off, LocalDate decidedOn) {
        long contractual = charged / 5;
        return Map.of(
                "outcome", "paid",
                "paid", usd(charged - contractual - 4_000 + off),
                "adjustments",
                        List.of(
                                Map.of("group", "CO", "reason", "45", "amount", usd(contractual)),
                                Map.of("group", "PR", "reason", "3", "amount", usd(4_000))),
                "payerClaimNumber", "PCN-" + claim,
                "decidedOn", decidedOn.toString());
    }

    private static Map<String, Object> usd(long cents) {
        return Map.of("cents", cents, "currency", "USD");
    }
}
