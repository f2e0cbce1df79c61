package clinicops.billing.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.billing.fhir.InsurerClaims.Wanted;
import clinicops.billing.fhir.SearchQuery.After;
import clinicops.billing.fhir.SearchQuery.Period;
import clinicops.chassis.testing.ServiceTest;
import com.mongodb.client.model.Filters;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;

/** Every search of an insurer goes by an index that begins with its payer code, and sorts nothing but the merged page. */
@ServiceTest(database = "billing")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FhirIndexTest {
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Period SPRING = new Period(MARCH, MARCH.plusSeconds(1_000_000));
    private static final After THERE = new After(MARCH.toEpochMilli() + 500_000, "id-7");

    @Autowired
    private MongoOperations mongo;

    @BeforeAll
    void fill() {
        for (String collection : List.of("claims", "authorizations", "coverages")) {
            mongo.getCollection(collection)
                    .insertMany(IntStream.range(0, 2_000)
                            .mapToObj(i -> new Document("_id", "index-" + collection + i)
                                    .append("payerCode", i % 4 == 0 ? "IDX" : "IDX" + i % 7)
                                    .append("patientId", "index-patient-" + i % 300)
                                    .append("rank", 1 + i)
                                    .append("memberId", "index-member-" + i)
                                    .append("sessionId", "index-session-" + i)
                                    .append(
                                            "status",
                                            List.of("SUBMITTED", "PAID", "DENIED", "REQUESTED", "GRANTED")
                                                    .get(i % 5))
                                    .append("submittedAt", Date.from(MARCH.plusSeconds(i * 600L)))
                                    .append("requestedAt", Date.from(MARCH.plusSeconds(i * 600L))))
                            .toList());
        }
    }

    /** They lack what a real one has; whoever shares the database would stumble. */
    @AfterAll
    void empty() {
        for (String collection : List.of("claims", "authorizations", "coverages")) {
            mongo.getCollection(collection).deleteMany(Filters.regex("_id", "^index-"));
        }
    }

    static Stream<Wanted> searches() {
        return Stream.of(
                wanted(null, null, Period.ALWAYS, false, null),
                wanted(null, null, Period.ALWAYS, true, THERE),
                wanted(null, null, SPRING, false, null),
                wanted(null, null, SPRING, false, THERE),
                wanted(null, null, SPRING, true, THERE),
                wanted(null, false, Period.ALWAYS, false, null),
                wanted(null, true, Period.ALWAYS, false, null),
                wanted(null, false, SPRING, false, THERE),
                wanted(null, true, SPRING, true, THERE),
                wanted("index-patient-8", null, Period.ALWAYS, false, null),
                wanted("index-patient-8", null, SPRING, true, THERE),
                wanted("index-patient-8", false, SPRING, false, THERE));
    }

    private static Wanted wanted(
            @Nullable String patient,
            @Nullable Boolean answered,
            Period created,
            boolean newestFirst,
            @Nullable After after) {
        return new Wanted(
                "IDX", null, patient, answered, created, true, true, newestFirst, after, 21, ClaimResources.FIELDS);
    }

    @ParameterizedTest
    @MethodSource("searches")
    void searchesOneKindByAnIndexWithoutSorting(Wanted wanted) {
        for (String collection : List.of("claims", "authorizations")) {
            var find = new Document("find", collection)
                    .append("filter", InsurerClaims.filter(wanted, collection))
                    .append("sort", InsurerClaims.sort(wanted, InsurerClaims.createdField(collection)))
                    .append("limit", wanted.rows());
            assertThat(plan(find))
                    .contains("\"keyPattern\": {\"payerCode\"")
                    .doesNotContain("COLLSCAN")
                    .doesNotContain("\"SORT\"");
        }
    }

    @Test
    void findsMembersAndCoveragesByAnIndex() {
        assertThat(plan(aggregate("coverages", InsurerMembers.membersPipeline("IDX", null, null, THERE, 21))))
                .contains("\"keyPattern\": {\"payerCode\"")
                .doesNotContain("COLLSCAN");
        assertThat(plan(aggregate(
                        "coverages", InsurerMembers.membersPipeline("IDX", null, List.of("index-member-8"), null, 21))))
                .contains("\"memberId\"")
                .doesNotContain("COLLSCAN");
        var byId = new Document("find", "coverages")
                .append("filter", Document.parse("{payerCode: 'IDX', _id: {$gt: 'a'}}"))
                .append("sort", new Document("_id", 1));
        assertThat(plan(byId))
                .contains("\"keyPattern\": {\"payerCode\"")
                .doesNotContain("COLLSCAN")
                .doesNotContain("\"SORT\"");
    }

    private static Document aggregate(String collection, List<Bson> pipeline) {
        return new Document("aggregate", collection)
                .append("pipeline", pipeline)
                .append("cursor", new Document());
    }

    private String plan(Document command) {
        Document explained = mongo.executeCommand(new Document("explain", command).append("verbosity", "queryPlanner"));
        explained.remove("command");
        var planner = explained.get("queryPlanner", Document.class);
        return planner == null
                ? explained.toJson()
                : planner.get("winningPlan", Document.class).toJson();
    }
}
