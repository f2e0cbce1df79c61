package clinicops.contracts;

import org.jspecify.annotations.Nullable;

/**
 * A fact that one service tells the others. Carries ids, codes, times and amounts only: never free clinical text, names,
 * addresses or phone numbers (those travel sealed on {@link Topics#CONTACT}).
 *
 * <p>Codes are strings, so that a reader survives a code that it does not know yet. Within a version only optional
 * components may be added; anything else is a new record and a new type beside the old one.
 */
public sealed interface Event permits IntakeEvent, SchedulingEvent, BillingEvent, NotificationEvent, PulseEvent {

    /** The patient whom the fact is about; null when it is about no patient. Patient events are keyed by it. */
    @Nullable
    String patientId();
}
