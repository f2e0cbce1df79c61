package clinicops.scheduling.monitor;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.outbox.Transactions;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.session.AtBedside;
import clinicops.scheduling.session.Sessions;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Takes readings in: reading, bedside and audit row in one transaction. */
@Component
class VitalsDesk {
    private final Sessions sessions;
    private final Vitals vitals;
    private final Bedsides bedsides;
    private final Transactions transactions;
    private final Audit audit;
    private final MonitorRules rules;
    private final BusinessClock clock;

    VitalsDesk(
            Sessions sessions,
            Vitals vitals,
            Bedsides bedsides,
            RuleBook book,
            Transactions transactions,
            Audit audit,
            BusinessClock clock) {
        this.sessions = sessions;
        this.vitals = vitals;
        this.bedsides = bedsides;
        this.rules = book.read("vitals-limits", MonitorRules.class);
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
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
        return transactions.inTransaction(() -> {
            AtBedside session = sessions.atBedside(sessionId).orElseThrow(() -> new NotFound("session", sessionId));
            VitalSigns reading = VitalSigns.told(told, session, Caller.current().name(), clock.instant(), rules);
            var known = vitals.already(reading.id());
            if (known.isPresent()) {
                if (!known.get().sameMeasurement(reading)) {
                    throw RuleViolation.conflict("reading-exists", "another reading is on record under this id already")
                            .withField("readingId");
                }
                return new Recorded(known.get(), false);
            }
            Bedside bedside =
                    bedsides.ofSession(sessionId).orElseGet(() -> Bedside.of(sessionId, vitals.ofSession(sessionId)));
            Set<Sign> news = bedside.take(reading, session, rules);
            if (!news.isEmpty()) {
                bedsides.save(bedside);
            }
            VitalSigns saved = vitals.insert(reading);
            audit.write("record-vitals", "session/" + sessionId, session.patientId(), session.version(), null);
            return new Recorded(saved, true);
        });
    }
}
