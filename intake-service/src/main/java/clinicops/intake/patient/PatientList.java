package clinicops.intake.patient;

import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Lists of patients, in the order of their registration. */
@Component
class PatientList {
    private static final Pattern NOT_PLAIN = Pattern.compile("[^\\p{L}\\p{N}]");

    private final MongoTemplate mongo;

    PatientList(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    /**
     * Whom to list; what is null does not narrow.
     *
     * @param name beginning of a given or family name, or of both in either order
     */
    record Filter(
            @Nullable PatientStatus status,
            @Nullable String name,
            @Nullable List<String> ids) {}

    Page<Patient> page(Filter filter, Cursor cursor, int limit) {
        return Page.of(mongo.find(query(filter, cursor, limit), Patient.class), limit, Patient::id);
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
        if (filter.name() != null) {
            query.addCriteria(Criteria.where("searchNames").regex(beginning(Demographics.searchable(filter.name()))))
                    // else the order by id tempts MongoDB to walk through everybody
                    .withHint(PatientIndexes.SEARCH_NAMES);
        }
        return query.with(Sort.by("_id")).limit(limit + 1);
    }

    /** An anchored expression without operators: the only kind that MongoDB answers from an index. */
    private static String beginning(String text) {
        return "^" + NOT_PLAIN.matcher(text).replaceAll(found -> "\\\\" + Matcher.quoteReplacement(found.group()));
    }
}
