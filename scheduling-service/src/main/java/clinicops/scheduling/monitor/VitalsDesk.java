package clinicops.scheduling.monitor;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.outbox.Transactions;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.session.AtBedside;
import clinicops.scheduling.session.Sessions;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Takes readings in: reading and audit row in one transaction. */
@Component
class VitalsDesk {
    private final Sessions sessions;
    private final Vitals vitals;
    private final Transactions transactions;
    private final Audit audit;
    private final Protocol protocol;
    private final BusinessClock clock;

    VitalsDesk(
            Sessions sessions,
            Vitals vitals,
            Transactions transactions,
            Audit audit,
            Protocol protocol,
            BusinessClock clock) {
        this.sessions = sessions;
        this.vitals = vitals;
        this.transactions = transactions;
        this.audit = audit;
        this.protocol = protocol;
        this.clock = clock;
    }

    /** What {@link #record} answers: {@code recorded} is false when the same reading was there already. */
    record Recorded(VitalSigns reading, boolean fresh) {}

    /**
     * Appends a reading. The same one sent again changes nothing.
     *
     * @throws RuleViolation {@code vitals-in-the-future}, {@code vitals-before-check-in}, {@code vitals-after-the-end},
     *     {@code blood-pressure} (422); {@code session-state}, {@code reading-exists} (409)
     */
    Recorded record(String id, VitalsRequest request) {
        return transactions.inTransaction(() -> {
            AtBedside session = sessions.atBedside(id).orElseThrow(() -> new NotFound("session", id));
            VitalSigns reading = reading(session, request);
            var known = vitals.already(reading.id());
            if (known.isPresent()) {
                if (!known.get().sameMeasurement(reading)) {
                    throw RuleViolation.conflict(
                                    "reading-exists", "another reading of that moment is on record already")
                            .withField("takenAt");
                }
                return new Recorded(known.get(), false);
            }
            VitalSigns saved = vitals.insert(reading);
            audit.write("record-vitals", "session/" + id, session.patientId(), session.version(), null);
            return new Recorded(saved, true);
        });
    }

    private VitalSigns reading(AtBedside session, VitalsRequest request) {
        Instant checkedInAt = session.checkedInAt();
        if (checkedInAt == null) {
            throw RuleViolation.conflict(
                    "session-state",
                    "vital signs are recorded from check-in on; the session is "
                            + session.state().code());
        }
        Instant takenAt = Instant.ofEpochMilli(request.takenAt().toEpochMilli());
        Instant now = clock.instant();
        if (takenAt.isAfter(now.plus(protocol.vitals().clockTolerance()))) {
            throw new RuleViolation("vitals-in-the-future", "a reading can't be taken in the future")
                    .withField("takenAt");
        }
        if (takenAt.isBefore(checkedInAt)) {
            throw new RuleViolation("vitals-before-check-in", "the reading was taken before check-in")
                    .withField("takenAt");
        }
        Instant end = session.endedAt();
        if (end != null && takenAt.isAfter(end)) {
            throw new RuleViolation("vitals-after-the-end", "the session was over when the reading was taken")
                    .withField("takenAt");
        }
        if (request.systolic() <= request.diastolic()) {
            throw new RuleViolation("blood-pressure", "the systolic pressure is above the diastolic one")
                    .withField("systolic");
        }
        return new VitalSigns(
                VitalSigns.id(session.id(), takenAt, by()),
                session.id(),
                session.patientId(),
                by(),
                takenAt,
                now,
                request.systolic(),
                request.diastolic(),
                request.spo2(),
                request.heartRate(),
                request.respiratoryRate(),
                request.moaas(),
                request.cadss6(),
                VitalSigns.alarms(
                        protocol.vitals().alarm(),
                        request.systolic(),
                        request.diastolic(),
                        request.spo2(),
                        request.heartRate(),
                        request.respiratoryRate(),
                        request.moaas()),
                protocol.vitals().header().reference());
    }

    private static String by() {
        return Caller.current().name();
    }
}
