package clinicops.chassis;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Who did what, whose, why and when. Rows join the caller's transaction, are kept for good, and are sealed into chained blocks
 * within 10 seconds. The caller's name and roles come from {@link Caller#current()}.
 *
 * <p>Resources are named {@code kind/id}, for example {@code patient/0198...}; actions are kebab-case, for example
 * {@code sign-consent}.
 */
public interface Audit {
    /** Somebody looked at one resource. Call before answering. */
    void read(String action, String resource, @Nullable String patientId);

    /** Somebody looked at a list: one row, whatever its length. */
    void readList(String action, Collection<String> patientIds);

    /**
     * Somebody changed a resource. Call inside the change's transaction.
     *
     * @param version the resource's version after the change, as in its ETag
     * @param why the reason that was given; null when none is asked
     */
    void write(String action, String resource, @Nullable String patientId, long version, @Nullable String why);

    /**
     * Somebody was refused: a foreign or unknown id, a route not theirs. The chassis calls it for every 403, and for every
     * {@link NotFound}.
     */
    void refused(String action, String resource);

    /** For changes of several callers that one transaction commits: their rows go in by one insert. */
    default Gathered gather() {
        return new Gathered() {
            @Override
            public void write(
                    String action, String resource, @Nullable String patientId, long version, @Nullable String why) {
                Audit.this.write(action, resource, patientId, version, why);
            }

            @Override
            public void store() {
                // each row was written at once
            }
        };
    }

    /** Rows that wait to be inserted together. For one thread and one transaction. */
    interface Gathered {
        /** As {@link Audit#write}, with the {@link Caller} of this moment; in the database by {@link #store} at the latest. */
        void write(String action, String resource, @Nullable String patientId, long version, @Nullable String why);

        /** Inserts what was written so far. Call inside the changes' transaction. */
        void store();
    }
}
