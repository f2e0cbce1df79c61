package clinicops.billing;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.testing.TestServers;
import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Every query that a list, an event or the clock runs goes by the index that was made for it, and sorts nothing in memory. */
class BillingIndexTest {
    private static final List<String> STATES = List.of("UNKNOWN_PAYER", "SUBMITTED", "DENIED", "GRANTED", "OTHER");
    private static MongoClient client;
    private static MongoTemplate mongo;

    /** Rows enough for the planner to have a reason. */
    @BeforeAll
    static void fillTheCollections() {
        String uri = TestServers.freshDatabase("billing_indexes");
        client = MongoClients.create(uri);
        mongo = new MongoTemplate(client, new ConnectionString(uri).getDatabase());
        new BillingIndexes(mongo);
        for (String collection : mongo.getCollectionNames()) {
            mongo.getCollection(collection)
                    .insertMany(IntStream.range(0, 400)
                            .mapToObj(i -> new Document("_id", "id-" + i)
                                    .append("patientId", i % 50 == 0 ? "p" : "p" + i)
                                    .append("rank", 1)
                                    .append("sessionId", "s" + i)
                                    .append("status", STATES.get(i % 5))
                                    .append("billing", i % 10 == 0 ? "OPEN" : "CLAIMED")
                                    .append("payerCode", i % 20 == 0 ? "A" : "B")
                                    .append("registered", i % 2 == 0)
                                    .append("open", i % 3 == 0))
                            .peek(row -> {
                                if (collection.equals("coverages")) {
                                    row.append("rank", row.getString("_id").hashCode());
                                }
                            })
                            .toList());
        }
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "coverages | {_id: {$gt: ''}} | {_id: 1} | _id",
                "coverages | {patientId: 'p', _id: {$gt: ''}} | {_id: 1} | patientId",
                "coverages | {patientId: 'p', rank: 1} | {} | patientId",
                "coverages | {patientId: {$in: ['p', 'q']}} | {patientId: 1, rank: 1} | patientId",
                "coverages | {status: 'UNKNOWN_PAYER', _id: {$gt: ''}} | {_id: 1} | status",
                "coverages | {payerCode: 'A', status: 'UNKNOWN_PAYER'} | {} | payerCode",
                "payers | {_id: {$gt: ''}} | {_id: 1} | _id",
                "patients | {registered: true} | {} | registered",
                "authorizations | {patientId: 'p', _id: {$gt: ''}} | {_id: 1} | patientId",
                "authorizations | {patientId: 'p', status: 'GRANTED'} | {} | patientId",
                "authorizations | {expiryWarningAt: {$lte: {$date: '2026-01-01T00:00:00Z'}}} | {expiryWarningAt: 1} | expiryWarningAt",
                "authorizations | {expiryWarningAt: {$ne: null}} | {expiryWarningAt: 1} | expiryWarningAt",
                "estimates | {patientId: 'p', open: true} | {_id: 1} | patientId",
                "estimates | {patientId: 'p', _id: {$gt: ''}} | {_id: 1} | patientId",
                "sessions | {billing: 'OPEN', _id: {$gt: ''}} | {_id: 1} | billing",
                "sessions | {patientId: 'p', billing: 'OPEN'} | {_id: 1} | patientId",
                "claims | {_id: {$gt: ''}} | {_id: 1} | _id",
                "claims | {_id: {$gt: ''}, status: 'SUBMITTED'} | {_id: 1} | status",
                "claims | {_id: {$gt: ''}, patientId: 'p'} | {_id: 1} | patientId",
                "claims | {_id: {$gt: ''}, payerCode: 'A'} | {_id: 1} | payerCode",
                "claims | {_id: {$gt: ''}, status: 'DENIED', payerCode: 'A'} | {_id: 1} | payerCode",
                "claims | {$or: [{_id: {$in: ['c']}}, {payerCode: 'A', 'answer.payerClaimNumber': {$in: ['n']}}]} | {} | payerCode",
                "accounts | {statementDueAt: {$lte: {$date: '2026-01-01T00:00:00Z'}}} | {statementDueAt: 1} | statementDueAt",
                "accounts | {statementDueAt: {$ne: null}} | {statementDueAt: 1} | statementDueAt",
                "accounts | {_id: {$in: ['p', 'q']}} | {} | _id",
                "ledger_transactions | {patientId: 'p'} | {_id: -1} | patientId",
                "payments | {patientId: 'p', _id: {$gt: ''}} | {_id: 1} | patientId",
                "statements | {patientId: 'p', _id: {$gt: ''}} | {_id: 1} | patientId",
            })
    void goesByAnIndex(String collection, String filter, String sort, String leadingField) {
        var find = new Document("find", collection)
                .append("filter", Document.parse(filter))
                .append("sort", Document.parse(sort))
                .append("limit", 51);
        String plan = mongo.executeCommand(new Document("explain", find).append("verbosity", "queryPlanner"))
                .get("queryPlanner", Document.class)
                .get("winningPlan", Document.class)
                .toJson();

        assertThat(plan)
                .containsAnyOf("\"keyPattern\": {\"" + leadingField + "\"", "\"IDHACK\"")
                .doesNotContain("COLLSCAN")
                .doesNotContain("\"SORT\"");
    }
}
