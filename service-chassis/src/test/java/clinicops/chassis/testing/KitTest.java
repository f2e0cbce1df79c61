package clinicops.chassis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Access;
import clinicops.chassis.Role;
import clinicops.chassis.security.RouteAccess;
import clinicops.chassis.tiny.TinyService;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;

/** The kit finds what it is there to find. */
@ServiceTest(database = "tiny", service = TinyService.class)
class KitTest {
    @Autowired
    ApplicationContext context;

    @Test
    void theMatrixMissesNoRowAndNoRoute() {
        var rows = context.getBean(RouteAccess.class).rows();
        assertThat(AccessMatrix.gaps(context, rows)).isEmpty();
        assertThat(AccessMatrix.gaps(context, rows.subList(1, rows.size()))).containsExactly("POST /api/jars: no row");
        var more = new java.util.ArrayList<>(rows);
        more.add(Access.allow(HttpMethod.GET, "/api/ghosts", Role.NURSE));
        more.add(rows.getFirst());
        assertThat(AccessMatrix.gaps(context, more))
                .containsExactly("GET /api/ghosts: a row, but no such route", "POST /api/jars: 2 rows");
    }

    @Test
    void theMatrixSeesAnAnswerThatDiffersFromItsRow() {
        assertThat(AccessMatrix.ask(context, Access.allow(HttpMethod.GET, "/api/jars", Role.NURSE, Role.BILLER)))
                .isEmpty();
        assertThat(AccessMatrix.ask(context, Access.allow(HttpMethod.GET, "/api/jars", Role.ADMIN)))
                .hasSize(3)
                .anySatisfy(complaint -> assertThat(complaint).contains("403 for admin, who may"))
                .anySatisfy(complaint -> assertThat(complaint).contains("200 for nurse, who may not"));
    }

    @Test
    void theHouseRulesLetSoundCodePass() {
        assertThat(HouseRules.broken("clinicops.chassis.tiny", classesOf("clinicops.chassis.tiny")))
                .isEmpty();
    }

    @Test
    void everyHouseRuleBites() {
        assertThat(HouseRules.broken("clinicops.chassis.wrong", classesOf("clinicops.chassis.wrong"))
                        .keySet())
                .containsExactlyInAnyOrderElementsOf(
                        HouseRules.rules("clinicops.chassis.wrong").keySet());
    }

    private static JavaClasses classesOf(String rootPackage) {
        return new ClassFileImporter().importPackages(rootPackage);
    }

    @Test
    void theApiIsPublishedWithProblemsAndNullability() {
        var api = ServiceDoor.of(context)
                .as("x", Role.NURSE)
                .get("/v3/api-docs")
                .expect(200)
                .body();
        var schemas = api.path("components").path("schemas");
        assertThat(schemas.path("NewJar").path("required").toString())
                .contains("label", "colour", "size", "price", "bestBefore")
                .doesNotContain("lids", "filledAt");
        assertThat(schemas.path("NewJar")
                        .path("properties")
                        .path("filledAt")
                        .path("type")
                        .toString())
                .contains("null");
        assertThat(schemas.path("Problem").path("properties").has("rule")).isTrue();
        assertThat(schemas.has("FieldError")).isTrue();
        assertThat(api.path("paths")
                        .path("/api/jars")
                        .path("post")
                        .path("responses")
                        .has("default"))
                .isTrue();
        assertThat(api.path("paths")
                        .path("/api/jars/import")
                        .path("post")
                        .path("requestBody")
                        .path("content")
                        .has("text/csv"))
                .isTrue();
    }
}
