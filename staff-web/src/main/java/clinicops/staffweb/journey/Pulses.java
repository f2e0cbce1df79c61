package clinicops.staffweb.journey;

import clinicops.contracts.EventCatalog;
import clinicops.contracts.PulseEvent;
import clinicops.outbox.Received;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/**
 * What makes screens look again and is part of no journey. One copy of the front door hears a pulse and writes it down here;
 * every copy follows the collection and tells those who look on. Nothing reads it later: an hour on it is gone.
 */
@Component
public class Pulses {
    static final String COLLECTION = "live_pulses";

    /** Not the business clock: this must not move with a demo. */
    private static final InstantSource SYSTEM = InstantSource.system();

    private static final Duration KEPT = Duration.ofHours(1);

    private final MongoOperations mongo;

    Pulses(MongoOperations mongo) {
        this.mongo = mongo;
        mongo.indexOps(COLLECTION)
                .createIndex(new Index("heardAt", Direction.ASC).expire(KEPT).named("kept"));
    }

    /** Hands them on; in the inbox's transaction. */
    public void tell(List<Received<? extends PulseEvent>> pulses) {
        if (!pulses.isEmpty()) {
            mongo.insert(pulses.stream().map(Pulses::document).toList(), COLLECTION);
        }
    }

    private static Document document(Received<? extends PulseEvent> pulse) {
        var entry = EventCatalog.of(pulse.event().getClass());
        return new Document("_id", pulse.id())
                .append("patientId", Objects.requireNonNull(pulse.event().patientId()))
                .append("at", pulse.time())
                .append("wireType", entry.type())
                .append("heardAt", SYSTEM.instant());
    }
}
