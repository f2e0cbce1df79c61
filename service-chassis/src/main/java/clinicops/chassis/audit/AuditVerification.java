package clinicops.chassis.audit;

import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/** Walks the chain from its beginning and computes every hash again. */
final class AuditVerification {
    private final MongoOperations mongo;

    AuditVerification(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /**
     * What the walk found.
     *
     * @param intact whether every sealed row is as it was sealed
     * @param blocks blocks checked
     * @param rows rows in intact blocks
     * @param unsealed rows not sealed yet; more than a few seconds' worth means that the sealer stands still
     * @param firstBroken number of the first block that does not hold; null when all do
     * @param headHash hash of the last intact block: kept elsewhere, it proves that no blocks were cut off the end
     * @param headSealedAt system time
     */
    record Verification(
            boolean intact,
            long blocks,
            long rows,
            long unsealed,
            @Nullable Long firstBroken,
            @Nullable String headHash,
            @Nullable Instant headSealedAt) {}

    Verification verify() {
        long unsealed = mongo.count(Query.query(Criteria.where("block").is(null)), AuditRow.class);
        long rows = 0;
        AuditBlock head = null;
        try (Stream<AuditBlock> chain = mongo.stream(new Query().with(Sort.by("_id")), AuditBlock.class)) {
            for (AuditBlock block : (Iterable<AuditBlock>) chain::iterator) {
                var found = mongo.find(
                        Query.query(Criteria.where("block").is(block.number())).with(Sort.by("_id")), AuditRow.class);
                long expected = head == null ? 1 : head.number() + 1;
                String previous = head == null ? AuditBlock.GENESIS : head.hash();
                if (block.number() != expected || !block.holds(previous, found)) {
                    return broken(expected, rows, unsealed, head);
                }
                rows += found.size();
                head = block;
            }
        }
        long last = head == null ? 0 : head.number();
        // rows that claim a block which is gone
        if (mongo.exists(Query.query(Criteria.where("block").gt(last)), AuditRow.class)
                || mongo.exists(Query.query(Criteria.where("block").lt(1)), AuditRow.class)) {
            return broken(last + 1, rows, unsealed, head);
        }
        return result(true, rows, unsealed, null, head);
    }

    private static Verification broken(long number, long rows, long unsealed, @Nullable AuditBlock head) {
        return result(false, rows, unsealed, number, head);
    }

    private static Verification result(
            boolean intact, long rows, long unsealed, @Nullable Long firstBroken, @Nullable AuditBlock head) {
        return new Verification(
                intact,
                head == null ? 0 : head.number(),
                rows,
                unsealed,
                firstBroken,
                head == null ? null : head.hash(),
                head == null ? null : head.sealedAt());
    }
}
