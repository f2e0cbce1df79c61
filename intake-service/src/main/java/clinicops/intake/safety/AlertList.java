package clinicops.intake.safety;

import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Lists of safety alerts, in the order of their raising. */
@Component
class AlertList {
    private final MongoTemplate mongo;

    AlertList(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** Which alerts to list; what is null does not narrow. */
    record Filter(
            @Nullable Boolean open,
            @Nullable Boolean resolved,
            @Nullable String patientId) {}

    Page<SafetyAlert> page(Filter filter, Cursor cursor, int limit) {
        return Page.of(mongo.find(query(filter, cursor, limit), SafetyAlert.class), limit, SafetyAlert::id);
    }

    static Query query(Filter filter, Cursor cursor, int limit) {
        var query = new Query(Criteria.where("_id").gt(cursor.after()));
        if (filter.patientId() != null) {
            // else the order tempts MongoDB to walk through everybody's
            query.addCriteria(Criteria.where("patientId").is(filter.patientId()))
                    .withHint(SafetyIndexes.OF_PATIENT);
        }
        if (filter.open() != null) {
            query.addCriteria(happened("acknowledgement.at", !filter.open()));
        }
        if (filter.resolved() != null) {
            query.addCriteria(happened("resolution.at", filter.resolved()));
        }
        return query.with(Sort.by("_id")).limit(limit + 1);
    }

    private static Criteria happened(String field, boolean yes) {
        return yes ? Criteria.where(field).ne(null) : Criteria.where(field).is(null);
    }
}
