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
}
