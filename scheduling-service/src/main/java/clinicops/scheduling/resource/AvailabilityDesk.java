package clinicops.scheduling.resource;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Commands;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps the rules of availability: each change with its audit row in one transaction. */
@Component
public class AvailabilityDesk {
    private final AvailabilityRules rules;
    private final Rosters rosters;
    private final Commands commands;
    private final Transactions transactions;
    private final Audit audit;
    private final BusinessClock clock;

    AvailabilityDesk(
            AvailabilityRules rules,
            Rosters rosters,
            Commands commands,
            Transactions transactions,
            Audit audit,
            BusinessClock clock) {
        this.rules = rules;
        this.rosters = rosters;
        this.commands = commands;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /** @throws RuleViolation {@code unknown-resource} (422), or what {@link Availability#check} refuses */
    Availability add(@Nullable String key, AvailabilityRequest request) {
        return commands.once(key, request, Availability.class, () -> {
            Availability rule = rules.save(sound(request.rule(Ids.next(), 0)));
            audit.write("add-availability", resource(rule.id()), null, rule.version(), null);
            return rule;
        });
    }

    Availability change(String id, @Nullable String ifMatch, AvailabilityRequest request) {
        return transactions.inTransaction(() -> {
            Availability present = present(id, ifMatch);
            Availability rule = rules.save(sound(request.rule(id, present.version())));
            audit.write("change-availability", resource(id), null, rule.version(), null);
            return rule;
        });
    }

    void remove(String id, @Nullable String ifMatch) {
        transactions.run(() -> {
            Availability present = present(id, ifMatch);
            rules.delete(present);
            audit.write("remove-availability", resource(id), null, present.version(), null);
        });
    }

    /**
     * The clinic as it would be if that were so; nothing is written.
     *
     * @param replaces the rule in whose place it would come; null for a further one
     * @throws RuleViolation as {@link #add}
     */
    public Roster tried(AvailabilityRequest request, @Nullable String replaces) {
        return rosters.with(sound(request.rule(replaces == null ? "" : replaces, 0)));
    }

    private Availability sound(Availability rule) {
        rule.check(clock.clinicZone(), clock.today());
        if (!rosters.knows(rule.of())) {
            throw new RuleViolation("unknown-resource", "the clinic has no such resource").withField("of");
        }
        return rule;
    }

    private Availability present(String id, @Nullable String ifMatch) {
        Availability present = rules.ofClinic(id).orElseThrow(() -> new NotFound("availability", id));
        Versions.require(ifMatch, present.version(), resource(id));
        return present;
    }

    private static String resource(String id) {
        return "availability/" + id;
    }
}
