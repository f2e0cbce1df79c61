package clinicops.billing.fhir;

import clinicops.billing.fhir.SearchQuery.After;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** Whom one payer insures: its coverages, and the patients who have one. */
@Component
class InsurerMembers {
    private static final String COVERAGES = "coverages";
    /** A patient's coverages by one payer are few: this many more rows mostly hold all of a page. */
    private static final int SPARE_ROWS = 8;

    private final MongoOperations mongo;

    InsurerMembers(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /**
     * An insured patient.
     *
     * @param patient as stored; null when no fact of the patient arrived yet
     * @param memberIds of the payer's coverages
     */
    record Member(String patientId, @Nullable Document patient, List<String> memberIds) {}

    Optional<Document> coverage(String payerCode, String id) {
        return Optional.ofNullable(mongo.getCollection(COVERAGES)
                .find(Filters.and(Filters.eq("_id", id), Filters.eq("payerCode", payerCode)))
                .first());
    }

    /** @param rows at most this many; null for a filter means any */
    List<Document> coverages(
            String payerCode,
            @Nullable List<String> ids,
            @Nullable String patientId,
            @Nullable List<String> memberIds,
            @Nullable After after,
            int rows) {
        Document filter = filter(payerCode, patientId, memberIds);
        if (ids != null || after != null) {
            var id = new Document();
            if (ids != null) {
                id.append("$in", ids);
            }
            if (after != null) {
                id.append("$gt", after.id());
            }
            filter.append("_id", id);
        }
        return mongo.getCollection(COVERAGES)
                .find(filter)
                .sort(Sorts.ascending("_id"))
                .limit(rows)
                .into(new ArrayList<>());
    }

    Optional<Member> member(String payerCode, String patientId) {
        return members(payerCode, List.of(patientId), null, null, 1).stream().findFirst();
    }

    /** Insured patients by id, as a rule by one query, coverages and patients together. */
    List<Member> members(
            String payerCode,
            @Nullable List<String> patientIds,
            @Nullable List<String> memberIds,
            @Nullable After after,
            int rows) {
        var found = new LinkedHashMap<String, Member>();
        After from = after;
        while (true) {
            var pipeline = membersPipeline(payerCode, patientIds, memberIds, from, rows);
            List<Document> coverages =
                    mongo.getCollection(COVERAGES).aggregate(pipeline).into(new ArrayList<>());
            coverages.forEach(coverage -> add(found, coverage));
            // where the rows were cut off, the last patient may have more; beyond the page that does not matter
            if (coverages.size() < rows + SPARE_ROWS || found.size() > rows || found.size() < 2) {
                return found.values().stream().limit(rows).toList();
            }
            found.pollLastEntry();
            from = new After(0, Objects.requireNonNull(found.lastEntry()).getKey());
        }
    }

    private static void add(Map<String, Member> found, Document coverage) {
        String patientId = coverage.getString("patientId");
        List<Document> patients = coverage.getList("patients", Document.class);
        found.computeIfAbsent(
                        patientId,
                        id -> new Member(id, patients.isEmpty() ? null : patients.getFirst(), new ArrayList<>()))
                .memberIds()
                .add(coverage.getString("memberId"));
    }

    static List<Bson> membersPipeline(
            String payerCode,
            @Nullable List<String> patientIds,
            @Nullable List<String> memberIds,
            @Nullable After after,
            int rows) {
        Document filter = filter(payerCode, null, memberIds);
        if (patientIds != null || after != null) {
            var patientId = new Document();
            if (patientIds != null) {
                patientId.append("$in", patientIds);
            }
            if (after != null) {
                patientId.append("$gt", after.id());
            }
            filter.append("patientId", patientId);
        }
        return List.of(
                new Document("$match", filter),
                new Document("$sort", new Document("patientId", 1).append("rank", 1)),
                new Document("$limit", rows + SPARE_ROWS),
                new Document(
                        "$lookup",
                        new Document("from", "patients")
                                .append("localField", "patientId")
                                .append("foreignField", "_id")
                                .append("as", "patients")));
    }

    private static Document filter(String payerCode, @Nullable String patientId, @Nullable List<String> memberIds) {
        var filter = new Document("payerCode", payerCode);
        if (patientId != null) {
            filter.append("patientId", patientId);
        }
        if (memberIds != null) {
            filter.append("memberId", new Document("$in", memberIds));
        }
        return filter;
    }
}
