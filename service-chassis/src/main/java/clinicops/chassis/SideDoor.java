package clinicops.chassis;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpMethod;

/**
 * A door of a service beside the staff's, for callers who are no staff: tokens of another audience, and a scope for each route.
 * A staff token opens nothing here, and a token for here opens nothing else. What has no row is refused. One bean at most per
 * service.
 *
 * @param path everything below it lies behind this door, for example {@code /patient}
 * @param audience of its tokens; no service's name
 */
public record SideDoor(String path, String audience, List<Row> rows) {
    /**
     * Which tokens open a route.
     *
     * @param pattern exactly as the controller maps it
     * @param scopes any one of them suffices
     */
    public record Row(HttpMethod method, String pattern, Set<String> scopes) {
        public Row {
            if (scopes.isEmpty()) {
                throw new IllegalArgumentException("no scope opens " + method + " " + pattern);
            }
            scopes = Set.copyOf(scopes);
        }

        public static Row open(HttpMethod method, String pattern, String... scopes) {
            return new Row(method, pattern, Set.copyOf(Arrays.asList(scopes)));
        }
    }

    public SideDoor {
        rows = List.copyOf(rows);
        for (Row row : rows) {
            if (!row.pattern().startsWith(path + "/")) {
                throw new IllegalArgumentException(row.pattern() + " is not behind " + path);
            }
        }
    }

    public static SideDoor of(String path, String audience, Row... rows) {
        return new SideDoor(path, audience, List.of(rows));
    }
}
