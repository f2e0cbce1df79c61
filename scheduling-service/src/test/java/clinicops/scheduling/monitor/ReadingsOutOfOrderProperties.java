package clinicops.scheduling.monitor;

import static clinicops.scheduling.monitor.AtTheChair.CHECK_IN;
import static clinicops.scheduling.monitor.AtTheChair.RULES;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.scheduling.session.AtBedside;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Readings late, shuffled, by clocks that are hours off, and twice: the record is the same. */
class ReadingsOutOfOrderProperties {
    private final AtBedside session = AtTheChair.session("iv", Phase.RECOVERING);

    /** A reading as it was, and how it was told. */
    record Way(int second, Map<Sign, Integer> values, int delaySeconds, int skewMinutes, int times) {}

    @Provide
    Arbitrary<List<Way>> ways() {
        Arbitrary<Map<Sign, Integer>> values = Combinators.combine(
                        Arbitraries.integers().between(85, 100),
                        Arbitraries.integers().between(80, 200),
                        Arbitraries.of(true, false))
                .as((spo2, systolic, full) -> {
                    Map<Sign, Integer> set =
                            full ? AtTheChair.wellBut(Sign.SYSTOLIC, systolic) : new EnumMap<>(Sign.class);
                    set.put(Sign.SPO2, spo2);
                    return set;
                });
        return Combinators.combine(
                        Arbitraries.integers().between(0, 120 * 60),
                        values,
                        Arbitraries.integers().between(0, 3 * 60 * 60),
                        Arbitraries.of(0, 3, -3, 60, -60, 11 * 60, -11 * 60),
                        Arbitraries.integers().between(1, 3))
                .as(Way::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    /** What was recorded, as far as it tells of the patient. */
    private record Record(Map<String, String> readings, Map<Sign, Bedside.Newest> newest) {}

    private Record record(List<VitalSigns> arrivals) {
        Map<String, VitalSigns> kept = new TreeMap<>();
        Bedside bedside = Bedside.of("session");
        for (VitalSigns reading : arrivals) {
            if (kept.putIfAbsent(reading.id(), reading) == null) {
                bedside.take(reading, session, RULES);
            }
        }
        Map<String, String> readings = new TreeMap<>();
        kept.forEach((id, reading) -> readings.put(
                id, reading.takenAt() + " " + reading.values() + " " + reading.doubts() + " " + reading.alarms()));
        assertThat(Bedside.of("session", List.copyOf(kept.values())).newest()).isEqualTo(bedside.newest());
        return new Record(readings, bedside.newest());
    }

    private VitalSigns arrival(int number, Way way, int delaySeconds, int skewMinutes) {
        Instant takenAt = CHECK_IN.plusSeconds(way.second());
        Instant sentAt = takenAt.plusSeconds(delaySeconds);
        Duration skew = Duration.ofMinutes(skewMinutes);
        return VitalSigns.told(
                AtTheChair.told(
                        new UUID(0, number).toString(),
                        takenAt.plus(skew),
                        sentAt.plus(skew),
                        VitalsSource.DEVICE,
                        way.values()),
                session,
                "monitor",
                sentAt,
                RULES);
    }

    @Property(tries = 300)
    void theRecordIsTheSame(@ForAll("ways") List<Way> ways, @ForAll Random random) {
        List<VitalSigns> atOnce = new ArrayList<>();
        List<VitalSigns> offline = new ArrayList<>();
        for (int i = 0; i < ways.size(); i++) {
            Way way = ways.get(i);
            atOnce.add(arrival(i, way, 0, 0));
            for (int time = 0; time < way.times(); time++) {
                offline.add(arrival(i, way, way.delaySeconds() + 60 * time, way.skewMinutes()));
            }
        }
        Collections.shuffle(offline, random);

        assertThat(record(offline)).isEqualTo(record(atOnce));
    }
}
