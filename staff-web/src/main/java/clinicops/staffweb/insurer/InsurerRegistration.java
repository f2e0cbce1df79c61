package clinicops.staffweb.insurer;

import clinicops.chassis.Audit;
import clinicops.chassis.Commands;
import clinicops.chassis.NotFound;
import clinicops.chassis.Versions;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;

/** Registers and changes insurers. */
@Service
class InsurerRegistration {
    private final Insurers insurers;
    private final Commands commands;
    private final Transactions transactions;
    private final Audit audit;

    InsurerRegistration(Insurers insurers, Commands commands, Transactions transactions, Audit audit) {
        this.insurers = insurers;
        this.commands = commands;
        this.transactions = transactions;
        this.audit = audit;
    }

    /** What is remembered of a registration sent twice. */
    private record Registering(String name, String payerCode, String validation, List<InsurerKey> keys) {}

    InsurerView register(
            @Nullable String idempotencyKey,
            String name,
            String payerCode,
            String validation,
            List<Map<String, @Nullable Object>> jwks) {
        List<InsurerKey> keys = PublicKeys.read(jwks);
        var remembered = new Registering(name, payerCode, validation, keys);
        return commands.once(idempotencyKey, remembered, InsurerView.class, () -> {
            Insurer registered = insurers.save(Insurer.register(Ids.next(), payerCode, name, validation, keys));
            audit.write("register-insurer", resource(registered.id()), null, registered.version(), null);
            return InsurerView.of(registered);
        });
    }

    InsurerView change(
            String id,
            @Nullable String ifMatch,
            String name,
            String validation,
            boolean active,
            @Nullable List<Map<String, @Nullable Object>> jwks) {
        List<InsurerKey> keys = jwks == null ? null : PublicKeys.read(jwks);
        return transactions.inTransaction(() -> {
            Insurer insurer = existing(id);
            Versions.require(ifMatch, insurer.version(), resource(id));
            boolean wasActive = insurer.active();
            insurer.change(name, validation, active, keys);
            Insurer changed = insurers.save(insurer);
            audit.write(action(wasActive, active), resource(id), null, changed.version(), null);
            return InsurerView.of(changed);
        });
    }

    InsurerView show(String id) {
        Insurer insurer = existing(id);
        audit.read("read-insurer", resource(id), null);
        return InsurerView.of(insurer);
    }

    List<InsurerView> list(String after, int limit) {
        audit.readList("read-insurers", List.of());
        return insurers.findByIdGreaterThanOrderById(after, Limit.of(limit)).stream()
                .map(InsurerView::of)
                .toList();
    }

    private Insurer existing(String id) {
        return insurers.registered(id).orElseThrow(() -> new NotFound("insurer", id));
    }

    private static String action(boolean wasActive, boolean active) {
        if (wasActive == active) {
            return "change-insurer";
        }
        return active ? "switch-insurer-on" : "switch-insurer-off";
    }

    static String resource(String id) {
        return "insurer/" + id;
    }
}
