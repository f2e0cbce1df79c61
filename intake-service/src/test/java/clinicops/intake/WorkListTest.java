package clinicops.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

@ServiceTest(database = "intake")
class WorkListTest {
    @Autowired
    ApplicationContext context;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    @Test
    void followsAPatientToTheClearances() {
        String id = clinic.refer("family_name", "Worklistington");
        assertThat(only("worklistington").path("stage").asString()).isEqualTo("screening");
        assertThat(missing("worklistington")).contains("paperwork", "phq-9", "c-ssrs", "plan");

        clinic.screen(id, Clinic.screening()).expect(200);

        assertThat(only("worklistington").path("stage").asString()).isEqualTo("clearance");
        assertThat(only("worklistington").path("nextAction").asString()).isEqualTo("give-clearances");
        assertThat(missing("worklistington")).contains("medical-clearance").doesNotContain("phq-9");
    }

    @Test
    void showsWhomSafetyConcernsFirstThenTheUrgent() {
        clinic.refer("family_name", "Orderly", "given_name", "Calm");
        clinic.refer("family_name", "Orderly", "given_name", "Urgent", "urgency", "urgent");
        String endangered = clinic.refer("family_name", "Orderly", "given_name", "Endangered");
        clinic.screen(endangered, Clinic.highRisk()).expect(200);

        assertThat(given("q=orderly")).containsExactly("Endangered", "Urgent", "Calm");
        assertThat(given("q=orderly&safety=true")).containsExactly("Endangered");
        assertThat(given("q=orderly&urgency=urgent")).containsExactly("Urgent");
        assertThat(given("q=orderly&stage=safety-review")).containsExactly("Endangered");
        assertThat(given("q=orderly&missing=phq-9")).containsExactly("Urgent", "Calm");
    }

    @Test
    void comesPageByPage() {
        for (String given : List.of("A", "B", "C")) {
            clinic.refer("family_name", "Pagewood", "given_name", given);
        }
        var seen = new ArrayList<String>();
        String cursor = "";
        do {
            var page = clinic.nurse()
                    .get("/api/worklist?q=pagewood&limit=2&cursor=" + cursor)
                    .expect(200)
                    .body();
            page.path("items").forEach(item -> seen.add(item.path("givenName").asString()));
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());

        assertThat(seen).containsExactly("A", "B", "C");
    }

    @Test
    void countsEachStageAsTheListShowsIt() {
        long screening = counted("screening", "urgent", false);
        long inDanger = counted("safety-review", "routine", true);
        clinic.refer("urgency", "urgent");
        clinic.screen(clinic.refer(), Clinic.highRisk()).expect(200);

        assertThat(counted("screening", "urgent", false)).isEqualTo(screening + 1);
        assertThat(counted("safety-review", "routine", true)).isEqualTo(inDanger + 1);
        clinic.biller().get("/api/worklist/counts").expect(403);
    }

    private long counted(String stage, String urgency, boolean flagged) {
        return clinic.nurse()
                .get("/api/worklist/counts")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(count -> count.path("stage").asString().equals(stage)
                        && count.path("urgency").asString().equals(urgency)
                        && count.path("safetyFlag").asBoolean() == flagged)
                .mapToLong(count -> count.path("patients").asLong())
                .sum();
    }

    @Test
    void refusesFiltersThatItDoesNotKnow() {
        clinic.nurse().get("/api/worklist?stage=limbo").expect(400, "stage");
        clinic.nurse().get("/api/worklist?missing=patience").expect(400, "missing");
        clinic.nurse().get("/api/worklist?q=12").expect(400, "q");
        clinic.biller().get("/api/worklist").expect(403);
    }

    private List<String> given(String query) {
        return clinic.frontDesk()
                .get("/api/worklist?" + query)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .map(item -> item.path("givenName").asString())
                .toList();
    }

    private List<String> missing(String q) {
        return only(q).path("missing").valueStream().map(JsonNode::asString).toList();
    }

    private JsonNode only(String q) {
        var items = clinic.frontDesk()
                .get("/api/worklist?q=" + q)
                .expect(200)
                .body()
                .path("items");
        assertThat(items.size()).isEqualTo(1);
        return items.path(0);
    }
}
