package clinicops.intake;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** The people of a clinic, each at the service's door, and what they usually send. */
final class Clinic {
    static final String HEADER =
            "system,id,given_name,family_name,birth_date,sex,email,phone,zone,language,email_ok,sms_ok,indication,urgency,referred_on,payer_code,plan,member_id";
    private static final AtomicInteger REFERRALS = new AtomicInteger();

    private final ApplicationContext context;

    Clinic(ApplicationContext context) {
        this.context = context;
    }

    ServiceDoor frontDesk() {
        return ServiceDoor.of(context).as("fred", Role.FRONT_DESK);
    }

    ServiceDoor nurse() {
        return ServiceDoor.of(context).as("nora", Role.NURSE);
    }

    ServiceDoor prescriber() {
        return ServiceDoor.of(context).as("pia", Role.PRESCRIBER);
    }

    ServiceDoor therapist() {
        return ServiceDoor.of(context).as("theo", Role.THERAPIST);
    }

    ServiceDoor admin() {
        return ServiceDoor.of(context).as("adam", Role.ADMIN);
    }

    ServiceDoor biller() {
        return ServiceDoor.of(context).as("bill", Role.BILLER);
    }

    static String nextKey() {
        return "T-" + REFERRALS.incrementAndGet();
    }

    /** A sound, insured referral; {@code changes} are pairs of column and value. */
    static String row(String id, String... changes) {
        var fields = new LinkedHashMap<String, String>();
        String[] values = {
            "gp",
            id,
            "Ana",
            "Núñez",
            "1985-06-01",
            "female",
            "ana@example.org",
            "(212) 555-0123",
            "America/New_York",
            "es",
            "yes",
            "yes",
            "depression",
            "routine",
            "2026-02-27",
            "ACME",
            "Gold",
            "M-77"
        };
        String[] columns = HEADER.split(",");
        for (int i = 0; i < columns.length; i++) {
            fields.put(columns[i], values[i]);
        }
        for (int i = 0; i < changes.length; i += 2) {
            fields.put(changes[i], changes[i + 1]);
        }
        return String.join(",", fields.values());
    }

    Answer importCsv(String csv) {
        return frontDesk().postText("/api/referrals/import", "text/csv", csv);
    }

    /** Refers one patient and returns their id. */
    String refer(String... changes) {
        return importCsv(HEADER + "\n" + row(nextKey(), changes) + "\n")
                .expect(200)
                .body()
                .path("patients")
                .path(0)
                .path("patientId")
                .asString();
    }

    long version(String patientId) {
        return prescriber().get("/api/patients/" + patientId).expect(200).version();
    }

    /** Answers without any finding. */
    static Map<String, Object> screening() {
        return screening(Collections.nCopies(9, 1).subList(0, 8), 0, null);
    }

    static Map<String, Object> screening(List<Integer> firstEight, int last, @Nullable Map<String, Object> cssrs) {
        var phq9 = new ArrayList<>(firstEight);
        phq9.add(last);
        var screening = new LinkedHashMap<String, Object>();
        screening.put("phq9", phq9);
        screening.put("cssrs", cssrs);
        screening.put("history", history());
        return screening;
    }

    static Map<String, Object> history() {
        var history = new LinkedHashMap<String, Object>();
        history.put("conditions", List.of());
        history.put("drugs", List.of("sertraline"));
        history.put("failedTreatments", 3);
        history.put("systolic", 121);
        history.put("diastolic", 79);
        history.put("weightKg", 63.5);
        history.put("pregnancy", "no");
        return history;
    }

    /** The screening with one answer of the history changed. */
    static Map<String, Object> screeningWith(String field, Object value) {
        var screening = screening();
        var history = history();
        history.put(field, value);
        screening.put("history", history);
        return screening;
    }

    static Map<String, Object> highRisk() {
        return screening(
                Collections.nCopies(8, 2),
                2,
                Map.of("q1", true, "q2", true, "q3", true, "q4", true, "q5", false, "q6", "no"));
    }

    /** Every step filled, gone through with the patient, and signed. */
    static Map<String, Object> safetyPlan() {
        var plan = new LinkedHashMap<String, Object>();
        plan.put("warningSigns", List.of("I stop answering the phone"));
        plan.put("copingStrategies", List.of("A walk around the block"));
        plan.put("peopleAndPlaces", List.of("The library"));
        plan.put("peopleToAsk", List.of(Map.of("name", "My sister", "phone", "(212) 555-0188")));
        plan.put("professionals", List.of(Map.of("name", "988 Lifeline", "phone", "988")));
        plan.put("meansSafety", List.of("My sister keeps my tablets"));
        plan.put("reviewedWithPatient", true);
        plan.put("copyGiven", true);
        plan.put("patientSignature", "Ana Núñez");
        return plan;
    }

    Answer screen(String patientId, Object screening) {
        return nurse().put("/api/patients/" + patientId + "/screening", screening);
    }

    static Map<String, Object> cleared() {
        return Map.of("decision", "cleared");
    }

    static Map<String, Object> consent() {
        return Map.of("drug", "ketamine", "textVersion", "2026-12", "signature", "Ana Núñez");
    }

    static Map<String, Object> plan() {
        var plan = new LinkedHashMap<String, Object>();
        plan.put("diagnosisCode", "F33.2");
        plan.put("drug", "ketamine");
        plan.put("route", "iv");
        plan.put("doseLowMgPerKg", 0.5);
        plan.put("doseHighMgPerKg", 1.0);
        plan.put("sessions", 6);
        plan.put("minGapDays", 1);
        plan.put("courseMinDays", 14);
        plan.put("courseMaxDays", 21);
        return plan;
    }

    /** A mental-health evaluation with nothing left open. */
    static Map<String, Object> mentalHealthExam() {
        return Map.of(
                "diagnosisCodes",
                List.of("F33.2"),
                "history",
                "Third episode, since last autumn",
                "mentalStatus",
                Map.of(
                        "appearanceAndBehaviour", "tidy, calm",
                        "speech", "quiet",
                        "moodAndAffect", "low, reactive",
                        "thought", "orderly",
                        "perception", "unimpaired",
                        "cognition", "oriented",
                        "insightAndJudgement", "good"),
                "risk",
                "no intent, no plan",
                "treatmentResistance",
                "sertraline and venlafaxine, eight weeks each",
                "recommendation",
                "treat");
    }

    /** A medical evaluation with nothing left open. */
    static Map<String, Object> medicalExam() {
        var exam = new LinkedHashMap<String, Object>();
        exam.put("reviewOfSystems", "unremarkable");
        exam.put("physicalExam", "unremarkable");
        exam.put("systolic", 121);
        exam.put("diastolic", 79);
        exam.put("heartRate", 68);
        exam.put("spo2", 98);
        exam.put("asaClass", 2);
        exam.put("airway", "Mallampati I");
        exam.put("cardiac", "regular rhythm, no murmur");
        exam.put("labs", "blood count and liver values normal");
        exam.put("recommendation", "treat");
        return exam;
    }

    /** Writes and signs the evaluation of that kind. */
    void evaluate(String kind, String patientId) {
        var who = kind.equals("medical") ? prescriber() : therapist();
        String path = "/api/patients/" + patientId + "/evaluations/" + kind;
        var draft = who.put(path, kind.equals("medical") ? medicalExam() : mentalHealthExam())
                .expect(200);
        who.ifMatch(draft.version()).post(path + "/sign").expect(200);
    }

    /** Records what every medical clearance takes. */
    void workUp(String patientId) {
        result(patientId, "pdmp-query", Map.of("result", "expected")).expect(201);
        result(patientId, "urine-drug-screen", Map.of("result", "expected")).expect(201);
    }

    /** A result of the work-up of this moment. */
    Answer result(String patientId, String kind, Map<String, ?> values) {
        var body = new LinkedHashMap<String, Object>(values);
        body.putIfAbsent(
                "takenAt", context.getBean(BusinessClock.class).instant().toString());
        return nurse().post("/api/patients/" + patientId + "/workup/" + kind, body);
    }

    /** All that the two clearances rest on besides the screening. */
    void prepare(String patientId) {
        evaluate("mental-health", patientId);
        evaluate("medical", patientId);
        workUp(patientId);
    }

    Answer clear(ServiceDoor who, String kind, String patientId) {
        return who.ifMatch(version(patientId)).put("/api/patients/" + patientId + "/clearances/" + kind, cleared());
    }

    /** Refers, screens and clears a patient. */
    String clearedPatient() {
        String id = refer();
        screen(id, screening()).expect(200);
        prepare(id);
        clear(therapist(), "mental-health", id).expect(200);
        clear(prescriber(), "medical", id).expect(200);
        return id;
    }
}
