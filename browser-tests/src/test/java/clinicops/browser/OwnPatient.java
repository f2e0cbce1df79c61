package clinicops.browser;

import clinicops.cli.FrontDoor;
import clinicops.cli.FrontDoor.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** Patients that a test brings in by HTTP, so that no other test works with them. */
final class OwnPatient {
    private OwnPatient() {}

    /** With a plan of six infusions that they pay themselves: a course may be booked. */
    static String bookable(RunningClinic clinic, String familyName) {
        String id = clearedAndConsented(clinic, familyName);
        String path = "/api/patients/" + id;
        clinic.as("demo.prescriber")
                .change(
                        "PUT",
                        path,
                        path + "/plan",
                        Map.of(
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
                                21));
        FrontDoor biller = clinic.as("demo.biller");
        FrontDoor desk = clinic.as("demo.frontdesk");
        Answer estimate = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> biller.tryPost("/api/estimates", Map.of("patientId", id, "sessions", 6), null),
                        Answer::ok);
        String of = "/api/estimates/" + estimate.body().path("id").asString();
        desk.change("POST", of, of + "/agreement", Map.of("signature", "Willa " + familyName));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> desk.tryGet("/api/readiness/" + id)
                .body()
                .path("canBook")
                .asBoolean());
        return id;
    }

    /** With both clearances and a consent; nothing is planned yet. */
    static String clearedAndConsented(RunningClinic clinic, String familyName) {
        return clearedAndConsented(clinic, familyName, Map.of());
    }

    /** @param insurance of the registration; empty when the patient pays */
    static String clearedAndConsented(RunningClinic clinic, String familyName, Map<String, String> insurance) {
        FrontDoor nurse = clinic.as("demo.nurse1");
        FrontDoor therapist = clinic.as("demo.therapist");
        FrontDoor prescriber = clinic.as("demo.prescriber");
        Map<String, Object> registered = new HashMap<>(Map.ofEntries(
                Map.entry("givenName", "Willa"),
                Map.entry("familyName", familyName),
                Map.entry("birthDate", "1981-06-17"),
                Map.entry("sex", "female"),
                Map.entry("email", "willa@example.org"),
                Map.entry("language", "en"),
                Map.entry("emailAllowed", true),
                Map.entry("smsAllowed", false),
                Map.entry("indication", "depression"),
                Map.entry("urgency", "routine")));
        registered.putAll(insurance);
        JsonNode patient = clinic.as("demo.frontdesk")
                .create("/api/patients", registered, UUID.randomUUID().toString());
        String path = "/api/patients/" + patient.path("id").asString();
        nurse.put(
                path + "/screening",
                Map.of(
                        "phq9",
                        List.of(3, 3, 2, 3, 2, 2, 2, 1, 0),
                        "history",
                        Map.of(
                                "conditions",
                                List.of(),
                                "drugs",
                                List.of("sertraline"),
                                "failedTreatments",
                                3,
                                "systolic",
                                128,
                                "diastolic",
                                78,
                                "weightKg",
                                71.5,
                                "pregnancy",
                                "not-applicable")));
        String now = clinic.as("admin").get("/api/clock").path("now").asString();
        nurse.post(path + "/workup/pdmp-query", Map.of("takenAt", now, "result", "expected"));
        nurse.post(path + "/workup/urine-drug-screen", Map.of("takenAt", now, "result", "expected"));
        nurse.post(path + "/workup/weight", Map.of("takenAt", now, "weightKg", 71.5));
        sign(
                therapist,
                path + "/evaluations/mental-health",
                Map.of(
                        "diagnosisCodes",
                        List.of("F33.2"),
                        "history",
                        "Recurrent depression",
                        "mentalStatus",
                        Map.of(
                                "appearanceAndBehaviour", "Tidy",
                                "speech", "Quiet",
                                "moodAndAffect", "Low",
                                "thought", "Orderly",
                                "perception", "Unimpaired",
                                "cognition", "Oriented",
                                "insightAndJudgement", "Good"),
                        "risk",
                        "No intent, no plan",
                        "treatmentResistance",
                        "Three antidepressants without response",
                        "recommendation",
                        "treat"));
        sign(
                prescriber,
                path + "/evaluations/medical",
                Map.ofEntries(
                        Map.entry("reviewOfSystems", "Unremarkable"),
                        Map.entry("physicalExam", "Unremarkable"),
                        Map.entry("systolic", 124),
                        Map.entry("diastolic", 78),
                        Map.entry("heartRate", 70),
                        Map.entry("spo2", 98),
                        Map.entry("asaClass", 1),
                        Map.entry("airway", "Mallampati I"),
                        Map.entry("cardiac", "Regular"),
                        Map.entry("labs", "Within limits"),
                        Map.entry("recommendation", "treat")));
        for (var each :
                Map.of("mental-health", therapist, "medical", prescriber).entrySet()) {
            each.getValue()
                    .change(
                            "PUT",
                            path,
                            path + "/clearances/" + each.getKey(),
                            Map.of("decision", "cleared", "reason", "Evaluated", "reviewed", List.of()));
        }
        String text =
                nurse.get("/api/consent-texts/ketamine/iv/en").path("version").asString();
        nurse.change(
                "PUT",
                path,
                path + "/consents/iv",
                Map.of("drug", "ketamine", "textVersion", text, "signature", "Willa " + familyName));
        return patient.path("id").asString();
    }

    private static void sign(FrontDoor who, String path, Map<String, Object> exam) {
        who.put(path, exam);
        who.change("POST", path, path + "/sign", Map.of());
    }

    /** Books what was suggested; answers with the first session. */
    static JsonNode booked(FrontDoor desk, String patient, JsonNode suggestion) {
        List<Map<String, String>> places = suggestion
                .path("sessions")
                .valueStream()
                .map(session -> Map.of(
                        "startsAt", session.path("startsAt").asString(),
                        "chairId", session.path("chairId").asString(),
                        "nurseId", session.path("nurseId").asString()))
                .toList();
        return desk.create("/api/courses", Map.of("patientId", patient, "sessions", places), patient)
                .path("sessions")
                .get(0);
    }
}
