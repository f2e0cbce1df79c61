package clinicops.chassis.together;

import clinicops.outbox.EventContext;
import clinicops.outbox.Ids;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who asked for what another thread does: caller, correlation and trace, so that audit rows and events say the same as if the
 * caller's own thread had written them.
 */
final class OnBehalf {
    private final @Nullable Authentication caller;
    private final String correlationId;
    private final @Nullable String causationId;
    private final @Nullable Map<String, String> trace;

    private OnBehalf(
            @Nullable Authentication caller,
            String correlationId,
            @Nullable String causationId,
            @Nullable Map<String, String> trace) {
        this.caller = caller;
        this.correlationId = correlationId;
        this.causationId = causationId;
        this.trace = trace;
    }

    /** Whoever this thread works for now. */
    static OnBehalf current() {
        return new OnBehalf(
                SecurityContextHolder.getContext().getAuthentication(),
                Objects.requireNonNullElseGet(EventContext.correlationId(), Ids::next),
                EventContext.causationId(),
                MDC.getCopyOfContextMap());
    }

    <R> R run(Supplier<R> work) {
        Map<String, String> before = MDC.getCopyOfContextMap();
        SecurityContext callers = SecurityContextHolder.createEmptyContext();
        callers.setAuthentication(caller);
        try (var _ = EventContext.open(correlationId, causationId)) {
            SecurityContextHolder.setContext(callers);
            trace(trace);
            return work.get();
        } finally {
            SecurityContextHolder.clearContext();
            trace(before);
        }
    }

    private static void trace(@Nullable Map<String, String> lines) {
        if (lines == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(lines);
        }
    }
}
