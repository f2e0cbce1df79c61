package clinicops.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * What a published version may become: the same, with optional additions. Everything else needs a new version beside it,
 * because readers of the old one are still running and old events stay in the topics for ever.
 */
final class SchemaEvolution {
    private SchemaEvolution() {}

    /** Why {@code after} may not replace {@code before}; empty when it may. */
    static List<String> forbidden(JsonNode before, JsonNode after) {
        List<String> reasons = new ArrayList<>();
        compare("", before, after, reasons);
        return reasons;
    }

    private static void compare(String path, JsonNode before, JsonNode after, List<String> reasons) {
        String where = path.isEmpty() ? "(root)" : path;
        for (String keyword :
                List.of("type", "format", "const", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength")) {
            if (!before.path(keyword).equals(after.path(keyword))) {
                reasons.add(where + ": " + keyword + " changed");
            }
        }
        List<String> requiredBefore = strings(before.path("required"));
        for (String name : strings(after.path("required"))) {
            if (!requiredBefore.contains(name)) {
                reasons.add(path + "/" + name + ": became required");
            }
        }
        for (String name : requiredBefore) {
            if (!strings(after.path("required")).contains(name)) {
                reasons.add(path + "/" + name + ": no longer required");
            }
        }
        for (var property : before.path("properties").properties()) {
            JsonNode now = after.path("properties").path(property.getKey());
            if (now.isMissingNode()) {
                reasons.add(path + "/" + property.getKey() + ": removed");
            } else {
                compare(path + "/" + property.getKey(), property.getValue(), now, reasons);
            }
        }
        if (before.has("items")) {
            compare(path + "[]", before.path("items"), after.path("items"), reasons);
        }
    }

    private static List<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }
}
