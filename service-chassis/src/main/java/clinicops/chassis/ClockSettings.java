package clinicops.chassis;

import java.time.Instant;

/** Moves the business clock of a demo clinic; a bean. Tests use it as the clock's endpoint does. */
public interface ClockSettings {
    /** True once this clinic was turned into a demo; there is no way back. */
    boolean demo();

    /**
     * Turns an empty clinic into a demo, once and for good. Asking again changes nothing.
     *
     * @throws RuleViolation {@code clinic-not-empty} (409) when a patient exists in this service
     */
    void turnIntoDemo();

    /**
     * Moves the clock forward: for this copy at once, for every request that reaches another copy afterwards, and for what
     * other copies do by themselves within a second.
     *
     * @throws RuleViolation {@code demo-only} (409) in a real clinic, {@code clock-forward-only} (409) for a time before now
     */
    void moveTo(Instant now);
}
