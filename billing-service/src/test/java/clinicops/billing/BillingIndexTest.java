package clinicops.billing;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceTest;
import org.bson.Document;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;

/** Every query that a list, an event or the clock runs goes by an index, and sorts by none in memory. */
@ServiceTest(database = "billing")
class BillingIndexTest {
    @Autowired
    private MongoOperations mongo;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "coverages      | {_id: {$gt: ''}}                                   | {_id: 1}",
                "coverages      | {patientId: 'p', _id: {$gt: ''}}                   | {_id: 1}",
                "coverages      | {patientId: 'p', rank: 1}                          | {}",
                "coverages      | {patientId: {$in: ['p', 'q']}}                     | {patientId: 1, rank: 1}",
                "coverages      | {status: 'UNKNOWN_PAYER', _id: {$gt: ''}}          | {_id: 1}",
                "coverages      | {payerCode: 'A', status: 'UNKNOWN_PAYER'}          | {}",
                "payers         | {_id: {$gt: ''}}                                   | {_id: 1}",
                "patients       | {registered: true}                                 | {}",
                "authorizations | {patientId: 'p', _id: {$gt: ''}}                   | {_id: 1}",
                "authorizations | {patientId: 'p', status: 'GRANTED'}                | {}",
                "authorizations | {expiryWarningAt: {$lte: {$date: '2026-01-01T00:00:00Z'}}} | {expiryWarningAt: 1}",
                "authorizations | {expiryWarningAt: {$ne: null}}                     | {expiryWarningAt: 1}",
                "estimates      | {patientId: 'p', open: true}                       | {_id: 1}",
                "estimates      | {patientId: 'p', _id: {$gt: ''}}                   | {_id: 1}",
                "sessions       | {billing: 'OPEN', _id: {$gt: ''}}                  | {_id: 1}",
                "sessions       | {patientId: 'p', billing: 'OPEN'}                  | {_id: 1}",
                "claims         | {_id: {$gt: ''}}                                   | {_id: 1}",
                "claims         | {_id: {$gt: ''}, status: 'SUBMITTED'}              | {_id: 1}",
                "claims         | {_id: {$gt: ''}, patientId: 'p'}                   | {_id: 1}",
                "claims         | {_id: {$gt: ''}, payerCode: 'A'}                   | {_id: 1}",
                "claims         | {_id: {$gt: ''}, status: 'DENIED', payerCode: 'A'} | {_id: 1}",
                "accounts       | {statementDueAt: {$lte: {$date: '2026-01-01T00:00:00Z'}}} | {statementDueAt: 1}",
                "accounts       | {statementDueAt: {$ne: null}}                      | {statementDueAt: 1}",
                "accounts       | {_id: {$in: ['p', 'q']}}                           | {}",
                "ledger_transactions | {patientId: 'p'}                              | {_id: -1}",
                "payments       | {patientId: 'p', _id: {$gt: ''}}                   | {_id: 1}",
                "statements     | {patientId: 'p', _id: {$gt: ''}}                   | {_id: 1}",
            })
    void goesByAnIndex(String collection, String filter, String sort) {
        var find = new Document("find", collection)
                .append("filter", Document.parse(filter))
                .append("sort", Document.parse(sort))
                .append("limit", 51);
        String plan = mongo.executeCommand(new Document("explain", find).append("verbosity", "queryPlanner"))
                .get("queryPlanner", Document.class)
                .get("winningPlan", Document.class)
                .toJson();

        assertThat(plan).contains("IXSCAN").doesNotContain("COLLSCAN").doesNotContain("\"SORT\"");
    }
}
