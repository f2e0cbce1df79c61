package clinicops.staffweb.gateway;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpHeaders;

/** Headers that go through a passage; every other one stays behind. */
final class PassingHeaders {
    private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    private PassingHeaders(List<String> names) {
        this.names.addAll(names);
    }

    static PassingHeaders named(String... names) {
        return new PassingHeaders(List.of(names));
    }

    void strip(HttpHeaders headers) {
        headers.headerNames().stream()
                .filter(name -> !names.contains(name))
                .toList()
                .forEach(headers::remove);
    }
}
