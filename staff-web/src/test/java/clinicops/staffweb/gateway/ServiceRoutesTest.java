package clinicops.staffweb.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a service offers to staff is reached through the front door: a screen that asks elsewhere finds nothing. */
class ServiceRoutesTest {
    /** Each service has these; they are asked of one service by its name. */
    private static final Set<String> DIRECT = Set.of("/api/audit", "/api/clock", "/api/dead-letters", "/api/demo-mode");

    @ParameterizedTest
    @ValueSource(strings = {"intake", "scheduling", "billing", "notification"})
    void everyPathThatAServiceDescribesHasItsRoute(String service) {
        var described = JsonMapper.builder()
                .build()
                .readTree(Path.of("..", service + "-service", "src", "main", "openapi", "openapi.json")
                        .toFile());
        List<String> offered = described.path("paths").propertyNames().stream()
                .filter(path -> path.startsWith("/api/"))
                .filter(path -> DIRECT.stream().noneMatch(path::startsWith))
                .toList();

        List<String> prefixes = Objects.requireNonNull(ServiceRoutes.PREFIXES.get(service));
        assertThat(offered).isNotEmpty().allSatisfy(path -> assertThat(prefixes)
                .as(path)
                .anyMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/")));
    }
}
