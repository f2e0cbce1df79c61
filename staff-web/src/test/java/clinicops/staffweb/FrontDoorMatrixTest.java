package clinicops.staffweb;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.AccessTable;
import clinicops.chassis.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every endpoint of the front door itself, asked by nobody and by each role, about oneself and about others. */
class FrontDoorMatrixTest extends FrontDoor {
    /** What nobody needs a role for, and why. */
    private static final Set<String> OPEN = Set.of(
            "GET /login", // the token that signing in needs
            "GET /oauth2/jwks", // public keys
            "GET /patient/clinic", // whom to call
            "POST /patient/token"); // a patient's link is its own key

    private static final List<String> UNDONE_BY_A_TEST_OF_ITS_OWN =
            List.of("/api/demo-clinic", "/api/journeys/rebuild", "/api/live");

    @Test
    void everyRouteHasARowAndEveryRowARoute() {
        var mapped = new TreeSet<String>();
        context.getBeansOfType(RequestMappingHandlerMapping.class)
                .values()
                .forEach(mapping -> mapping.getHandlerMethods().forEach((route, handler) -> {
                    if (handler.getBeanType().getName().startsWith("clinicops.")) {
                        route.getPatternValues().forEach(pattern -> route.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> mapped.add(method + " " + pattern)));
                    }
                }));
        mapped.removeAll(OPEN);
        mapped.removeIf(route -> route.endsWith(" /error"));
        mapped.add("GET /v3/api-docs");
        var rows = new TreeSet<String>();
        context.getBean(AccessTable.class).rows().forEach(row -> rows.add(row.method() + " " + row.pattern()));
        assertThat(rows).isEqualTo(mapped);
    }

    @Test
    void eachRoleMayDoWhatItsRowsSayAndNothingElse() {
        Map<Role, String> usernames = new EnumMap<>(Role.class);
        Map<Role, Browser> people = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            String username = account(role);
            var browser = nobody();
            browser.signIn(username, PASSWORD).expect(204);
            usernames.put(role, username);
            people.put(role, browser);
        }
        String other = account(Role.NURSE);
        var complaints = new ArrayList<String>();
        for (var row : context.getBean(AccessTable.class).rows()) {
            String method = row.method().name();
            for (Role role : Role.values()) {
                for (String whose : new String[] {usernames.get(role), other}) {
                    String path = row.pattern().replaceAll("\\{[^/]+}", whose);
                    if (row.roles().contains(role) && UNDONE_BY_A_TEST_OF_ITS_OWN.contains(row.pattern())) {
                        continue;
                    }
                    int status =
                            people.get(role).json(method, path, null, Map.of()).status();
                    boolean right =
                            row.roles().contains(role) ? status != 401 && status != 403 && status < 500 : status == 403;
                    if (!right) {
                        complaints.add("%s %s for %s: %d".formatted(method, path, role.wireName(), status));
                    }
                }
            }
            int nobody = nobody().json(method, row.pattern().replaceAll("\\{[^/]+}", other), null, Map.of())
                    .status();
            if (nobody != 401) {
                complaints.add("%s %s for nobody: %d".formatted(method, row.pattern(), nobody));
            }
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void theWayByTheServicesNameOpensNothingThatTheFrontDoorKeepsShut() {
        var account = Map.of("username", "mole", "name", "Mole", "password", PASSWORD, "roles", List.of("admin"));
        var auditor = as(Role.AUDITOR);
        auditor.post("/api/services/staff-web/staff", account).expect(403, "role");
        auditor.get("/api/services/staff-web/staff").expect(403, "role");
        auditor.get("/api/services/staff-web/audit").expect(200);
        as(Role.NURSE).post("/api/services/staff-web/staff", account).expect(403, "role");
        admin().get("/api/staff/mole").expect(404);
    }

    @Test
    void whatIsMappedWithoutARowIsRefusedEvenToAnAdmin() {
        admin().get("/actuator/env").expect(404, "no-such-route");
        admin().get("/error").expect(404, "no-such-route");
        var wrongMethod =
                admin().json("DELETE", "/api/staff/admin", null, Map.of()).expect(405, "method-not-allowed");
        assertThat(wrongMethod.header("Allow")).hasValue("GET, PUT");
        nobody().get("/actuator/health").expect(200);
        nobody().get("/actuator/health/readiness").expect(200);
    }
}
