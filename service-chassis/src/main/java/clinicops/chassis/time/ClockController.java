package clinicops.chassis.time;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.ClockSettings;
import clinicops.chassis.DueWork;
import clinicops.outbox.ConsumerLag;
import clinicops.outbox.OutboxStatus;
import clinicops.outbox.Transactions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The business clock of this service, and whether its work has settled. The front door switches it off with
 * {@code clinicops.clock.endpoint=false}, since there the path speaks for all services.
 */
@RestController
@ConditionalOnBooleanProperty(name = "clinicops.clock.endpoint", matchIfMissing = true)
@Tag(name = "clock")
final class ClockController {
    private final BusinessClock clock;
    private final ClockSettings settings;
    private final List<DueWork> dueWork;
    private final OutboxStatus outbox;
    private final ConsumerLag lag;
    private final Transactions transactions;
    private final Audit audit;

    ClockController(
            BusinessClock clock,
            ClockSettings settings,
            List<DueWork> dueWork,
            OutboxStatus outbox,
            ConsumerLag lag,
            Transactions transactions,
            Audit audit) {
        this.clock = clock;
        this.settings = settings;
        this.dueWork = List.copyOf(dueWork);
        this.outbox = outbox;
        this.lag = lag;
        this.transactions = transactions;
        this.audit = audit;
    }

    /**
     * A service has settled when {@code dueNow} is false and both numbers are 0.
     *
     * @param now business time
     * @param demo whether the clock can be moved
     * @param nextDueAt when the earliest clock-driven item falls due; null when nothing waits for the clock
     * @param dueNow whether that item is due already and waits to be done
     * @param unsentEvents committed events that Kafka has not got yet
     * @param consumerLag records sent to this service and not handled yet; -1 when the broker does not answer
     */
    record ClockState(
            Instant now,
            boolean demo,
            @Nullable Instant nextDueAt,
            boolean dueNow,
            long unsentEvents,
            long consumerLag) {}

    /** @param now where to move the clock; not before its present time */
    record MoveClock(@NotNull Instant now) {}

    @GetMapping("/api/clock")
    @Operation(operationId = "getClock", summary = "The business clock, and whether this service has settled")
    ClockState state() {
        // in the order of cause and effect, so that what one thing leaves behind is seen in the next: a handled record
        // may make
        // work due, and both may append events
        long waiting = lag.total();
        Instant now = clock.instant();
        Instant next = dueWork.stream()
                .map(DueWork::nextDueAt)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(null);
        boolean dueNow = next != null && !next.isAfter(now);
        return new ClockState(now, settings.demo(), next, dueNow, outbox.unsent(), waiting);
    }

    @PutMapping("/api/clock")
    @Operation(
            operationId = "moveClock",
            summary = "Moves the clock of a demo clinic forward",
            description = "409 demo-only in a real clinic, 409 clock-forward-only for a time before now")
    ClockState move(@Valid @RequestBody MoveClock to) {
        transactions.run(() -> {
            settings.moveTo(to.now());
            audit.write("move-clock", "clock/clinic", null, 0, to.now().toString());
        });
        return state();
    }

    @PutMapping("/api/demo-mode")
    @Operation(
            operationId = "turnIntoDemo",
            summary = "Turns an empty clinic into a demo, once and for good",
            description = "409 clinic-not-empty when a patient exists; asking again changes nothing")
    ClockState turnIntoDemo() {
        transactions.run(() -> {
            settings.turnIntoDemo();
            audit.write("turn-into-demo", "clock/clinic", null, 0, null);
        });
        return state();
    }
}
