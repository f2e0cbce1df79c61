package clinicops.staffweb.journey;

import clinicops.contracts.Event;
import clinicops.contracts.Topics;
import clinicops.outbox.Ids;
import clinicops.outbox.Received;
import clinicops.outbox.TopicReplay;
import clinicops.outbox.Transactions;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * Turns events into journeys: each event once per build, in whatever order. A rebuild fills a new build from the topics while
 * events go on arriving, and shows it when it is complete; readers never see half a journey.
 */
@Component
public class JourneyProjection {
    /** Not the business clock: this must not move with a demo. */
    private static final InstantSource SYSTEM = InstantSource.system();

    /** Where a journey comes from: everything but contact data. */
    public static final List<String> TOPICS =
            List.of(Topics.INTAKE, Topics.SCHEDULING, Topics.BILLING, Topics.NOTIFICATION);

    private static final Logger log = LoggerFactory.getLogger(JourneyProjection.class);

    private final JourneyStore store;
    private final Transactions transactions;
    private final TopicReplay replay;

    JourneyProjection(JourneyStore store, Transactions transactions, TopicReplay replay) {
        this.store = store;
        this.transactions = transactions;
        this.replay = replay;
    }

    /** Handles one event as it arrives. Joins the inbox's transaction. */
    public void apply(Received<? extends Event> received) {
        transactions.run(() -> {
            JourneyBuild build = store.build();
            apply(build.shown(), received);
            if (build.making() != null) {
                apply(build.making(), received);
            }
        });
    }

    /**
     * What a rebuild did.
     *
     * @param events events read from the topics
     * @param patients journeys that came of them
     */
    record Rebuilt(long events, long patients) {}

    /**
     * Builds all journeys anew. An event that arrives after the new build was announced is put into it at once; every earlier
     * one is in the topics already, so the replay brings it; one that comes by both ways counts once.
     *
     * @throws RebuildOvertaken when another rebuild began meanwhile
     */
    Rebuilt rebuild() {
        String generation = Ids.next();
        store.make(generation, SYSTEM.instant());
        store.sweep();
        long events = replay.replay(TOPICS, received -> transactions.run(() -> apply(generation, received)));
        if (!store.show(generation)) {
            throw new RebuildOvertaken();
        }
        store.sweep();
        log.info("Journeys rebuilt from {} events", events);
        return new Rebuilt(events, store.patients(generation));
    }

    /** Another rebuild began before this one was complete. */
    static final class RebuildOvertaken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void apply(String generation, Received<? extends Event> received) {
        String patientId = received.event().patientId();
        if (patientId == null || store.has(generation, received.id())) {
            return;
        }
        Journey journey = store.ofPatient(generation, patientId).orElseGet(() -> Journey.begin(generation, patientId));
        journey.apply(received);
        try {
            store.add(JourneyEntry.of(generation, patientId, received));
            store.save(journey);
        } catch (DuplicateKeyException e) {
            // the same patient's first events from two topics: whoever is later must look again
            throw new OptimisticLockingFailureException("another event of the patient came at the same time", e);
        }
    }
}
