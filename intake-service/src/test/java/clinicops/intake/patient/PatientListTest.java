package clinicops.intake.patient;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Cursor;
import clinicops.chassis.testing.ServiceTest;
import com.mongodb.client.MongoClient;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexInfo;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/** Every query has an index: what MongoDB itself says of it. */
@ServiceTest(database = "intake")
class PatientListTest {
    @Autowired
    MongoTemplate mongo;

    @Autowired
    MongoClient client;

    @Test
    void listsByIndex() {
        assertThat(plan(new PatientList.Filter(null, null, null))).contains("_id_");
        assertThat(plan(new PatientList.Filter(PatientStatus.CLEARED, null, null)))
                .contains("status");
        assertThat(plan(new PatientList.Filter(null, search("nún"), null))).contains(Search.NAMES_INDEX);
        assertThat(plan(new PatientList.Filter(null, search("6/1/1985"), null))).contains("search-birth-date");
        assertThat(plan(new PatientList.Filter(null, search("555-0123"), null))).contains("search-phone");
        assertThat(plan(new PatientList.Filter(null, null, List.of("a", "b")))).contains("_id_");
    }

    @Test
    void findsExpiredClearancesAndImportedReferralsByIndex() {
        assertThat(explain(new Query(Criteria.where("clearances.expiresAt").lte(Instant.EPOCH))))
                .contains("clearance-expiry");
        assertThat(explain(new Query(Criteria.where("referral.importKey").is("gp|1"))))
                .contains("import-key");
    }

    @Test
    void ordersManyOfOneNameBeforeReadingThem() {
        String plan = plan(new PatientList.Filter(null, search("nún"), null));

        assertThat(plan.indexOf("FETCH")).isLessThan(plan.indexOf("SORT")).isNotNegative();
    }

    @Test
    void aDatabaseOfFormerDaysGetsTheIndexesOfToday() {
        var old = new MongoTemplate(client, "intake_of_former_days");
        old.indexOps(Patient.class)
                .createIndex(new Index("names", Direction.ASC)
                        .on("_id", Direction.ASC)
                        .named("search-names"));
        old.indexOps(Patient.class)
                .createIndex(new Index("search.names", Direction.ASC)
                        .on("_id", Direction.ASC)
                        .named("search-by-name"));

        new PatientIndexes(old).afterPropertiesSet();
        new PatientIndexes(old).afterPropertiesSet();

        assertThat(old.indexOps(Patient.class).getIndexInfo())
                .extracting(IndexInfo::getName)
                .contains(Search.NAMES_INDEX)
                .doesNotContain("search-names", "search-by-name");
    }

    private static Search search(String q) {
        return Search.of(q, LocalDate.parse("2026-03-02"));
    }

    private String plan(PatientList.Filter filter) {
        return explain(PatientList.query(filter, Cursor.of(null), 50));
    }

    private String explain(Query query) {
        Document find = new Document("find", "patients")
                .append("filter", mongo.getConverter().convertToMongoType(query.getQueryObject()))
                .append("sort", query.getSortObject());
        if (query.getHint() != null) {
            find.append("hint", query.getHint());
        }
        Document plan = mongo.executeCommand(new Document("explain", find).append("verbosity", "queryPlanner"));
        String winning = plan.get("queryPlanner", Document.class)
                .get("winningPlan", Document.class)
                .toJson();
        assertThat(winning).doesNotContain("COLLSCAN");
        return winning;
    }
}
