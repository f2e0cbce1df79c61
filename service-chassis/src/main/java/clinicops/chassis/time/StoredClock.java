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

    @Override
    public boolean demo() {
        return setting.demo();
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

    @Scheduled(fixedDelay = 1_000)
    void follow() {
        try {
            read();
        } catch (DataAccessException e) {
            // the last known offset stays good while the database is away
            log.debug("the clock's setting can't be read");
        }
    }

    private void read() {
        use(mongo.execute(COLLECTION, clock -> clock.find(Filters.eq("_id", ID)).first()));
    }

    private void use(@Nullable Document stored) {
        if (stored != null) {
            setting = new Setting(
                    Boolean.TRUE.equals(stored.getBoolean("demo")), Duration.ofMillis(stored.getLong("offsetMillis")));
        }
    }
}
