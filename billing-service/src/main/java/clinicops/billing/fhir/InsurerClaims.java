package clinicops.billing.fhir;

import clinicops.billing.fhir.SearchQuery.After;
import clinicops.billing.fhir.SearchQuery.Period;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * What was sent to one payer: claims and prior authorizations, never another payer's. The rows come as they are stored, without
 * the way through aggregates.
 */
@Component
class InsurerClaims {
    static final String CLAIMS = "claims";
    static final String AUTHORIZATIONS = "authorizations";
    private static final Comparator<Document> OLDEST_FIRST =
            Comparator.comparing(ResponseResources::position).thenComparing(row -> row.getString("_id"));
    private static final List<String> ANSWERED_CLAIM = List.of("PAID", "DENIED", "WRITTEN_OFF");
    private static final List<String> ANSWERED_AUTHORIZATION = List.of("GRANTED", "DENIED");

    private final MongoOperations mongo;

    InsurerClaims(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /**
     * @param ids only these; null for any
     * @param answered whether there is a ClaimResponse; null for either
     * @param claims whether claims are wanted
     * @param authorizations whether prior authorizations are wanted
     * @param rows at most this many
     * @param fields that the answer is made of
     */
    record Wanted(
            String payerCode,
            @Nullable List<String> ids,
            @Nullable String patientId,
            @Nullable Boolean answered,
            Period created,
            boolean claims,
            boolean authorizations,
            boolean newestFirst,
            @Nullable After after,
            int rows,
            List<String> fields) {}

    /** The claim or authorization of that id, when it was sent to that payer. */
    Optional<Document> one(String payerCode, String id, List<String> fields) {
        Bson own = Filters.and(Filters.eq("_id", id), Filters.eq("payerCode", payerCode));
        Bson projection = Projections.include(fields);
        Document claim = collection(CLAIMS).find(own).projection(projection).first();
        return Optional.ofNullable(
                claim != null
                        ? claim
                        : collection(AUTHORIZATIONS)
                                .find(own)
                                .projection(projection)
                                .first());
    }

    /**
     * At most as many rows as wanted, in order. Both kinds are two finds, each by its own index: the database needs a third more
     * for one pipeline over both, and it shows no more of one moment than they do.
     */
    List<Document> page(Wanted wanted) {
        List<Document> claims = wanted.claims() ? rows(wanted, CLAIMS) : List.of();
        // no id is of both kinds
        boolean complete = wanted.ids() != null
                && claims.size() == Set.copyOf(wanted.ids()).size();
        List<Document> authorizations = wanted.authorizations() && !complete ? rows(wanted, AUTHORIZATIONS) : List.of();
        if (claims.isEmpty() || authorizations.isEmpty()) {
            return claims.isEmpty() ? authorizations : claims;
        }
        return Stream.concat(claims.stream(), authorizations.stream())
                .sorted(wanted.newestFirst() ? OLDEST_FIRST.reversed() : OLDEST_FIRST)
                .limit(wanted.rows())
                .toList();
    }

    private List<Document> rows(Wanted wanted, String collection) {
        return collection(collection)
                .find(filter(wanted, collection))
                .projection(Projections.include(wanted.fields()))
                .sort(sort(wanted, createdField(collection)))
                .limit(wanted.rows())
                .into(new ArrayList<>(wanted.rows()));
    }

    static Document sort(Wanted wanted, String created) {
        int direction = wanted.newestFirst() ? -1 : 1;
        return new Document(created, direction).append("_id", direction);
    }

    static Document filter(Wanted wanted, String collection) {
        boolean claims = collection.equals(CLAIMS);
        String created = createdField(collection);
        var filter = new Document("payerCode", wanted.payerCode());
        if (wanted.ids() != null) {
            filter.append("_id", new Document("$in", wanted.ids()));
        }
        if (wanted.patientId() != null) {
            filter.append("patientId", wanted.patientId());
        }
        if (wanted.answered() != null) {
            filter.append("status", status(claims, wanted.answered()));
        }
        var range = new Document();
        Period period = wanted.created();
        if (period.from() != null) {
            range.append("$gte", Date.from(period.from()));
        }
        if (period.until() != null) {
            range.append("$lt", Date.from(period.until()));
        }
        After after = wanted.after();
        if (after != null) {
            Date at = new Date(after.at());
            String beyond = wanted.newestFirst() ? "$lt" : "$gt";
            // the range lets the index begin at the cursor; the alternative drops those of the same moment that were
            // shown
            String bound = wanted.newestFirst() ? "$lte" : "$gte";
            if (wanted.newestFirst() ? !tighterEnd(period, after) : !tighterStart(period, after)) {
                range.remove(wanted.newestFirst() ? "$lt" : "$gte");
                range.append(bound, at);
            }
            filter.append(
                    "$or",
                    List.of(
                            new Document(created, new Document(beyond, at)),
                            new Document(created, at).append("_id", new Document(beyond, after.id()))));
        }
        if (!range.isEmpty()) {
            filter.append(created, range);
        }
        return filter;
    }

    private static boolean tighterStart(Period period, After after) {
        return period.from() != null && period.from().toEpochMilli() > after.at();
    }

    private static boolean tighterEnd(Period period, After after) {
        return period.until() != null && period.until().toEpochMilli() <= after.at();
    }

    private static Object status(boolean claims, boolean answered) {
        if (!answered) {
            return claims ? "SUBMITTED" : "REQUESTED";
        }
        return new Document("$in", claims ? ANSWERED_CLAIM : ANSWERED_AUTHORIZATION);
    }

    /** When the payer was asked. */
    static String createdField(String collection) {
        return collection.equals(CLAIMS) ? "submittedAt" : "requestedAt";
    }

    private MongoCollection<Document> collection(String name) {
        return mongo.getCollection(name);
    }
}
