package clinicops.scheduling.monitor;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.contracts.SchedulingEvent;
import clinicops.outbox.Transactions;
import clinicops.scheduling.monitor.AlarmDesk.Cause;
import clinicops.scheduling.monitor.AlarmDesk.Well;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.readiness.Pulses;
import clinicops.scheduling.session.AtBedside;
import clinicops.scheduling.session.Sessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Takes readings in: reading, bedside, alarms and audit row in one transaction. */
@Component
class VitalsDesk {
    private final Sessions sessions;
    private final Vitals vitals;
    private final Bedsides bedsides;
    private final AlarmDesk alarms;
    private final Transactions transactions;
    private final Audit audit;
    private final MonitorRules rules;
    private final AlarmPolicy policy;
    private final BusinessClock clock;
    private final Pulses pulses;

    VitalsDesk(
            Sessions sessions,
            Vitals vitals,
            Bedsides bedsides,
            AlarmDesk alarms,
            RuleBook book,
            Transactions transactions,
            Audit audit,
            BusinessClock clock,
            Pulses pulses) {
        this.sessions = sessions;
        this.vitals = vitals;
        this.bedsides = bedsides;
        this.alarms = alarms;
        this.rules = book.read("vitals-limits", MonitorRules.class);
        this.policy = new AlarmPolicy(rules);
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
        this.pulses = pulses;
    }

    /** @param fresh false when the same reading was there already */
    record Recorded(VitalSigns reading, boolean fresh) {}

    /**
     * Appends a reading. The same one sent again changes nothing.
     *
     * @throws NotFound 404
     * @throws RuleViolation {@code session-state} (409) before check-in; {@code reading-exists} (409) for other values under
     *     a known {@code readingId}; {@code no-values}, and of a nurse's reading {@code implausible} and
     *     {@code blood-pressure} (422)
     */
    Recorded record(String sessionId, VitalsRequest told) {
        try {
            return transactions.inTransaction(() -> take(sessionId, told));
        } catch (DuplicateKeyException e) {
            return alreadyThere(sessionId, told).orElseThrow(() -> e);
        }
    }

    /** The reading under the same id; empty when something else was there twice. */
    private Optional<Recorded> alreadyThere(String sessionId, VitalsRequest told) {
        VitalSigns reading = reading(session(sessionId), told);
        return vitals.already(reading.id()).map(known -> {
            if (!known.sameMeasurement(reading)) {
                throw RuleViolation.conflict("reading-exists", "another reading is on record under this id already")
                        .withField("readingId");
            }
            return new Recorded(known, false);
        });
    }

    private AtBedside session(String id) {
        return sessions.atBedside(id).orElseThrow(() -> new NotFound("session", id));
    }

    private VitalSigns reading(AtBedside session, VitalsRequest told) {
        return VitalSigns.told(told, session, Caller.current().name(), clock.instant(), rules);
    }

    /** Nearly every reading is new: the unique id finds the few that are not, and no other has to look first. */
    private Recorded take(String sessionId, VitalsRequest told) {
        AtBedside session = session(sessionId);
        // before the reading is there: without a bedside it is made of those that were
        Bedside bedside = bedside(sessionId);
        VitalSigns reading = vitals.insert(reading(session, told));
        Set<Sign> news = bedside.take(reading, session, rules);
        if (!news.isEmpty()) {
            sound(reading, news, bedside, session);
            bedsides.save(bedside);
        }
        pulses.progressed(sessionId, session.patientId());
        audit.write("record-vitals", "session/" + sessionId, session.patientId(), session.version(), null);
        return new Recorded(reading, true);
    }

    private Bedside bedside(String sessionId) {
        return bedsides.ofSession(sessionId).orElseGet(() -> Bedside.of(sessionId, vitals.ofSession(sessionId)));
    }

    /** Alarms by what is now the newest; an old reading that comes late changes what is known, not what is the matter now. */
    private void sound(VitalSigns reading, Set<Sign> news, Bedside bedside, AtBedside session) {
        List<AlarmPolicy.Breach> breaches = breaches(reading.values(), reading.takenAt(), session).stream()
                .filter(breach -> news.contains(breach.sign()))
                .toList();
        // a device's probe slips: its low saturation counts when it stays
        boolean lowLongEnough = !reading.ofDevice() || bedside.tellLowSpo2(reading.takenAt(), rules);
        List<Cause> causes = breaches.stream()
                .filter(breach -> breach.sign() != Sign.SPO2 || lowLongEnough)
                .map(breach -> cause(breach, reading.takenAt()))
                .toList();
        Set<String> broken = breaches.stream().map(AlarmPolicy.Breach::kind).collect(Collectors.toSet());
        Instant due = bedside.nextReadingDueAt();
        boolean inTime = due == null || clock.instant().isBefore(due);
        alarms.judge(
                at(session),
                causes,
                new Well(
                        kind -> kind.equals("reading-overdue")
                                ? inTime
                                : !broken.contains(kind) && news.contains(AlarmPolicy.signOf(kind)),
                        reading.takenAt()));
    }

    private List<AlarmPolicy.Breach> breaches(Map<Sign, Integer> values, Instant takenAt, AtBedside session) {
        return policy.breaches(session.route(), Phase.at(takenAt, session), session.baseline(), values);
    }

    private static Cause cause(AlarmPolicy.Breach breach, Instant takenAt) {
        return new Cause(breach.kind(), new Alarm.Measured(breach.value(), breach.limit(), takenAt));
    }

    /** The clock looks at a chair: is a reading overdue, has a low saturation lasted? */
    void check(String sessionId) {
        transactions.run(() -> bedsides.ofSession(sessionId).ifPresent(bedside -> {
            AtBedside session = sessions.atBedside(sessionId).orElseThrow();
            Instant now = clock.instant();
            List<Cause> causes = new ArrayList<>();
            if (bedside.tellOverdue(now, rules)) {
                causes.add(Cause.of("reading-overdue"));
            }
            Bedside.Newest spo2 = bedside.newest().get(Sign.SPO2);
            if (bedside.tellLowSpo2(now, rules) && spo2 != null) {
                breaches(Map.of(Sign.SPO2, spo2.value()), spo2.takenAt(), session)
                        .forEach(breach -> causes.add(cause(breach, spo2.takenAt())));
            }
            bedsides.save(bedside);
            if (!causes.isEmpty()) {
                alarms.judge(at(session), causes, null);
            }
        }));
    }

    /** A session has gone on; in its transaction. */
    void follow(AtBedside session, List<SchedulingEvent> events) {
        Bedside bedside = bedside(session.id());
        List<Cause> causes = new ArrayList<>();
        for (SchedulingEvent event : events) {
            switch (event) {
                case SchedulingEvent.RescueDrugGiven given -> bedside.recheckAfterRescue(given.givenAt(), rules);
                case SchedulingEvent.HelpCalled _ -> causes.add(Cause.of("help"));
                case SchedulingEvent.PatientLeftAgainstAdvice _ -> causes.add(Cause.of("left-against-advice"));
                case SchedulingEvent.NoteOverdue _ -> causes.add(Cause.of("note-overdue"));
                case SchedulingEvent.PatientTransferred _ -> causes.add(Cause.of("transferred"));
                default -> {
                    // nothing at the chair depends on it
                }
            }
        }
        bedside.follow(session, rules);
        bedsides.save(bedside);
        boolean over = session.state().over();
        boolean signed = events.stream().anyMatch(SchedulingEvent.NoteSigned.class::isInstance);
        if (over || !causes.isEmpty()) {
            alarms.judge(
                    at(session),
                    causes,
                    over ? new Well(kind -> signed || !kind.equals("note-overdue"), clock.instant()) : null);
        }
    }

    private static Alarm.At at(AtBedside session) {
        return new Alarm.At(
                session.id(),
                session.patientId(),
                session.place().chairId(),
                session.place().nurseId());
    }
}
