package clinicops.scheduling.monitor;

import clinicops.scheduling.readiness.TreatmentRecord;
import clinicops.scheduling.session.Readings;
import clinicops.scheduling.session.VitalsAnswer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Tells the sessions of their readings. */
@Component
class StoredReadings implements Readings {
    private final Vitals vitals;

    StoredReadings(Vitals vitals) {
        this.vitals = vitals;
    }

    @Override
    public Optional<TreatmentRecord.Reading> last(String sessionId, Instant since) {
        return vitals.ofSessionSince(sessionId, since, Limit.of(1)).stream()
                .findFirst()
                .map(VitalSigns::reading);
    }

    @Override
    public Map<String, TreatmentRecord.Reading> lastOf(Collection<String> sessionIds) {
        return vitals.ofSessions(sessionIds).stream()
                .collect(Collectors.toMap(VitalSigns::sessionId, VitalSigns::reading, (_, later) -> later));
    }

    @Override
    public List<VitalsAnswer> of(String sessionId) {
        return vitals.ofSession(sessionId).stream().map(VitalSigns::answer).toList();
    }
}
