package clinicops.contracts;

import java.time.Instant;
import java.util.List;

/**
 * What scheduling tells the screens: something looks different from now on, look again. No fact that anything is built from:
 * several changes within a moment make one, a day later it is gone, and one that is lost costs a minute. Topic {@link
 * Topics#PULSES}.
 */
public sealed interface PulseEvent extends Event {

    /**
     * Whether a patient can be booked or treated, or what stands against it, is another than before.
     *
     * @param rules what stands against either, by name
     */
    record ReadinessChanged(String patientId, boolean canBook, boolean canTreat, List<String> rules, Instant changedAt)
            implements PulseEvent {}

    /** A session has gone on, or a reading, a dose or an alarm was written down in it. */
    record SessionProgressed(String sessionId, String patientId, Instant progressedAt) implements PulseEvent {}
}
