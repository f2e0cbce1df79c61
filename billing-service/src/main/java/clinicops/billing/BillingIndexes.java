package clinicops.billing;

import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

/** Every list query and every natural key has its index; made before the first request and event. */
@Component
class BillingIndexes {
    BillingIndexes(MongoOperations mongo) {
        mongo.indexOps("coverages").createIndex(by("patientId", "rank").unique());
        mongo.indexOps("coverages").createIndex(by("payerCode", "status"));
        mongo.indexOps("coverages").createIndex(by("status", "_id"));
        mongo.indexOps("coverages").createIndex(by("patientId", "_id"));
        mongo.indexOps("authorizations").createIndex(by("patientId", "_id"));
        mongo.indexOps("authorizations").createIndex(due("expiryWarningAt"));
        mongo.indexOps("estimates").createIndex(by("patientId", "_id"));
        mongo.indexOps("sessions").createIndex(by("billing", "_id"));
        mongo.indexOps("sessions").createIndex(by("patientId", "_id"));
        mongo.indexOps("claims").createIndex(by("sessionId").unique());
        mongo.indexOps("claims")
                .createIndex(by("payerCode", "answer.payerClaimNumber")
                        .unique()
                        .partial(PartialIndexFilter.of(
                                Criteria.where("answer.payerClaimNumber").exists(true))));
        mongo.indexOps("claims").createIndex(by("status", "_id"));
        mongo.indexOps("claims").createIndex(by("patientId", "_id"));
        mongo.indexOps("claims").createIndex(by("payerCode", "_id"));
        mongo.indexOps("claims").createIndex(by("payerCode", "status", "_id"));
        // what insurers search, in the order in which their pages go on
        for (String created : new String[] {"submittedAt", "requestedAt"}) {
            String asked = created.equals("submittedAt") ? "claims" : "authorizations";
            mongo.indexOps(asked).createIndex(by("payerCode", created, "_id"));
            mongo.indexOps(asked).createIndex(by("payerCode", "status", created, "_id"));
            mongo.indexOps(asked).createIndex(by("payerCode", "patientId", created, "_id"));
        }
        mongo.indexOps("coverages").createIndex(by("payerCode", "_id"));
        mongo.indexOps("coverages").createIndex(by("payerCode", "patientId", "rank"));
        mongo.indexOps("coverages").createIndex(by("payerCode", "memberId"));
        mongo.indexOps("accounts").createIndex(due("statementDueAt"));
        mongo.indexOps("ledger_transactions").createIndex(by("patientId", "_id"));
        mongo.indexOps("payments").createIndex(by("patientId", "_id"));
        mongo.indexOps("statements").createIndex(by("patientId", "_id"));
        mongo.indexOps("patients").createIndex(by("registered"));
        for (String keyedById : new String[] {"payers", "patients"}) {
            make(mongo, keyedById);
        }
    }

    /** Another copy of the service may start, and make it, at the same moment. */
    private static void make(MongoOperations mongo, String collection) {
        if (mongo.collectionExists(collection)) {
            return;
        }
        try {
            mongo.createCollection(collection);
        } catch (DataAccessException e) {
            if (!mongo.collectionExists(collection)) {
                throw e;
            }
        }
    }

    private static Index by(String... fields) {
        Index index = new Index();
        for (String field : fields) {
            index.on(field, Direction.ASC);
        }
        return index;
    }

    /** Only rows that wait for the clock. */
    private static Index due(String instant) {
        return by(instant).sparse();
    }
}
