package clinicops.cli.demo;

import clinicops.cli.CommandFailed;
import clinicops.cli.FrontDoor;
import clinicops.cli.FrontDoor.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The demo clinic's movable clock: forward only, stopping at everything that falls due on the way. */
final class DemoClock {
    private static final Duration WITHIN_WORK = Duration.ofMinutes(10);

    private final FrontDoor admin;
    private Instant seen = Instant.EPOCH;

    DemoClock(FrontDoor admin) {
        this.admin = admin;
    }

    Instant now() {
        return Instant.parse(state().path("now").asString());
    }

    /**
     * Lives through the time until {@code target}. Over a longer stretch it stops at everything that falls due on the way and
     * lets it be done; within minutes of work nobody waits, and what falls due is done while work goes on.
     */
    void moveTo(Instant target) {
        if (seen.plus(WITHIN_WORK).isAfter(target)) {
            strike(target);
            return;
        }
        while (true) {
            JsonNode state = settle();
            Instant next = nextDue(state).filter(d -> d.isBefore(target)).orElse(target);
            strike(next);
            if (!next.isBefore(target)) {
                return;
            }
        }
    }

    /** The clock also goes by itself: it may be later already than where it should be put. */
    private void strike(Instant time) {
        Answer answer = admin.tryPut("/api/clock", Map.of("now", time.toString()), null);
        if (!answer.ok() && !answer.rule().equals("clock-forward-only")) {
            throw new CommandFailed("the clock could not be moved: " + answer.status() + " " + answer.body());
        }
        seen = time.isAfter(seen) ? time : seen;
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
