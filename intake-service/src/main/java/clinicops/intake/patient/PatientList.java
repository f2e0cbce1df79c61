package clinicops.intake.patient;

import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Lists of patients, in the order of their registration. */
@Component
class PatientList {
    private final MongoTemplate mongo;

    PatientList(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** Whom to list; what is null does not narrow. */
    record Filter(
            @Nullable PatientStatus status,
            @Nullable Search search,
            @Nullable List<String> ids) {}

    /** As much of a patient as a row of a list tells; the rest of the document stays in the database. */
    record Row(
            @Id String id,
            long version,
            Demographics demographics,
            Referral referral,
            Contact contact,
            PatientStatus status,
            @Nullable List<String> safetyAlerts) {
        private static final String[] FIELDS = {
            "version", "demographics", "referral", "contact", "status", "safetyAlerts"
        };

        boolean safetyFlag() {
            return status != PatientStatus.MERGED && safetyAlerts != null && !safetyAlerts.isEmpty();
        }
    }

    Page<Row> page(Filter filter, Cursor cursor, int limit) {
        Query query = query(filter, cursor, limit);
        query.fields().include(Row.FIELDS);
        return Page.of(mongo.query(Patient.class).as(Row.class).matching(query).all(), limit, Row::id);
    }

    static Query query(Filter filter, Cursor cursor, int limit) {
        var id = Criteria.where("_id").gt(cursor.after());
        if (filter.ids() != null) {
            id = id.in(filter.ids());
        }
        var query = new Query(id);
        if (filter.status() != null) {
            query.addCriteria(Criteria.where("status").is(filter.status()));
        }
        if (filter.search() != null) {
            filter.search().narrow(query);
            if (filter.status() == null) {
                // the one who goes on for them is found instead
                query.addCriteria(Criteria.where("status").ne(PatientStatus.MERGED));
            }
        }
        return query.with(Sort.by("_id")).limit(limit + 1);
    }
}
