package clinicops.chassis;

import clinicops.outbox.EventContext;
import clinicops.outbox.Ids;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.concurrent.DelegatingSecurityContextCallable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who asked, and in which request: for a thread that does the work of several, so that each row names the right one. */
public final class Asked {
    private final SecurityContext by;
    private final String correlationId;
    private final @Nullable String causationId;

    private Asked(SecurityContext by, String correlationId, @Nullable String causationId) {
        this.by = by;
        this.correlationId = correlationId;
        this.causationId = causationId;
    }

    /** What this thread works for now. */
    public static Asked now() {
        return new Asked(
                SecurityContextHolder.getContext(),
                Objects.requireNonNullElseGet(EventContext.correlationId(), Ids::next),
                EventContext.causationId());
    }

    /** Runs work in whose audit rows and events the one who asked is named. */
    public <R> R call(Supplier<R> work) {
        try (var _ = EventContext.open(correlationId, causationId)) {
            return new DelegatingSecurityContextCallable<>(work::get, by).call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a supplier throws nothing else", e);
        }
    }
}
