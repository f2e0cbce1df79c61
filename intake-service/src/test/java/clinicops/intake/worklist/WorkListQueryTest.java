package clinicops.intake.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Cursor;
import clinicops.chassis.testing.ServiceTest;
import clinicops.intake.patient.Search;
import clinicops.intake.patient.Urgency;
import com.mongodb.client.MongoClient;
import java.time.LocalDate;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexInfo;

/** Every filter has an index in the list's order: what MongoDB itself says of it. */
@ServiceTest(database = "intake")
class WorkListQueryTest {
    @Autowired
    MongoTemplate mongo;

    @Autowired
    MongoClient client;

    @Test
    void readsItsOrderFromAnIndexAndSortsNothing() {
        assertThat(plan(null, null, null, false)).contains("\"open\"").doesNotContain("SORT");
        assertThat(plan(Stage.CONSENT, null, null, false)).contains("\"stage\"").doesNotContain("SORT");
        assertThat(plan(null, Missing.PHQ_9, null, false))
                .contains("\"missing\"")
                .doesNotContain("SORT");
        assertThat(plan(null, null, Urgency.URGENT, false)).contains("\"open\"").doesNotContain("SORT");
        assertThat(plan(Stage.PLAN, Missing.PLAN, Urgency.URGENT, true))
                .contains("\"safety\"")
                .doesNotContain("SORT");
    }

    @Test
    void goesPastTheUrgentOnesWithoutReadingThem() {
        assertThat(plan(Stage.SCREENING, Missing.PAPERWORK, Urgency.ROUTINE, false))
                .contains("[\\\"01 \\\", \\\"01!\\\")", "[\\\"11 \\\", \\\"11!\\\")")
                .doesNotContain("SORT");
    }

    @Test
    void searchesByIndex() {
        assertThat(searchPlan("nún")).contains(Search.NAMES_INDEX);
        assertThat(searchPlan("6/1/1985")).contains(Search.BIRTH_DATE_INDEX);
        assertThat(searchPlan("555-0123")).contains(Search.PHONE_INDEX);
    }

    @Test
    void countsFromAnIndexAloneWithoutReadingAnybody() {
        Document aggregate = WorkList.counting()
                .toDocument("worklist", Aggregation.DEFAULT_CONTEXT)
                .append("cursor", new Document());
        String plan = mongo.executeCommand(new Document("explain", aggregate).append("verbosity", "queryPlanner"))
                .toJson();
        assertThat(plan)
                .contains("PROJECTION_COVERED")
                .contains("\"indexName\": \"counts\"")
                .doesNotContain("FETCH", "COLLSCAN");
    }

    @Test
    void aDatabaseOfFormerDaysGetsTheIndexesOfToday() {
        var old = new MongoTemplate(client, "intake_of_former_days");
        old.indexOps(WorkRow.class)
                .createIndex(new Index("search.names", Direction.ASC)
                        .on("place", Direction.ASC)
                        .named("search-names"));

        new WorkIndexes(old).afterPropertiesSet();

        assertThat(old.indexOps(WorkRow.class).getIndexInfo())
                .extracting(IndexInfo::getName)
                .contains(Search.NAMES_INDEX)
                .doesNotContain("search-names");
    }

    private String plan(@Nullable Stage stage, @Nullable Missing missing, @Nullable Urgency urgency, boolean safety) {
        return explain(new WorkList.Filter(stage, missing, urgency, safety, null));
    }

    private String searchPlan(String q) {
        return explain(new WorkList.Filter(null, null, null, false, Search.of(q, LocalDate.parse("2026-03-02"))));
    }

    private String explain(WorkList.Filter filter) {
        var query = WorkList.query(filter, Cursor.of(null), 50);
        Document find = new Document("find", "worklist")
                .append("filter", mongo.getConverter().convertToMongoType(query.getQueryObject()))
                .append("sort", query.getSortObject())
                .append("hint", query.getHint());
        String winning = mongo.executeCommand(new Document("explain", find).append("verbosity", "queryPlanner"))
                .get("queryPlanner", Document.class)
                .get("winningPlan", Document.class)
                .toJson();
        assertThat(winning).doesNotContain("COLLSCAN");
        return winning;
    }
}
