package clinicops.staffweb.journey;

import clinicops.contracts.Event;
import clinicops.contracts.Topics;
import clinicops.outbox.Ids;
import clinicops.outbox.Received;
import clinicops.outbox.TopicReplay;
import clinicops.outbox.Transactions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
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

    /** Events of one patient within a batch share a transaction. */
    private static final int BATCH = 1_000;

    private static final int ATTEMPTS = 10;

    private final JourneyStore store;
    private final Transactions transactions;
    private final TopicReplay replay;

    JourneyProjection(JourneyStore store, Transactions transactions, TopicReplay replay) {
        this.store = store;
        this.transactions = transactions;
        this.replay = replay;
    }

    /** Handles events as they arrive. Joins the inbox's transaction. */
    public void apply(List<Received<? extends Event>> events) {
        transactions.run(() -> {
            JourneyBuild build = store.build();
            apply(build.shown(), events);
            if (build.making() != null) {
                apply(build.making(), events);
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
        try {
            return rebuild(generation);
        } catch (RuntimeException | Error e) {
            // events must not go on into a build that nobody will show
            try {
                store.giveUp(generation);
                store.sweep();
            } catch (RuntimeException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    private Rebuilt rebuild(String generation) {
        store.sweep();
        var batch = new ArrayList<Received<? extends Event>>();
        long events = replay.replay(TOPICS, received -> {
            batch.add(received);
            if (batch.size() == BATCH) {
                applyAll(generation, batch);
                batch.clear();
            }
        });
        applyAll(generation, batch);
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

    private void applyAll(String generation, List<Received<? extends Event>> batch) {
        byPatient(batch).values().forEach(events -> applyAgainstOthers(generation, events));
    }

    /** The inbox tries again when a live event of the same patient was quicker; a rebuild has to do so itself. */
    private void applyAgainstOthers(String generation, List<Received<? extends Event>> events) {
        for (int attempt = 1; ; attempt++) {
            try {
                transactions.run(() -> apply(generation, events));
                return;
            } catch (DuplicateKeyException e) {
                // the same patient's first events by both ways: whoever is later must look again
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Whoever reads and saves the same journey at the same time gets a write conflict: all of this is one transaction. */
    private void apply(String generation, List<Received<? extends Event>> events) {
        Set<String> known =
                store.known(generation, events.stream().map(Received::id).toList());
        var fresh = byPatient(
                events.stream().filter(event -> !known.contains(event.id())).toList());
        if (fresh.isEmpty()) {
            return;
        }
        Map<String, Journey> journeys = store.ofPatients(generation, fresh.keySet());
        var entries = new ArrayList<JourneyEntry>();
        fresh.forEach((patientId, news) -> {
            Journey journey = journeys.computeIfAbsent(patientId, id -> Journey.begin(generation, id));
            for (Received<? extends Event> received : news) {
                journey.apply(received);
                entries.add(JourneyEntry.of(generation, patientId, received));
            }
        });
        store.add(entries);
        store.save(journeys.values());
    }

    private static Map<String, List<Received<? extends Event>>> byPatient(List<Received<? extends Event>> events) {
        var byPatient = new LinkedHashMap<String, List<Received<? extends Event>>>();
        for (Received<? extends Event> received : events) {
            String patientId = received.event().patientId();
            if (patientId != null) {
                byPatient.computeIfAbsent(patientId, _ -> new ArrayList<>()).add(received);
            }
        }
        return byPatient;
    }
}
