package clinicops.outbox;

import org.jspecify.annotations.Nullable;

/**
 * What set off the work of this thread. Events appended inside carry it. The inbox opens one per event; the chassis opens one
 * per HTTP request.
 */
public final class EventContext {

    private record Current(String correlationId, @Nullable String causationId) {}

    private static final ThreadLocal<@Nullable Current> CURRENT = new ThreadLocal<>();

    private EventContext() {}

    /**
     * Opens a context until the returned scope is closed; use with try.
     *
     * @param correlationId shared by everything that one request from outside sets off
     * @param causationId id of the event being handled; null when a request is
     */
    public static Scope open(String correlationId, @Nullable String causationId) {
        Current before = CURRENT.get();
        CURRENT.set(new Current(correlationId, causationId));
        return () -> {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        };
    }

    /** Null outside of any context. */
    public static @Nullable String correlationId() {
        Current current = CURRENT.get();
        return current == null ? null : current.correlationId();
    }

    /** Id of the event being handled; null when none is. */
    public static @Nullable String causationId() {
        Current current = CURRENT.get();
        return current == null ? null : current.causationId();
    }

    /** An open context. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
