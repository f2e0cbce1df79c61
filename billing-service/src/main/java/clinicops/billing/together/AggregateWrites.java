package clinicops.billing.together;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.mapping.MongoPersistentEntity;
import org.springframework.data.mongodb.core.mapping.MongoPersistentProperty;

/**
 * Aggregates of one class that are stored by one round trip, each only if nobody stored it since it was loaded. For one thread
 * and one transaction.
 *
 * <p>Versions count as if each command had stored its aggregate by itself, so that the events of two commands in one
 * transaction don't share a sequence.
 */
public final class AggregateWrites<T> {
    private final MongoOperations mongo;
    private final MongoPersistentEntity<?> entity;
    private final MongoPersistentProperty version;
    /** The version that each was loaded with; 0 when it is new. */
    private final Map<T, Long> loaded = new IdentityHashMap<>();

    private final List<T> changed = new ArrayList<>();

    public AggregateWrites(MongoOperations mongo, Class<T> type) {
        this.mongo = mongo;
        this.entity = mongo.getConverter().getMappingContext().getRequiredPersistentEntity(type);
        this.version = entity.getRequiredVersionProperty();
    }

    /**
     * A command has changed the aggregate.
     *
     * @return the version that it has now, for the command's events and audit row
     */
    public long changed(T aggregate) {
        var properties = entity.getPropertyAccessor(aggregate);
        long before = (long) Objects.requireNonNull(properties.getProperty(version));
        if (loaded.putIfAbsent(aggregate, before) == null) {
            changed.add(aggregate);
        }
        properties.setProperty(version, before + 1);
        return before + 1;
    }

    /**
     * Call inside the transaction.
     *
     * @throws OptimisticLockingFailureException when somebody else stored one of them meanwhile
     */
    public void store() {
        if (changed.isEmpty()) {
            return;
        }
        long replaced = 0;
        var writes = new ArrayList<WriteModel<Document>>(changed.size());
        for (T aggregate : changed) {
            var row = new Document();
            mongo.getConverter().write(aggregate, row);
            long before = loaded.getOrDefault(aggregate, 0L);
            if (before == 0) {
                writes.add(new InsertOneModel<>(row));
            } else {
                writes.add(new ReplaceOneModel<>(
                        Filters.and(Filters.eq("_id", row.get("_id")), Filters.eq(version.getFieldName(), before)),
                        row));
                replaced++;
            }
        }
        var result = Objects.requireNonNull(
                mongo.execute(entity.getCollection(), collection -> collection.bulkWrite(writes)));
        if (result.getMatchedCount() != replaced) {
            throw new OptimisticLockingFailureException("somebody else changed one of " + entity.getCollection());
        }
        changed.clear();
        loaded.clear();
    }
}
