package clinicops.scheduling.readiness;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.NotFound;
import clinicops.chassis.PatientsPresent;
import clinicops.outbox.ConsumerLag;
import clinicops.scheduling.protocol.Protocol;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Asks the policy about patients as they are known now. */
@Component
public class Readiness implements PatientsPresent {
    private final PatientFactsByPatient factsByPatient;
    private final TreatmentRecords records;
    private final ReadinessPolicy policy;
    private final ConsumerLag lag;
    private final BusinessClock clock;

    Readiness(
            PatientFactsByPatient factsByPatient,
            TreatmentRecords records,
            Protocol protocol,
            ConsumerLag lag,
            BusinessClock clock) {
        this.factsByPatient = factsByPatient;
        this.records = records;
        this.policy = new ReadinessPolicy(protocol);
        this.lag = lag;
        this.clock = clock;
    }

    /** @throws NotFound for a patient whom nobody told of */
    public PatientFacts facts(String patientId) {
        return factsByPatient.of(patientId).orElseThrow(() -> new NotFound("patient", patientId));
    }

    /**
     * Facts that a booking depends on, written again in its transaction: a withdrawal or a second booking at the same moment
     * conflicts with this one instead of passing it unseen.
     */
    public PatientFacts hold(String patientId) {
        return factsByPatient.save(facts(patientId));
    }

    /** @param days of the sessions wanted; empty asks for the plan's number of sessions from today */
    public Verdict forBooking(PatientFacts facts, List<LocalDate> days) {
        return policy.forBooking(facts, record(facts.patientId()), clock.today(), days);
    }

    /** @param today the session at hand, whose own dose does not count as given before */
    public Verdict forTreating(PatientFacts facts, TreatmentRecord.Today today) {
        TreatmentRecord record = record(facts.patientId());
        return policy.forTreating(
                facts,
                new TreatmentRecord(record.doses(), record.openReview(), record.upcomingSessions(), today),
                clock.today(),
                clock.instant());
    }

    /** The day of the patient's last dose and what else their sessions tell. */
    public TreatmentRecord record(String patientId) {
        return records.of(List.of(patientId), clock.today()).getOrDefault(patientId, TreatmentRecord.NONE);
    }

    @Override
    public boolean any() {
        return factsByPatient.anyPatient();
    }

    ReadinessAnswer of(String patientId) {
        return answer(facts(patientId), record(patientId));
    }

    /** Patients whom nobody told of are left out. */
    List<ReadinessAnswer> ofAll(Collection<String> patientIds) {
        List<PatientFacts> known = factsByPatient.ofAll(patientIds);
        Map<String, TreatmentRecord> treated =
                records.of(known.stream().map(PatientFacts::patientId).toList(), clock.today());
        return known.stream()
                .map(facts -> answer(facts, treated.getOrDefault(facts.patientId(), TreatmentRecord.NONE)))
                .toList();
    }

    private ReadinessAnswer answer(PatientFacts facts, TreatmentRecord record) {
        Verdict booking = policy.forBooking(facts, record, clock.today(), List.of());
        Verdict treating = policy.forTreating(facts, record, clock.today(), clock.instant());
        Map<String, Blocker> byRule = new LinkedHashMap<>();
        booking.blockers().forEach(blocker -> byRule.put(blocker.rule(), blocker));
        treating.blockers()
                .forEach(blocker -> byRule.merge(
                        blocker.rule(), blocker, (known, again) -> known.blocking(ReadinessPolicy.TREATING)));
        return new ReadinessAnswer(
                facts.patientId(),
                booking.clear(),
                treating.clear(),
                List.copyOf(byRule.values()),
                treating.softHolds(),
                lag.lastCaughtUp());
    }
}
