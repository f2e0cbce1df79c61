package clinicops.scheduling.booster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * When to look at a patient again. Whatever may change the answer sets it to now; whoever looks sets it to the day on which the
 * calendar alone would change it. Its version lets one look win, and none be lost.
 *
 * @param lookAt null when only news can change anything
 */
@Document("booster_watch")
record BoosterWatch(
        @Id String patientId,
        @Version long version,
        @Nullable Instant lookAt) {
    BoosterWatch nextAt(@Nullable Instant next) {
        return new BoosterWatch(patientId, version, next);
    }
}
