package clinicops.cli.demo;

import clinicops.cli.FrontDoor;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The demo clinic's movable clock: forward only, stopping at everything that falls due on the way. */
final class DemoClock {
    private final FrontDoor admin;

    DemoClock(FrontDoor admin) {
        this.admin = admin;
    }

    Instant now() {
        return Instant.parse(state().path("now").asString());
    }

    /** Lives through the time until {@code target}; returns when nothing is due or under way any more. */
    void moveTo(Instant target) {
        while (true) {
            JsonNode state = settle();
            Instant now = Instant.parse(state.path("now").asString());
            Optional<Instant> due = nextDue(state);
            Instant next = due.filter(d -> d.isBefore(target)).orElse(target);
            if (next.isAfter(now)) {
                admin.put("/api/clock", Map.of("now", next.toString()));
            }
            if (!next.isBefore(target)) {
                return;
            }
        }
    }

    /** Waits until every service has sent, heard and done what is due; answers the clock's state then. */
    JsonNode settle() {
        return Awaiting.until("the clinic to settle", () -> Optional.of(state())
                .filter(s -> s.path("settled").asBoolean()));
    }

    private static Optional<Instant> nextDue(JsonNode state) {
        return Optional.ofNullable(state.path("nextDueAt").asString(null)).map(Instant::parse);
    }

    private JsonNode state() {
        return admin.get("/api/clock");
    }
}
