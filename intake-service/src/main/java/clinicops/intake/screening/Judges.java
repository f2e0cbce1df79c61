package clinicops.intake.screening;

import clinicops.intake.rulebook.Approved;
import clinicops.intake.rulebook.RuleBook;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Every version of the rules, read and parsed once. */
@Component
class Judges {
    private final Map<String, Judge> byVersion = new LinkedHashMap<>();
    private final Judge inUse;

    Judges(RuleBook book) {
        var index = book.read("contraindications/versions", "contraindications", Index.class);
        for (String version : index.versions()) {
            var rules = book.read("contraindications/" + version, "contraindications", RuleSet.class);
            if (!rules.version().equals(version)) {
                throw new IllegalStateException("contraindications/" + version + ".json is another version");
            }
            byVersion.put(version, new Judge(rules));
        }
        inUse = Objects.requireNonNull(byVersion.get(index.versions().getLast()));
    }

    /** @param versions oldest first; the last is in use */
    record Index(
            String id, String version, String source, String approver, LocalDate effectiveFrom, List<String> versions)
            implements Approved {}

    Judge inUse() {
        return inUse;
    }

    /** @throws IllegalStateException when that version has gone from the class path, which must never be */
    Judge of(String version) {
        var judge = byVersion.get(version);
        if (judge == null) {
            throw new IllegalStateException("the rule set " + version + " is gone");
        }
        return judge;
    }
}
