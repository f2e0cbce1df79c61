package clinicops.cli.demo;

import clinicops.cli.CommandFailed;
import clinicops.cli.FrontDoor;
import clinicops.cli.FrontDoor.Answer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** One patient's way from the import to the booked course, step by step, by the people whose step it is. */
final class Journey {
    private static final String ROUTE = "iv";
    private static final String DRUG = "ketamine";
    private static final int SESSIONS = 6;
    /** The default of {@code clinicops.clinic.zone}: the clinic's day decides what is in the future. */
    static final ZoneId CLINIC_ZONE = ZoneId.of("America/New_York");
    /** Reminders begin three days ahead, so that no course starts earlier. */
    private static final int DAYS_UNTIL_FIRST_SESSION = 4;

    private static final Map<String, Object> MENTAL_HEALTH_EXAM = Map.of(
            "diagnosisCodes",
            List.of("F33.2"),
            "history",
            "Recurrent depression, present episode since last autumn",
            "mentalStatus",
            Map.of(
                    "appearanceAndBehaviour", "Tidy, calm, eye contact kept",
                    "speech", "Quiet, slowed",
                    "moodAndAffect", "Low, reactive",
                    "thought", "Orderly, hopeless at times",
                    "perception", "Unimpaired",
                    "cognition", "Oriented, attentive",
                    "insightAndJudgement", "Good"),
            "risk",
            "No intent, no plan; family close by",
            "treatmentResistance",
            "Two antidepressants at full dose for eight weeks each, without response",
            "recommendation",
            "treat");

    private static final Map<String, Object> MEDICAL_EXAM = Map.ofEntries(
            Map.entry("reviewOfSystems", "Unremarkable but for tiredness"),
            Map.entry("physicalExam", "Unremarkable"),
            Map.entry("systolic", 124),
            Map.entry("diastolic", 78),
            Map.entry("heartRate", 70),
            Map.entry("spo2", 98),
            Map.entry("asaClass", 2),
            Map.entry("airway", "Mallampati I, mouth opens wide"),
            Map.entry("cardiac", "Regular rhythm, no murmur"),
            Map.entry("labs", "Blood count, electrolytes and liver values within limits"),
            Map.entry("recommendation", "treat"));

    private final Staff staff;
    private final Insurers insurers;
    private final Tally tally;
    private final DemoClock clock;
    private final WaitingList.Person person;
    private final String id;
    private String status = "referred";

    Journey(Staff staff, Insurers insurers, Tally tally, DemoClock clock, WaitingList.Person person, String patientId) {
        this.staff = staff;
        this.insurers = insurers;
        this.tally = tally;
        this.clock = clock;
        this.person = person;
        this.id = patientId;
    }

    WaitingList.Person person() {
        return person;
    }

    String patientId() {
        return id;
    }

    /** Status after screening: cleared candidates are {@code screened}. */
    String status() {
        return status;
    }

    void screen() {
        JsonNode result = staff.nurse()
                .change(
                        "PUT",
                        patient(),
                        patient() + "/screening",
                        person.script().path("screening"));
        status = result.path("status").asString();
        String expected =
                switch (person.expected()) {
                    case "cleared" -> "screened";
                    case "high-risk" -> "awaiting-safety-review";
                    default -> person.expected();
                };
        if (!status.equals(expected)) {
            throw new CommandFailed(person.referral() + " was screened as " + status + ", expected " + expected);
        }
    }

    /** The nurse on call takes the alert; the patient waits for the safety review. */
    void acknowledgeAlert() {
        JsonNode alert = Awaiting.until("the safety alert of " + person.referral(), () -> {
            JsonNode open = staff.nurse().get("/api/safety-alerts?open=true&limit=200");
            return open.path("items")
                    .valueStream()
                    .filter(a -> a.path("patientId").asString().equals(id))
                    .findFirst();
        });
        Answer answer = staff.nurse()
                .tryPost(
                        "/api/safety-alerts/" + alert.path("id").asString() + "/acknowledgement",
                        Map.of(),
                        "\"" + alert.path("version").asString("0") + "\"");
        if (!answer.ok()) {
            throw new CommandFailed("acknowledging was refused: " + answer.body());
        }
    }

    /** Both licensed professionals decide. Findings that need review get a prescriber's reason. */
    void decideClearances() {
        if (person.declinedAtReview()) {
            staff.prescriber()
                    .change(
                            "PUT",
                            patient(),
                            patient() + "/clearances/medical",
                            Map.of(
                                    "decision",
                                    "declined",
                                    "reason",
                                    "Risk outweighs benefit at present",
                                    "reviewed",
                                    List.of()));
            status = "declined";
            return;
        }
        workUp();
        evaluate();
        JsonNode patient = staff.prescriber().get(patient());
        List<Map<String, String>> reviewed = new ArrayList<>();
        for (JsonNode finding : findings(patient)) {
            if (finding.path("outcome").asString().equals("needs-review")) {
                reviewed.add(Map.of(
                        "finding",
                        finding.path("rule").asString(),
                        "reason",
                        "Reviewed with the patient and their chart; benefit outweighs risk"));
            }
        }
        staff.prescriber()
                .change(
                        "PUT",
                        patient(),
                        patient() + "/clearances/medical",
                        Map.of("decision", "cleared", "reason", "Medical evaluation complete", "reviewed", reviewed));
        staff.therapist()
                .change(
                        "PUT",
                        patient(),
                        patient() + "/clearances/mental-health",
                        Map.of(
                                "decision",
                                "cleared",
                                "reason",
                                "Mental-health evaluation complete",
                                "reviewed",
                                List.of()));
        status = "cleared";
    }

    /** What every medical clearance takes besides the screening. */
    private void workUp() {
        for (String kind : List.of("pdmp-query", "urine-drug-screen")) {
            staff.nurse()
                    .post(
                            patient() + "/workup/" + kind,
                            Map.of("takenAt", clock.now().toString(), "result", "expected"));
        }
    }

    /** Each professional writes what they found, and signs. */
    private void evaluate() {
        evaluate(staff.therapist(), "mental-health", MENTAL_HEALTH_EXAM);
        evaluate(staff.prescriber(), "medical", MEDICAL_EXAM);
    }

    private void evaluate(FrontDoor who, String kind, Map<String, Object> exam) {
        String path = patient() + "/evaluations/" + kind;
        if (!who.tryGet(path).ok()) {
            who.put(path, exam);
        }
        who.change("POST", path, path + "/sign", Map.of());
    }

    private static Iterable<JsonNode> findings(JsonNode patient) {
        JsonNode findings = patient.path("findings");
        return findings.isMissingNode() ? patient.path("screening").path("findings") : findings;
    }

    void consentAndPlan() {
        String text = staff.nurse()
                .get("/api/consent-texts/%s/%s/en".formatted(DRUG, ROUTE))
                .path("version")
                .asString();
        staff.nurse()
                .change(
                        "PUT",
                        patient(),
                        patient() + "/consents/" + ROUTE,
                        Map.of("drug", DRUG, "textVersion", text, "signature", person.name()));
        Map<String, Object> plan = new HashMap<>();
        plan.put("diagnosisCode", "F33.2");
        plan.put("drug", DRUG);
        plan.put("route", ROUTE);
        plan.put("doseLowMgPerKg", 0.5);
        plan.put("doseHighMgPerKg", 1.0);
        plan.put("sessions", SESSIONS);
        plan.put("minGapDays", 1);
        plan.put("courseMinDays", 14);
        plan.put("courseMaxDays", 21);
        staff.prescriber().change("PUT", patient(), patient() + "/plan", plan);
    }

    /** Benefits and authorization for the insured; estimate and self-pay for the others and where the payer refuses. */
    void arrangeMoney() {
        boolean covered = person.insured() && arrangeCoverage();
        if (!covered) {
            JsonNode estimate = Awaiting.until("billing to know " + person.referral(), () -> {
                Answer answer =
                        staff.biller().tryPost("/api/estimates", Map.of("patientId", id, "sessions", SESSIONS), null);
                return answer.ok() ? Optional.of(answer.body()) : retry(answer);
            });
            String path = "/api/estimates/" + estimate.path("id").asString();
            staff.frontDesk().change("POST", path, path + "/agreement", Map.of("signature", person.name()));
        }
    }

    private boolean arrangeCoverage() {
        JsonNode coverage = Awaiting.until("the coverage of " + person.referral(), () -> {
            JsonNode found = staff.biller().get("/api/coverages?patientId=" + id);
            return StreamSupport.stream(found.path("items").spliterator(), false)
                    .findFirst();
        });
        String coverageId = coverage.path("id").asString();
        boolean needsAuthorization = person.payerCode().equals("ACME");
        Map<String, Object> benefits = new HashMap<>();
        benefits.put("active", true);
        benefits.put("deductible", usd(50_000));
        benefits.put("coinsurancePercent", 20);
        benefits.put("copay", usd(4_000));
        benefits.put("authorizationRequired", needsAuthorization);
        benefits.put("checkedOn", today().toString());
        String path = "/api/coverages/" + coverageId;
        staff.biller().change("PUT", path, path + "/benefits", benefits);
        if (!needsAuthorization) {
            return true;
        }
        JsonNode authorization = staff.biller()
                .post(
                        "/api/authorizations",
                        Map.of("patientId", id, "coverageId", coverageId, "units", SESSIONS, "diagnosisCode", "F33.2"));
        String authorizationId = authorization.path("id").asString();
        if (person.authorizationDenied()) {
            insurers.refuse(person, authorizationId, today());
        } else {
            insurers.grant(person, authorizationId, today());
        }
        tally.authorizationsAnsweredByFhir++;
        return !person.authorizationDenied();
    }

    /** Six sessions or none; the escort is named with the booking. Answers the sessions, first first. */
    List<JsonNode> book() {
        Awaiting.until("readiness to book of " + person.referral(), () -> {
            Answer answer = staff.frontDesk().tryGet("/api/readiness/" + id);
            return answer.body().path("canBook").asBoolean(false) ? Optional.of(true) : retry(answer);
        });
        String from = today().plusDays(DAYS_UNTIL_FIRST_SESSION).toString();
        JsonNode suggestion = staff.frontDesk().post("/api/courses/suggestions", Map.of("patientId", id, "from", from));
        List<Map<String, String>> places = suggestion
                .path("sessions")
                .valueStream()
                .map(s -> Map.of(
                        "startsAt", s.path("startsAt").asString(),
                        "chairId", s.path("chairId").asString(),
                        "nurseId", s.path("nurseId").asString()))
                .toList();
        JsonNode course = staff.frontDesk()
                .create("/api/courses", Map.of("patientId", id, "sessions", places), "demo-course-" + id);
        List<JsonNode> sessions = staff.frontDesk()
                .get("/api/sessions?courseId=" + course.path("id").asString() + "&limit=50")
                .path("items")
                .valueStream()
                .sorted(java.util.Comparator.comparing(s -> s.path("number").asInt()))
                .toList();
        for (JsonNode session : sessions) {
            String path = "/api/sessions/" + session.path("id").asString();
            staff.frontDesk()
                    .change(
                            "POST",
                            path,
                            path + "/escort",
                            Map.of("name", "Alex Companion", "phone", "+12125550199", "relation", "spouse"));
        }
        return sessions;
    }

    private LocalDate today() {
        Instant now = clock.now();
        return now.atZone(CLINIC_ZONE).toLocalDate();
    }

    static Map<String, Object> usd(long cents) {
        return Map.of("cents", cents, "currency", "USD");
    }

    /** Not there yet counts as waiting; anything else that is refused is a failure to show at once. */
    private static <T> Optional<T> retry(Answer answer) {
        if (answer.status() == 400 || answer.status() == 401 || answer.status() == 403) {
            throw new CommandFailed("refused with " + answer.status() + ": " + answer.body());
        }
        return Optional.empty();
    }

    private String patient() {
        return "/api/patients/" + id;
    }
}
