package clinicops.chassis.testing;

import clinicops.chassis.Access;
import clinicops.chassis.Role;
import clinicops.chassis.SideDoor;
import clinicops.chassis.security.RouteAccess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Asks every route as every role, and as nobody, and compares with the access table. Resources in paths are unknown ids and no
 * body is sent, so allowed calls end as 4xx at the latest in the controller and change nothing.
 */
public final class AccessMatrix {
    private static final String UNKNOWN = "00000000-0000-7000-8000-000000000000";

    private AccessMatrix() {}

    /** Fails when a mapped route has no row, a row no route, or an answer differs from the row. */
    public static void verify(ApplicationContext context) {
        List<Access> rows = context.getBean(RouteAccess.class).rows();
        var complaints = new ArrayList<>(gaps(context, rows));
        for (Access row : rows) {
            complaints.addAll(ask(context, row));
        }
        context.getBeanProvider(SideDoor.class)
                .forEach(door -> door.rows().forEach(row -> complaints.addAll(ask(context, door, row))));
        if (!complaints.isEmpty()) {
            throw new AssertionError(
                    complaints.size() + " differences from the access table:\n" + String.join("\n", complaints));
        }
    }

    /** Routes without a row and rows without a route. */
    static List<String> gaps(ApplicationContext context, List<Access> rows) {
        var mapped = new TreeSet<String>();
        context.getBeansOfType(RequestMappingHandlerMapping.class)
                .values()
                .forEach(mapping -> mapping.getHandlerMethods().forEach((route, handler) -> {
                    if (!handler.getBeanType().getName().startsWith("clinicops.")
                            || route.getPatternValues().contains("/error")) {
                        return;
                    }
                    var methods = route.getMethodsCondition().getMethods();
                    for (String pattern : route.getPatternValues()) {
                        if (methods.isEmpty()) {
                            mapped.add("ANY " + pattern);
                        }
                        methods.forEach(method -> mapped.add(method + " " + pattern));
                    }
                }));
        Map<String, Integer> inTable = new HashMap<>();
        rows.forEach(row -> inTable.merge(row.method() + " " + row.pattern(), 1, Integer::sum));
        context.getBeanProvider(SideDoor.class).forEach(door -> door.rows()
                .forEach(row -> inTable.merge(row.method() + " " + row.pattern(), 1, Integer::sum)));

        var gaps = new ArrayList<String>();
        mapped.stream().filter(route -> !inTable.containsKey(route)).forEach(route -> gaps.add(route + ": no row"));
        inTable.keySet().stream()
                .filter(route -> !mapped.contains(route) && !route.endsWith(" /v3/api-docs"))
                .sorted()
                .forEach(route -> gaps.add(route + ": a row, but no such route"));
        inTable.forEach((route, count) -> {
            if (count > 1) {
                gaps.add(route + ": " + count + " rows");
            }
        });
        return gaps;
    }

    static List<String> ask(ApplicationContext context, Access row) {
        var complaints = new ArrayList<String>();
        String path = row.pattern().replaceAll("\\{[^/]+}", UNKNOWN);
        String route = row.method() + " " + row.pattern();
        var door = ServiceDoor.of(context);

        int nobody = door.send(row.method().name(), path, null).status();
        if (nobody != 401) {
            complaints.add(route + ": " + nobody + " without a token, wanted 401");
        }
        for (Role role : Role.values()) {
            boolean allowed = row.roles().contains(role);
            if (allowed && row.pattern().equals("/api/demo-mode")) {
                // it takes no body and can't be undone
                continue;
            }
            var answer =
                    door.as("matrix-" + role.wireName(), role).send(row.method().name(), path, null);
            boolean right = allowed
                    ? answer.status() != 401 && answer.status() != 403 && answer.status() < 500
                    : answer.status() == 403;
            if (!right) {
                complaints.add("%s: %d for %s, who %s (%s); allowed are %s"
                        .formatted(
                                route,
                                answer.status(),
                                role.wireName(),
                                allowed ? "may" : "may not",
                                answer.rule(),
                                row.roles().stream().map(Role::wireName).collect(Collectors.joining(", "))));
            }
        }
        return complaints;
    }

    /** Nobody, no staff and no other scope opens a side door; that the right one does, a service's own tests show. */
    private static List<String> ask(ApplicationContext context, SideDoor sideDoor, SideDoor.Row row) {
        var complaints = new ArrayList<String>();
        String path = row.pattern().replaceAll("\\{[^/]+}", UNKNOWN);
        String route = row.method() + " " + row.pattern();
        var door = ServiceDoor.of(context);
        int nobody = door.send(row.method().name(), path, null).status();
        if (nobody != 401) {
            complaints.add(route + ": " + nobody + " without a token, wanted 401");
        }
        int staff = door.as("matrix-staff", Role.values())
                .send(row.method().name(), path, null)
                .status();
        if (staff != 401) {
            complaints.add(route + ": " + staff + " for staff, wanted 401");
        }
        var scopes = new TreeSet<>(Set.of("", "matrix"));
        sideDoor.rows().forEach(other -> scopes.addAll(other.scopes()));
        scopes.removeAll(row.scopes());
        for (String scope : scopes) {
            String token = TestTokens.bearer("matrix", sideDoor.audience(), claims -> claims.claim("scope", scope));
            int status = door.with("Authorization", token)
                    .send(row.method().name(), path, null)
                    .status();
            if (status != 403) {
                complaints.add(route + ": " + status + " for the scope '" + scope + "', wanted 403");
            }
        }
        return complaints;
    }
}
