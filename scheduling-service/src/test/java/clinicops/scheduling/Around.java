package clinicops.scheduling;

import clinicops.chassis.testing.ServiceDoor.Answer;
import java.util.Map;

/** What of a clinic stands around the doses: a room to talk in, and therapists. */
final class Around {
    private Around() {}

    /** A free room of that name; answers its id. */
    static String room(Clinic clinic, String name) {
        return idOf(clinic.admin.post("/api/chairs", Map.of("name", name, "kind", "room")), 201);
    }

    /** A therapist of the clinic, who signs in by that name; answers their id. */
    static String therapist(Clinic clinic, String username) {
        return idOf(
                clinic.admin.post(
                        "/api/resources/therapists",
                        Map.of("username", username, "name", "Therapist " + username, "external", false)),
                201);
    }

    /** A patient's own therapist; answers their id. */
    static String ownTherapist(Clinic clinic) {
        return idOf(
                clinic.admin.post("/api/resources/therapists", Map.of("name", "Dr. Elsewhere", "external", true)), 201);
    }

    private static String idOf(Answer made, int status) {
        return made.expect(status).body().path("id").asString();
    }
}
