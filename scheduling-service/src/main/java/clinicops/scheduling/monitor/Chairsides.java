package clinicops.scheduling.monitor;

import clinicops.scheduling.session.VitalsAnswer;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tells lists what is known at many chairs, in three queries however many there are. */
@Component
public class Chairsides {
    private final Bedsides bedsides;
    private final Vitals vitals;
    private final Alarms alarms;

    Chairsides(Bedsides bedsides, Vitals vitals, Alarms alarms) {
        this.bedsides = bedsides;
        this.vitals = vitals;
        this.alarms = alarms;
    }

    /** @return every session asked for */
    public Map<String, Chairside> of(Collection<String> sessionIds) {
        if (sessionIds.isEmpty()) {
            return Map.of();
        }
        Map<String, Bedside> known = bedsides.ofSessions(sessionIds).stream()
                .collect(Collectors.toMap(Bedside::sessionId, Function.identity()));
        Map<String, VitalsAnswer> readings = vitals
                .ofIds(known.values().stream()
                        .flatMap(bedside -> bedside.newest().values().stream())
                        .map(Bedside.Newest::reading)
                        .distinct()
                        .toList())
                .stream()
                .collect(Collectors.toMap(VitalSigns::id, VitalSigns::answer));
        Map<String, List<Alarm>> sounding =
                alarms.notClosedOf(sessionIds).stream().collect(Collectors.groupingBy(Alarm::sessionId));
        Map<String, Chairside> all = new HashMap<>();
        for (String session : sessionIds) {
            Bedside bedside = known.get(session);
            List<Chairside.OpenAlarm> open = sounding.getOrDefault(session, List.of()).stream()
                    .sorted(Comparator.comparing(Alarm::raisedAt))
                    .map(Chairside.OpenAlarm::of)
                    .toList();
            all.put(
                    session,
                    bedside == null
                            ? new Chairside(List.of(), null, null, open)
                            : new Chairside(
                                    newest(bedside, readings), bedside.reading(), bedside.nextReadingDueAt(), open));
        }
        return all;
    }

    private static List<VitalsAnswer> newest(Bedside bedside, Map<String, VitalsAnswer> readings) {
        return bedside.newest().values().stream()
                .map(Bedside.Newest::reading)
                .distinct()
                .map(readings::get)
                .filter(java.util.Objects::nonNull)
                .sorted(Comparator.comparing(VitalsAnswer::takenAt))
                .toList();
    }
}
