package clinicops.intake.duplicate;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import clinicops.intake.duplicate.Merging.Moved;
import java.util.List;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * All that the features keep of patients in documents of their own, each with the patient's id as {@code patientId}. A merging
 * puts the duplicate's into the survivor's name, so that every list, verdict and escalation finds them without knowing of
 * mergings; the ids are kept, so that it can be taken back. What is written there for the survivor afterwards stays theirs.
 *
 * <p>Not here: what has the patient's own id (the registration fills the survivor's gaps, a safety plan is looked for under
 * both ids), and read models, which are made again.
 */
@Component
class Belongings {
    private static final String SAFETY_ALERTS = "safetyAlerts";

    /** A test holds this against every document that names a patient. */
    static final List<String> COLLECTIONS = List.of(
            "assessments",
            "consentProofs",
            "evaluations",
            "outcomes",
            "patientDocuments",
            "patientLinks",
            SAFETY_ALERTS,
            "treatedSessions",
            "verdicts",
            "workups");

    private final MongoOperations mongo;

    Belongings(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** Everything of one patient becomes another's, in the caller's transaction. */
    List<Moved> give(String from, String to) {
        return COLLECTIONS.stream()
                .map(collection -> new Moved(
                        collection,
                        mongo.findDistinct(query(where("patientId").is(from)), "_id", collection, String.class)))
                .filter(moved -> !moved.ids().isEmpty())
                .peek(moved -> rename(moved, from, to))
                .toList();
    }

    /** What {@link #give} moved goes back, in the caller's transaction. */
    void giveBack(List<Moved> moved, String from, String to) {
        moved.forEach(each -> rename(each, from, to));
    }

    static List<String> safetyAlertsAmong(List<Moved> moved) {
        return moved.stream()
                .filter(each -> each.collection().equals(SAFETY_ALERTS))
                .flatMap(each -> each.ids().stream())
                .toList();
    }

    private void rename(Moved moved, String from, String to) {
        mongo.updateMulti(
                query(where("_id").in(moved.ids()).and("patientId").is(from)),
                Update.update("patientId", to),
                moved.collection());
    }
}
