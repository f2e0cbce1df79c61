package clinicops.scheduling;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The alarms of a {@link Clinic}, as its nurse sees them. */
final class ClinicAlarms {
    private ClinicAlarms() {}

    static List<JsonNode> alarms(Clinic clinic, String session) {
        return clinic.nurse
                .get("/api/alarms?sessionId=" + session)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    static List<String> kinds(Clinic clinic, String session) {
        return alarms(clinic, session).stream()
                .map(alarm -> alarm.path("kind").asString())
                .toList();
    }

    static List<String> told(JsonNode alarm) {
        return alarm.path("told")
                .valueStream()
                .map(step -> step.path("to").asString())
                .toList();
    }
}
