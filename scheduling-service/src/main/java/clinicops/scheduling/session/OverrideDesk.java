package clinicops.scheduling.session;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.chassis.Versions;
import clinicops.contracts.SchedulingEvent;
import clinicops.outbox.Ids;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import clinicops.scheduling.protocol.RuleBook;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes what nurses ask and prescribers decide, and ends what is open with its session. */
@Component
class OverrideDesk implements SessionFollower {
    private final SessionOverrides overrides;
    private final Sessions sessions;
    private final Outbox outbox;
    private final Transactions transactions;
    private final Audit audit;
    private final OverrideRules rules;
    private final BusinessClock clock;

    OverrideDesk(
            SessionOverrides overrides,
            Sessions sessions,
            Outbox outbox,
            Transactions transactions,
            Audit audit,
            RuleBook book,
            BusinessClock clock) {
        this.overrides = overrides;
        this.sessions = sessions;
        this.outbox = outbox;
        this.transactions = transactions;
        this.audit = audit;
        this.rules = book.read("overrides", OverrideRules.class);
        this.clock = clock;
    }

    /** @throws NotFound 404 for an unknown session */
    SessionOverride ask(String sessionId, List<String> asked, String reason) {
        TreatmentSession session = sessions.ofClinic(sessionId).orElseThrow(() -> new NotFound("session", sessionId));
        SessionOverride override = SessionOverride.ask(
                Ids.next(), session, asked, reason, rules, Caller.current().name(), clock.instant());
        return keep(override, "ask-override", reason, override.asked());
    }

    SessionOverride decide(String id, @Nullable String ifMatch, boolean approve, @Nullable String why) {
        String by = Caller.current().name();
        return transactions.inTransaction(() -> {
            SessionOverride override = overrides.ofClinic(id).orElseThrow(() -> new NotFound("override", id));
            Versions.require(ifMatch, override.version(), override.resource());
            var events = override.decide(approve, why, by, clock.instant());
            return keep(override, approve ? "approve-override" : "refuse-override", why, events);
        });
    }

    @Override
    public void followed(TreatmentSession session, List<SchedulingEvent> events) {
        if (session.state().over()) {
            overrides.ofSessionIn(session.id(), SessionOverride.ASKED).forEach(override -> {
                keep(override, "expire-override", null, override.expire(clock.instant()));
            });
        }
    }

    private SessionOverride keep(
            SessionOverride override, String action, @Nullable String why, List<SchedulingEvent> events) {
        SessionOverride saved = overrides.save(override);
        outbox.append(saved.id(), saved.version(), events);
        audit.write(action, saved.resource(), saved.patientId(), saved.version(), why);
        return saved;
    }
}
