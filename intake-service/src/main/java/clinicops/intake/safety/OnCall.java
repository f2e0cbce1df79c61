package clinicops.intake.safety;

import clinicops.chassis.Audit;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.outbox.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who is on call, and the writing of the roster. */
@Component
public class OnCall {
    private static final String RESOURCE = "on-call-roster/" + OnCallRoster.ID;

    private final OnCallRosters rosters;
    private final Audit audit;
    private final Transactions transactions;

    OnCall(OnCallRosters rosters, Audit audit, Transactions transactions) {
        this.rosters = rosters;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** Who is called at that moment; empty when nobody is on call. */
    public Optional<OnCallPerson> present(Instant now) {
        return roster().present(now);
    }

    /** @throws RuleViolation {@code nobody-on-call} (422): what might tell of danger is not asked of a patient who is alone */
    public void requireSomebody(Instant now) {
        if (present(now).isEmpty()) {
            throw new RuleViolation(
                    "nobody-on-call", "nobody is on call who could be telephoned if the answers tell of danger");
        }
    }

    OnCallRoster roster() {
        return rosters.ofTheClinic().orElseGet(OnCallRoster::empty);
    }

    OnCallRoster write(@Nullable String ifMatch, @Nullable OnCallPerson standing, List<OnCallRoster.Shift> shifts) {
        return transactions.inTransaction(() -> {
            var present = rosters.ofTheClinic();
            if (ifMatch != null || present.isPresent()) {
                Versions.require(ifMatch, present.map(OnCallRoster::version).orElse(0L), RESOURCE);
            }
            OnCallRoster roster = present.orElseGet(OnCallRoster::empty);
            roster.write(standing, shifts);
            OnCallRoster saved = rosters.save(roster);
            audit.write("write-on-call-roster", RESOURCE, null, saved.version(), null);
            return saved;
        });
    }
}
