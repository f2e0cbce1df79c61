package clinicops.scheduling.monitor;

import static clinicops.scheduling.monitor.AtTheChair.BASELINE;
import static clinicops.scheduling.monitor.AtTheChair.RULES;
import static clinicops.scheduling.monitor.AtTheChair.wellBut;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.scheduling.readiness.TreatmentRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The limits of each route and phase, and of the patient's own baseline. */
class AlarmPolicyTest {
    private final AlarmPolicy policy = new AlarmPolicy(RULES);

    static List<Arguments> everyRouteAndPhase() {
        List<Arguments> all = new ArrayList<>();
        for (String route : List.of("iv", "im", "nasal")) {
            for (Phase phase : Phase.values()) {
                all.add(Arguments.of(route, phase));
            }
        }
        return all;
    }

    private List<String> kinds(
            String route, Phase phase, TreatmentRecord.@Nullable Reading baseline, Map<Sign, Integer> values) {
        return policy.breaches(route, phase, baseline, values).stream()
                .map(AlarmPolicy.Breach::kind)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("everyRouteAndPhase")
    void atTheLimitIsWellAndBeyondItIsNot(String route, Phase phase) {
        record Edge(Sign sign, int well, int beyond, String kind) {}
        for (Edge edge : List.of(
                new Edge(Sign.SYSTOLIC, 180, 181, "systolic-high"),
                new Edge(Sign.SYSTOLIC, 90, 89, "systolic-low"),
                new Edge(Sign.DIASTOLIC, 110, 111, "diastolic-high"),
                new Edge(Sign.SPO2, 92, 91, "spo2-low"),
                new Edge(Sign.HEART_RATE, 120, 121, "heart-rate-high"),
                new Edge(Sign.HEART_RATE, 45, 44, "heart-rate-low"),
                new Edge(Sign.RESPIRATORY_RATE, 10, 9, "respiratory-rate-low"),
                new Edge(Sign.MOAAS, 4, 3, "sedation"))) {
            assertThat(kinds(route, phase, null, wellBut(edge.sign(), edge.well())))
                    .as("%s %s", edge.sign(), edge.well())
                    .isEmpty();
            assertThat(kinds(route, phase, null, wellBut(edge.sign(), edge.beyond())))
                    .as("%s %s", edge.sign(), edge.beyond())
                    .containsExactly(edge.kind());
            assertThat(kinds(route, phase, null, Map.of(edge.sign(), edge.beyond())))
                    .as("%s alone", edge.sign())
                    .containsExactly(edge.kind());
        }
    }

    @ParameterizedTest
    @CsvSource({"SYSTOLIC, 160, 161, systolic-rise", "DIASTOLIC, 100, 101, diastolic-rise", "SPO2, 93, 92, spo2-drop"})
    void duringAndAfterTheDoseTheOwnBaselineCounts(Sign sign, int well, int beyond, String kind) {
        for (Arguments routeAndPhase : everyRouteAndPhase()) {
            String route = (String) routeAndPhase.get()[0];
            Phase phase = (Phase) routeAndPhase.get()[1];
            assertThat(kinds(route, phase, BASELINE, wellBut(sign, well))).isEmpty();
            List<String> beyondIt = kinds(route, phase, BASELINE, wellBut(sign, beyond));
            if (phase == Phase.PRE_DOSE) {
                assertThat(beyondIt).as("%s before the dose", route).isEmpty();
            } else {
                assertThat(beyondIt).as("%s %s", route, phase).containsExactly(kind);
            }
            assertThat(kinds(route, phase, null, wellBut(sign, beyond)))
                    .as("without a baseline")
                    .isEmpty();
        }
    }

    @Test
    void aPatientWithHighPressureIsMeasuredByTheirOwn() {
        var high = new TreatmentRecord.Reading(BASELINE.takenAt(), 150, 92, 98, 70);
        assertThat(kinds("iv", Phase.DOSING, high, wellBut(Sign.SYSTOLIC, 178))).isEmpty();
        assertThat(kinds("iv", Phase.DOSING, BASELINE, wellBut(Sign.SYSTOLIC, 178)))
                .containsExactly("systolic-rise");
        // a pressure beyond the limit of all is told once, not twice
        assertThat(kinds("iv", Phase.DOSING, BASELINE, wellBut(Sign.SYSTOLIC, 190)))
                .containsExactly("systolic-high");
    }

    @Test
    void theLimitThatWasBrokenIsNamed() {
        assertThat(policy.breaches("iv", Phase.DOSING, BASELINE, Map.of(Sign.SPO2, 89)))
                .containsExactly(new AlarmPolicy.Breach("spo2-low", Sign.SPO2, 89, 92));
        assertThat(policy.breaches("iv", Phase.DOSING, BASELINE, Map.of(Sign.MOAAS, 2)))
                .containsExactly(new AlarmPolicy.Breach("sedation", Sign.MOAAS, 2, 4));
    }

    @ParameterizedTest
    @MethodSource("everyRouteAndPhase")
    void whatIsDrawnIsWhatIsJudged(String route, Phase phase) {
        var high = new TreatmentRecord.Reading(BASELINE.takenAt(), 150, 92, 96, 70);
        for (var baseline : new TreatmentRecord.Reading[] {null, BASELINE, high}) {
            for (ChairLimits.SignLimits edge : policy.edges(route, phase, baseline)) {
                Sign sign = java.util.Arrays.stream(Sign.values())
                        .filter(one -> one.field().equals(edge.sign()))
                        .findFirst()
                        .orElseThrow();
                if (edge.lowest() != null) {
                    assertThat(kinds(route, phase, baseline, Map.of(sign, edge.lowest())))
                            .as("%s lowest", sign)
                            .isEmpty();
                    assertThat(kinds(route, phase, baseline, Map.of(sign, edge.lowest() - 1)))
                            .as("%s below %s", sign, edge)
                            .hasSize(1);
                }
                if (edge.highest() != null) {
                    assertThat(kinds(route, phase, baseline, Map.of(sign, edge.highest())))
                            .as("%s highest", sign)
                            .isEmpty();
                    assertThat(kinds(route, phase, baseline, Map.of(sign, edge.highest() + 1)))
                            .as("%s above %s", sign, edge)
                            .hasSize(1);
                }
            }
        }
        assertThat(policy.edges(route, phase, BASELINE).stream().anyMatch(ChairLimits.SignLimits::highestByBaseline))
                .isEqualTo(phase != Phase.PRE_DOSE);
    }
}
