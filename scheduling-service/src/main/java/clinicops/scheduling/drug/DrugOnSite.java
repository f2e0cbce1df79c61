package clinicops.scheduling.drug;

import clinicops.chassis.Role;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.readiness.Blocker;
import clinicops.scheduling.readiness.BlockerSource;
import clinicops.scheduling.readiness.PatientAtHand;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** No dose of a drug that is not on site for this patient. */
@Component
class DrugOnSite implements BlockerSource {
    private final StockLots lots;
    private final DrugDraws draws;
    private final DrugTerms terms;

    DrugOnSite(StockLots lots, DrugDraws draws, RuleBook rules) {
        this.lots = lots;
        this.draws = draws;
        this.terms = rules.read("drug-terms", DrugTerms.class);
    }

    @Override
    public Map<String, List<Blocker>> of(Collection<PatientAtHand> patients) {
        List<PatientAtHand> asked =
                patients.stream().filter(one -> terms.controls(one.drug())).toList();
        List<StockLot> onHand =
                lots.onHand(asked.stream().map(PatientAtHand::drug).collect(Collectors.toSet()));
        // the last of a shipment may be in this patient's syringe
        Set<String> drawn =
                draws
                        .ofSessions(asked.stream()
                                .map(PatientAtHand::sessionId)
                                .filter(Objects::nonNull)
                                .toList())
                        .stream()
                        .map(DrugDraw::sessionId)
                        .collect(Collectors.toSet());
        Map<String, List<Blocker>> missing = new HashMap<>();
        for (PatientAtHand one : asked) {
            boolean there = one.sessionId() != null && drawn.contains(one.sessionId())
                    || onHand.stream()
                            .anyMatch(lot -> lot.drug().equals(one.drug()) && lot.serves(one.patientId(), one.day()));
            if (!there) {
                missing.put(
                        one.patientId(),
                        List.of(Blocker.sourced(
                                "drug-not-on-site",
                                "no " + one.drug() + " for this patient is in stock",
                                terms.source(),
                                Role.NURSE,
                                Role.PRESCRIBER)));
            }
        }
        return missing;
    }
}
