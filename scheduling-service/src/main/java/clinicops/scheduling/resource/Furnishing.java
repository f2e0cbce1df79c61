package clinicops.scheduling.resource;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Commands;
import clinicops.chassis.Cursor;
import clinicops.chassis.NotFound;
import clinicops.chassis.Page;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.outbox.Transactions;
import clinicops.scheduling.resource.Means.Kind;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Adds, changes and lists any kind of the clinic's means in one way. */
@Component
class Furnishing {
    private final Commands commands;
    private final Transactions transactions;
    private final Audit audit;
    private final BusinessClock clock;

    Furnishing(Commands commands, Transactions transactions, Audit audit, BusinessClock clock) {
        this.commands = commands;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    <T extends Means> ResponseEntity<T> add(
            Kind kind, @Nullable String key, Object request, Class<T> type, MeansKept<T> kept, Supplier<T> fresh) {
        T added = commands.once(key, request, type, () -> {
            T saved = kept.save(fresh.get());
            audit.write("add-" + kind.code(), kind.named(saved.id()), null, saved.version(), null);
            return saved;
        });
        return ResponseEntity.status(HttpStatus.CREATED).eTag(Versions.etag(1)).body(added);
    }

    /**
     * @throws NotFound 404
     * @throws clinicops.chassis.StaleVersion 412
     * @throws RuleViolation {@code in-the-past} (422) when something is to be retired before today
     */
    <T extends Means> ResponseEntity<T> change(
            Kind kind, String id, @Nullable String ifMatch, MeansKept<T> kept, UnaryOperator<T> change) {
        T changed = transactions.inTransaction(() -> {
            T present = kept.ofClinic(id).orElseThrow(() -> new NotFound(kind.code(), id));
            Versions.require(ifMatch, present.version(), kind.named(id));
            T next = change.apply(present);
            var retiredOn = next.retiredOn();
            if (retiredOn != null
                    && !Objects.equals(retiredOn, present.retiredOn())
                    && retiredOn.isBefore(clock.today())) {
                throw new RuleViolation("in-the-past", "what was there until today can't be gone before")
                        .withField("retiredOn");
            }
            T saved = kept.save(next);
            audit.write("change-" + kind.code(), kind.named(id), null, saved.version(), null);
            return saved;
        });
        return ResponseEntity.ok().eTag(Versions.etag(changed.version())).body(changed);
    }

    <T extends Means> Page<T> page(Kind kind, MeansKept<T> kept, @Nullable Integer limit, @Nullable String cursor) {
        int size = Cursor.limit(limit);
        audit.readList("read-" + kind.code() + "s", List.of());
        return Page.of(
                kept.findByIdGreaterThanOrderById(Cursor.of(cursor).after(), Limit.of(size + 1)), size, Means::id);
    }

    static RuleViolation nameTaken() {
        return RuleViolation.conflict("name-taken", "there is one of that name already")
                .withField("name");
    }

    static RuleViolation usernameTaken() {
        return RuleViolation.conflict("username-taken", "that account is on the roster already")
                .withField("username");
    }
}
