package clinicops.scheduling.readiness;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A patient who might be treated.
 *
 * @param drug of the session, without one of the plan in force
 * @param day the clinic's day of the dose
 * @param sessionId null when no session is booked that day
 */
public record PatientAtHand(
        String patientId,
        String drug,
        String route,
        LocalDate day,
        @Nullable String sessionId) {}
