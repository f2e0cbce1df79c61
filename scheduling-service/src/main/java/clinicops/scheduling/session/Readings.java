package clinicops.scheduling.session;

import clinicops.scheduling.readiness.TreatmentRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a session asks for its vital signs; the monitor answers. */
public interface Readings {
    /** The last one taken since a moment; empty when there is none. */
    Optional<TreatmentRecord.Reading> last(String sessionId, Instant since);

    /** The last one of each session that has any, for lists. */
    Map<String, TreatmentRecord.Reading> lastOf(Collection<String> sessionIds);

    /** All of one session as staff see them, oldest first. */
    List<VitalsAnswer> of(String sessionId);
}
