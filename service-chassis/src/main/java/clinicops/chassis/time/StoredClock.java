package clinicops.chassis.time;

import clinicops.chassis.ClockSettings;
import clinicops.chassis.PatientsPresent;
import clinicops.chassis.RuleViolation;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The clock's offset and the demo mark, in the service's database, so that every copy of the service and every restart agree.
 * {@code $max} keeps the clock from going back even when two copies move it at once.
 */
final class StoredClock implements ClockSettings {
    private static final Logger log = LoggerFactory.getLogger(StoredClock.class);
    private static final String COLLECTION = "clock";
    private static final String ID = "clinic";

    private final MongoOperations mongo;
    private final InstantSource system;
    private final List<PatientsPresent> patients;
    private volatile Setting setting = new Setting(false, Duration.ZERO);
    private volatile boolean databaseAway;
    private int looks;

    private record Setting(boolean demo, Duration offset) {}

    StoredClock(MongoOperations mongo, InstantSource system, List<PatientsPresent> patients) {
        this.mongo = mongo;
        this.system = system;
        this.patients = List.copyOf(patients);
        // before anything reads the clock: a restarted demo must not fall back to today
        read();
    }

    Duration offset() {
        return setting.offset();
    }

    /** Another copy may have turned the clinic into a demo a moment ago; it stays one. */
    @Override
    public boolean demo() {
        if (!setting.demo()) {
            read();
        }
        return setting.demo();
    }

    /**
     * What another copy of the service set before this call is known after it: whoever moved the clock at one copy may go on
     * at another. Costs one look-up in a demo and nothing elsewhere.
     */
    void catchUp() {
        if (setting.demo() && !databaseAway) {
            follow(true);
        }
    }

    @Override
    public void turnIntoDemo() {
        read();
        if (demo()) {
            return;
        }
        if (patients.stream().anyMatch(PatientsPresent::any)) {
            throw RuleViolation.conflict("clinic-not-empty", "only an empty clinic can become a demo");
        }
        Document stored = mongo.execute(
                COLLECTION,
                clock -> clock.findOneAndUpdate(
                        Filters.eq("_id", ID),
                        Updates.combine(Updates.set("demo", true), Updates.setOnInsert("offsetMillis", 0L)),
                        new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER)));
        onceCommitted(() -> {
            use(stored);
            log.warn("this clinic is a demo from now on");
        });
    }

    @Override
    public void moveTo(Instant now) {
        read();
        if (!demo()) {
            throw RuleViolation.conflict("demo-only", "only the clock of a demo clinic can be moved");
        }
        Instant systemNow = Instant.ofEpochMilli(system.millis());
        if (now.isBefore(systemNow.plus(offset()))) {
            throw RuleViolation.conflict("clock-forward-only", "the clock goes forward only")
                    .withField("now");
        }
        long ahead = Duration.between(systemNow, now).toMillis();
        Document stored = mongo.execute(
                COLLECTION,
                clock -> clock.findOneAndUpdate(
                        Filters.and(Filters.eq("_id", ID), Filters.eq("demo", true)),
                        Updates.max("offsetMillis", ahead),
                        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)));
        onceCommitted(() -> use(stored));
    }

    /** A change that is rolled back must not have moved the clock even for a moment. */
    private static void onceCommitted(Runnable change) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            change.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                change.run();
            }
        });
    }

    /** What nobody asked for (events, due work) goes by it too: in a demo, where clocks move, it looks more often. */
    @Scheduled(fixedDelay = 250)
    void follow() {
        follow(setting.demo() || ++looks % 4 == 0);
    }

    private void follow(boolean look) {
        if (!look) {
            return;
        }
        try {
            read();
            databaseAway = false;
        } catch (DataAccessException e) {
            // the last known offset stays good, and no request waits for this before its own query fails
            databaseAway = true;
            log.debug("the clock's setting can't be read");
        }
    }

    private void read() {
        use(mongo.execute(COLLECTION, clock -> clock.find(Filters.eq("_id", ID)).first()));
    }

    /** A look that began before a move may end after it: what it found must not put the clock back. */
    private synchronized void use(@Nullable Document stored) {
        if (stored != null) {
            Duration offset = Duration.ofMillis(stored.getLong("offsetMillis"));
            setting = new Setting(
                    setting.demo() || Boolean.TRUE.equals(stored.getBoolean("demo")),
                    offset.compareTo(setting.offset()) > 0 ? offset : setting.offset());
        }
    }
}
