package clinicops.scheduling.monitor;

import clinicops.scheduling.readiness.TreatmentRecord;
import clinicops.scheduling.session.Readings;
import clinicops.scheduling.session.VitalsAnswer;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells the sessions of their readings. */
@Component
class StoredReadings implements Readings {
    private final Vitals vitals;
    private final Bedsides bedsides;

    StoredReadings(Vitals vitals, Bedsides bedsides) {
        this.vitals = vitals;
        this.bedsides = bedsides;
    }

    @Override
    public Optional<TreatmentRecord.Reading> last(String sessionId, Instant since) {
        return Optional.ofNullable(bedside(sessionId).reading())
                .filter(reading -> !reading.takenAt().isBefore(since));
    }

    private Bedside bedside(String sessionId) {
        return bedsides.ofSession(sessionId).orElseGet(() -> Bedside.of(sessionId, vitals.ofSession(sessionId)));
    }

    @Override
    public Map<String, TreatmentRecord.Reading> lastOf(Collection<String> sessionIds) {
        if (sessionIds.isEmpty()) {
            return Map.of();
        }
        Map<String, TreatmentRecord.Reading> last = new HashMap<>();
        for (Bedside bedside : bedsides.ofSessions(sessionIds)) {
            TreatmentRecord.Reading reading = bedside.reading();
            if (reading != null) {
                last.put(bedside.sessionId(), reading);
            }
        }
        return last;
    }

    @Override
    public List<VitalsAnswer> of(String sessionId) {
        return vitals.ofSession(sessionId).stream().map(VitalSigns::answer).toList();
    }
}
