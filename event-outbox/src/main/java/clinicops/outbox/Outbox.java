package clinicops.outbox;

import clinicops.contracts.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a command leaves what it has to tell the other services. Rows are inserted in the caller's MongoDB transaction, so
 * an event is sent if, and only if, the change that it tells of was committed; the relay sends it within milliseconds.
 */
public interface Outbox {

    /**
     * Appends the events of one command.
     *
     * @param subject id of the aggregate that the events are about
     * @param sequence the aggregate's version after the command; all events of one command share it and keep their order
     * @throws IllegalStateException when no MongoDB transaction is open: nothing is ever sent without its aggregate
     */
    void append(String subject, long sequence, List<? extends Event> events);

    /**
     * Appends a patient's contact card for {@code clinic.contact}, keyed by the patient.
     *
     * @param sequence the patient's version after the command
     * @param sealed the encrypted card; null sends a tombstone, which erases the card everywhere
     * @throws IllegalStateException when no MongoDB transaction is open
     */
    void appendContact(String patientId, long sequence, @Nullable String sealed);

    /** For commands of several callers that one transaction commits: their events go in by one insert. */
    Gathered gather();

    /** Events that wait to be inserted together, in the order they were appended. For one thread and one transaction. */
    interface Gathered {

        /** As {@link Outbox#append}, with the {@link EventContext} of this moment, but nothing is written yet. */
        void append(String subject, long sequence, List<? extends Event> events);

        /** As {@link Outbox#appendContact}, but nothing is written yet. */
        void appendContact(String patientId, long sequence, @Nullable String sealed);

        /**
         * Inserts what was appended so far.
         *
         * @throws IllegalStateException when no MongoDB transaction is open
         */
        void store();
    }
}
