package clinicops.scheduling.house;

import clinicops.chassis.Role;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.readiness.Blocker;
import clinicops.scheduling.readiness.BlockerSource;
import clinicops.scheduling.readiness.PatientAtHand;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/** No dose in a house that was not looked after today. */
@Component
class House implements BlockerSource, InitializingBean {
    private final HouseChecks checks;
    private final HouseTerms terms;
    private final MongoTemplate mongo;

    House(HouseChecks checks, RuleBook rules, MongoTemplate mongo) {
        this.checks = checks;
        this.terms = rules.read("house-terms", HouseTerms.class);
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        mongo.indexOps(HouseCheck.class)
                .createIndex(
                        new Index("day", Direction.ASC).on("_id", Direction.ASC).named("day"));
    }

    HouseTerms terms() {
        return terms;
    }

    /** The last look at each item of these days. */
    Map<LocalDate, Map<String, HouseCheck>> last(Collection<LocalDate> days) {
        Map<LocalDate, Map<String, HouseCheck>> last = new HashMap<>();
        checks.onDays(days).forEach(check -> last.computeIfAbsent(check.day(), _ -> new HashMap<>())
                .put(check.item(), check));
        return last;
    }

    @Override
    public Map<String, List<Blocker>> of(Collection<PatientAtHand> patients) {
        Set<LocalDate> days = patients.stream().map(PatientAtHand::day).collect(Collectors.toSet());
        Map<LocalDate, Map<String, HouseCheck>> last = last(days);
        Map<String, List<Blocker>> missing = new HashMap<>();
        for (PatientAtHand patient : patients) {
            Map<String, HouseCheck> known = last.getOrDefault(patient.day(), Map.of());
            List<String> open = terms.items().stream()
                    .filter(item -> {
                        HouseCheck check = known.get(item);
                        return check == null || !check.ok();
                    })
                    .toList();
            if (!open.isEmpty()) {
                missing.put(
                        patient.patientId(),
                        List.of(Blocker.sourced(
                                "house-check-missing",
                                "not checked, or not ready: " + String.join(", ", open),
                                terms.source(),
                                Role.NURSE)));
            }
        }
        return missing;
    }
}
