package clinicops.chassis.audit;

import clinicops.chassis.Audit;
import clinicops.chassis.Caller;
import clinicops.chassis.Problem;
import clinicops.chassis.Role;
import clinicops.chassis.web.Changes;
import clinicops.outbox.EventContext;
import clinicops.outbox.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Audit rows in the service's own database, so that they join its transactions. */
final class StoredAudit implements Audit, Changes {
    private static final int MOST_CHANGES = 50;

    private final MongoOperations mongo;
    private final Clock clock;
    private final InstantSource system;
    private final RowsTogether together;

    StoredAudit(MongoOperations mongo, Clock clock, InstantSource system) {
        this.mongo = mongo;
        this.clock = clock;
        this.system = system;
        together = new RowsTogether(rows -> mongo.insert(rows, AuditRow.class));
    }

    @Override
    public void read(String action, String resource, @Nullable String patientId) {
        add(action, resource, some(patientId), null, null, AuditRow.DONE);
    }

    @Override
    public void readList(String action, Collection<String> patientIds) {
        add(action, action, patientIds.stream().distinct().sorted().toList(), null, null, AuditRow.DONE);
    }

    @Override
    public void write(String action, String resource, @Nullable String patientId, long version, @Nullable String why) {
        add(action, resource, some(patientId), why, version, AuditRow.DONE);
    }

    @Override
    public void refused(String action, String resource) {
        add(action, resource, List.of(), null, null, AuditRow.REFUSED);
    }

    @Override
    public Gathered gather() {
        List<AuditRow> rows = new ArrayList<>();
        return new Gathered() {
            @Override
            public void write(
                    String action, String resource, @Nullable String patientId, long version, @Nullable String why) {
                rows.add(row(action, resource, some(patientId), why, version, AuditRow.DONE));
            }

            @Override
            public void store() {
                if (!rows.isEmpty()) {
                    mongo.insert(rows, AuditRow.class);
                    rows.clear();
                }
            }
        };
    }

    private void add(
            String what,
            String resource,
            List<String> patientIds,
            @Nullable String why,
            @Nullable Long version,
            String outcome) {
        AuditRow row = row(what, resource, patientIds, why, version, outcome);
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            mongo.insert(row);
        } else {
            together.add(row);
        }
    }

    private AuditRow row(
            String what,
            String resource,
            List<String> patientIds,
            @Nullable String why,
            @Nullable Long version,
            String outcome) {
        Caller caller = Caller.current();
        return new AuditRow(
                Ids.next(),
                caller.name(),
                caller.roles().stream().map(Role::wireName).sorted().toList(),
                what,
                resource,
                patientIds,
                why,
                Instant.ofEpochMilli(system.millis()),
                Instant.ofEpochMilli(clock.millis()),
                version,
                outcome,
                EventContext.correlationId(),
                null);
    }

    private static List<String> some(@Nullable String patientId) {
        return patientId == null ? List.of() : List.of(patientId);
    }

    @Override
    public List<Problem.Change> since(String resource, long version) {
        var query = Query.query(
                        Criteria.where("resource").is(resource).and("version").gt(version))
                .with(Sort.by("version", "_id"))
                .limit(MOST_CHANGES);
        return mongo.find(query, AuditRow.class).stream()
                .map(row -> new Problem.Change(
                        row.who(), row.what(), row.businessTime(), row.version() == null ? 0 : row.version()))
                .toList();
    }
}
