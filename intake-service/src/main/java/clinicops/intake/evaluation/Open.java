package clinicops.intake.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a draft leaves open. */
final class Open {
    private Open() {}

    static void text(List<String> open, String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            open.add(field);
        }
    }

    static void value(List<String> open, String field, @Nullable Object value) {
        if (value == null) {
            open.add(field);
        }
    }
}
