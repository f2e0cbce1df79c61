package clinicops.billing.claim;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Claims by any of status, patient and payer, oldest first. */
@Component
class ClaimSearch {
    private final MongoOperations mongo;

    ClaimSearch(MongoOperations mongo) {
        this.mongo = mongo;
    }

    List<Claim> find(
            Claim.@Nullable Status status,
            @Nullable String patientId,
            @Nullable String payerCode,
            String after,
            int rows) {
        return mongo.find(query(status, patientId, payerCode, after, rows), Claim.class);
    }

    static Query query(
            Claim.@Nullable Status status,
            @Nullable String patientId,
            @Nullable String payerCode,
            String after,
            int rows) {
        Query query = Query.query(Criteria.where("_id").gt(after));
        if (status != null) {
            query.addCriteria(Criteria.where("status").is(status));
        }
        if (patientId != null) {
            query.addCriteria(Criteria.where("patientId").is(patientId));
        }
        if (payerCode != null) {
            query.addCriteria(Criteria.where("payerCode").is(payerCode));
        }
        return query.with(Sort.by("_id")).limit(rows);
    }
}
