package clinicops.scheduling.monitor;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.contracts.SchedulingEvent;
import clinicops.outbox.Ids;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.readiness.Pulses;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Raises alarms in the transaction of what caused them, takes acknowledgements, and lets what is not looked at climb. */
@Component
class AlarmDesk {
    private final Alarms alarms;
    private final Outbox outbox;
    private final Audit audit;
    private final Transactions transactions;
    private final AlarmEscalation escalation;
    private final BusinessClock clock;
    private final Pulses pulses;

    AlarmDesk(
            Alarms alarms,
            Outbox outbox,
            Audit audit,
            Transactions transactions,
            RuleBook book,
            BusinessClock clock,
            Pulses pulses) {
        this.alarms = alarms;
        this.outbox = outbox;
        this.audit = audit;
        this.transactions = transactions;
        this.escalation = book.read("alarm-escalation", AlarmEscalation.class);
        this.clock = clock;
        this.pulses = pulses;
    }

    /** What is wrong. */
    record Cause(String kind, Alarm.@Nullable Measured measured) {
        static Cause of(String kind) {
            return new Cause(kind, null);
        }
    }

    /** What is not wrong (any more): kinds of alarm that have no cause now, and since when. */
    record Well(Predicate<String> kinds, Instant since) {}

    /** Those of the sessions that are not closed. */
    List<Alarm> notClosed(Collection<String> sessionIds) {
        return alarms.notClosedOf(sessionIds);
    }

    /**
     * Raises what is new, goes on with what is known, and notes what is over; in the caller's transaction.
     *
     * @param well null when nothing is known to be well
     * @param known those of the session that are not closed; afterwards too
     */
    void judge(Alarm.At at, List<Cause> causes, @Nullable Well well, List<Alarm> known) {
        Instant now = clock.instant();
        for (Cause cause : causes) {
            Alarm same = known.stream()
                    .filter(alarm -> alarm.kind().equals(cause.kind()))
                    .findFirst()
                    .orElse(null);
            if (same == null) {
                known.add(raise(at, cause, now));
            } else {
                boolean anew = same.goesOn(cause.measured(), now, escalation.againAfter());
                alarms.save(same);
                if (anew) {
                    known.remove(same);
                    known.add(raise(at, cause, now));
                }
            }
        }
        if (well != null) {
            Set<String> caused = Set.copyOf(causes.stream().map(Cause::kind).toList());
            known.stream()
                    .filter(alarm -> well.kinds().test(alarm.kind()) && !caused.contains(alarm.kind()))
                    .filter(alarm -> alarm.over(well.since()))
                    .forEach(alarms::save);
            known.removeIf(Alarm::closed);
        }
    }

    private Alarm raise(Alarm.At at, Cause cause, Instant now) {
        Alarm alarm = Alarm.raise(Ids.next(), at, cause.kind(), cause.measured(), now, escalation);
        return keep(alarm, "raise-alarm", cause.kind(), alarm.raised());
    }

    /** The first acknowledgement stands. */
    Alarm acknowledge(String id, boolean artefact) {
        String by = Caller.current().name();
        return transactions.inTransaction(() -> {
            Alarm alarm = alarm(id);
            var events = alarm.acknowledge(by, artefact, clock.instant(), escalation.againAfter());
            return events.isEmpty() ? alarm : keep(alarm, "acknowledge-alarm", artefact ? "artefact" : null, events);
        });
    }

    private Alarm alarm(String id) {
        return alarms.ofClinic(id).orElseThrow(() -> new NotFound("alarm", id));
    }

    /** Ids of those with a step that has fallen due. */
    List<String> escalating(Instant now, int most) {
        return alarms.escalatingBy(now, Limit.of(most)).stream().map(Alarm::id).toList();
    }

    /** Takes the steps that are due, or raises anew what was acknowledged in vain; of several copies of the service one does. */
    void escalate(String id) {
        Instant now = clock.instant();
        transactions.run(() -> alarms.ofClinic(id).ifPresent(alarm -> {
            if (alarm.acknowledgedInVain()) {
                if (alarm.goesOn(null, now, escalation.againAfter())) {
                    alarms.save(alarm);
                    raise(alarm.at(), Cause.of(alarm.kind()), now);
                }
            } else if (alarm.escalate(now, escalation)) {
                keep(alarm, "escalate-alarm", null, List.of());
            }
        }));
    }

    private Alarm keep(Alarm alarm, String action, @Nullable String why, List<SchedulingEvent> events) {
        Alarm saved = alarms.save(alarm);
        pulses.progressed(saved.sessionId(), saved.patientId());
        if (!events.isEmpty()) {
            outbox.append(saved.id(), saved.version(), events);
        }
        audit.write(action, saved.resource(), saved.patientId(), saved.version(), why);
        return saved;
    }
}
