package clinicops.scheduling.session;

import clinicops.scheduling.resource.Roster;
import clinicops.scheduling.resource.Taken;
import clinicops.scheduling.resource.Taken.TakenPlace;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Which places are taken. */
@Component
public class Diary {
    /** No chair block is longer, so nothing that began earlier still sits in its chair. */
    private static final Duration LONGEST_BLOCK = Duration.ofHours(24);

    private final Sessions sessions;

    Diary(Sessions sessions) {
        this.sessions = sessions;
    }

    public Taken during(Instant from, Instant until) {
        return except("", from, until);
    }

    /** The diary as if one session were not in it, for a session that moves. */
    public Taken except(String sessionId, Instant from, Instant until) {
        return new Taken(
                sessions
                        .occupiedBetween(
                                from.minus(LONGEST_BLOCK).toString(),
                                until.plus(Roster.LONGEST_BUFFER).toString())
                        .stream()
                        .filter(occupied -> !occupied.id().equals(sessionId))
                        .map(occupied -> new TakenPlace(occupied.patientId(), occupied.place()))
                        .toList());
    }
}
