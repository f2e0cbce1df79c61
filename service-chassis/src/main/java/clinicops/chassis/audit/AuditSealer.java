package clinicops.chassis.audit;

import clinicops.outbox.Transactions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Seals rows into the chain every few seconds. Rows stay open a moment because sealing in the writer's transaction would make
 * all writers wait for each other. Each block is one transaction: a crash leaves it done or not begun. The lease only spares
 * work: that two sealers never fork the chain is the block number's doing.
 */
class AuditSealer {
    static final int ROWS_PER_BLOCK = 1_000;
    private static final Logger log = LoggerFactory.getLogger(AuditSealer.class);
    private static final String LEASES = "chassis_leases";
    private static final String LEASE = "audit-sealer";
    private static final Duration LEASE_TIME = Duration.ofSeconds(15);

    private final MongoOperations mongo;
    private final Transactions transactions;
    private final InstantSource system;
    private final String holder;

    AuditSealer(MongoOperations mongo, Transactions transactions, InstantSource system, String holder) {
        this.mongo = mongo;
        this.transactions = transactions;
        this.system = system;
        this.holder = holder;
    }

    @Scheduled(fixedDelay = 4_000)
    void work() {
        try {
            if (holdLease()) {
                while (sealOneBlock() == ROWS_PER_BLOCK) {
                    // a backlog is worked off at once
                }
            }
        } catch (DataAccessException e) {
            log.warn("sealing the audit waits: {}", e.getClass().getSimpleName());
        }
    }

    /** @return how many rows were sealed */
    int sealOneBlock() {
        return transactions.inTransaction(() -> {
            var rows = mongo.find(
                    Query.query(Criteria.where("block").is(null))
                            .with(Sort.by("_id"))
                            .limit(ROWS_PER_BLOCK),
                    AuditRow.class);
            if (rows.isEmpty()) {
                return 0;
            }
            var last = mongo.findOne(
                    new Query().with(Sort.by(Sort.Direction.DESC, "_id")).limit(1), AuditBlock.class);
            var block = AuditBlock.seal(
                    last == null ? 1 : last.number() + 1,
                    last == null ? AuditBlock.GENESIS : last.hash(),
                    rows,
                    Instant.ofEpochMilli(system.millis()));
            mongo.insert(block);
            List<String> ids = rows.stream().map(AuditRow::id).toList();
            mongo.execute(
                    AuditRow.COLLECTION,
                    audit -> audit.updateMany(Filters.in("_id", ids), Updates.set("block", block.number())));
            return rows.size();
        });
    }

    private boolean holdLease() {
        Instant now = Instant.ofEpochMilli(system.millis());
        var free = Filters.and(
                Filters.eq("_id", LEASE), Filters.or(Filters.eq("holder", holder), Filters.lt("until", now)));
        try {
            mongo.execute(
                    LEASES,
                    leases -> leases.updateOne(
                            free,
                            Updates.combine(Updates.set("holder", holder), Updates.set("until", now.plus(LEASE_TIME))),
                            new UpdateOptions().upsert(true)));
            return true;
        } catch (DuplicateKeyException heldByAnother) {
            return false;
        }
    }

    /** So that the next holder need not wait for the lease to run out. */
    void release() {
        try {
            mongo.execute(LEASES, leases -> leases.deleteOne(new Document("_id", LEASE).append("holder", holder)));
        } catch (DataAccessException e) {
            log.debug("the lease runs out by itself");
        }
    }
}
