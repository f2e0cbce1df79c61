package clinicops.staffweb.journey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Which build of the journeys is shown, and which is being made. While a new one is made, events go into both.
 *
 * @param shown generation that readers see
 * @param making generation that a rebuild fills; null when none runs
 * @param since when that rebuild began, by the system's clock
 */
@Document("journey_build")
record JourneyBuild(
        @Id String id,
        String shown,
        @Nullable String making,
        @Nullable Instant since) {
    static final String ID = "journeys";
    static final String FIRST = "1";
}
