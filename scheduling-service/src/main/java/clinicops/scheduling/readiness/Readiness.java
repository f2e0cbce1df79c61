package clinicops.scheduling.readiness;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.NotFound;
import clinicops.chassis.PatientsPresent;
import clinicops.outbox.ConsumerLag;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.protocol.RuleBook;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Asks the policy about patients as they are known now. */
@Component
public class Readiness implements PatientsPresent {
    private static final List<String> TOLD_BY = List.of("intake", "billing");

    private final PatientFactsByPatient factsByPatient;
    private final MongoOperations mongo;
    private final TreatmentRecords records;
    private final ReadinessPolicy policy;
    private final ConsumerLag lag;
    private final BusinessClock clock;
    private final ObjectProvider<BlockerSource> others;

    Readiness(
            PatientFactsByPatient factsByPatient,
            MongoOperations mongo,
            TreatmentRecords records,
            Protocol protocol,
            RuleBook book,
            ConsumerLag lag,
            BusinessClock clock,
            ObjectProvider<BlockerSource> others) {
        this.factsByPatient = factsByPatient;
        this.mongo = mongo;
        this.records = records;
        this.policy = new ReadinessPolicy(protocol, book.read("readiness-terms", ReadinessTerms.class));
        this.lag = lag;
        this.clock = clock;
        this.others = others;
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
        PatientFacts held = mongo.findAndModify(
                Query.query(Criteria.where("_id").is(patientId)),
                new Update().inc("version", 1),
                FindAndModifyOptions.options().returnNew(true),
                PatientFacts.class);
        if (held == null) {
            throw new NotFound("patient", patientId);
        }
        return held;
    }

    /** @param days of the sessions wanted; empty asks for the plan's number of sessions from today */
    public Verdict forBooking(PatientFacts facts, List<LocalDate> days) {
        return forBooking(facts, record(facts.patientId()), days);
    }

    /** For who needs the record too. */
    public Verdict forBooking(PatientFacts facts, TreatmentRecord record, List<LocalDate> days) {
        return policy.forBooking(facts, record, clock.today(), days);
    }

    /**
     * For sessions of a course that is booked already: what stands against them on other days.
     *
     * @param days of the sessions that are still to come
     */
    public Verdict forMoving(PatientFacts facts, List<LocalDate> days) {
        TreatmentRecord record = record(facts.patientId());
        return policy.forBooking(
                facts, new TreatmentRecord(record.doses(), record.openReview(), false, null), clock.today(), days);
    }

    /** @param today the session at hand, whose own dose does not count as given before */
    public Verdict forTreating(PatientFacts facts, TreatmentRecord.Today today) {
        TreatmentRecord record = record(facts.patientId());
        return policy.forTreating(
                facts,
                new TreatmentRecord(record.doses(), record.openReview(), record.upcomingSessions(), today),
                clock.today(),
                clock.instant(),
                ofOthers(List.of(new PatientAtHand(
                                facts.patientId(), today.drug(), today.route(), clock.today(), today.sessionId())))
                        .getOrDefault(facts.patientId(), List.of()));
    }

    private Map<String, List<Blocker>> ofOthers(List<PatientAtHand> patients) {
        Map<String, List<Blocker>> all = new HashMap<>();
        if (!patients.isEmpty()) {
            others.orderedStream().forEach(source -> source.of(patients)
                    .forEach((patient, blockers) ->
                            all.computeIfAbsent(patient, _ -> new ArrayList<>()).addAll(blockers)));
        }
        return all;
    }

    /** By the session of the day, else by the plan in force; empty when neither says what would be given. */
    private Optional<PatientAtHand> atHand(PatientFacts facts, TreatmentRecord record) {
        TreatmentRecord.Today session = record.today();
        return session != null
                ? Optional.of(new PatientAtHand(
                        facts.patientId(), session.drug(), session.route(), clock.today(), session.sessionId()))
                : facts.activePlan()
                        .map(plan ->
                                new PatientAtHand(facts.patientId(), plan.drug(), plan.route(), clock.today(), null));
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
        return answers(List.of(facts(patientId))).getFirst();
    }

    /** Patients with a session on that day, to whom a verdict means most. */
    List<String> patientsOf(LocalDate day) {
        return records.patientsOf(day);
    }

    /** Patients whom nobody told of are left out. */
    List<ReadinessAnswer> ofAll(Collection<String> patientIds) {
        return answers(factsByPatient.ofAll(patientIds));
    }

    private List<ReadinessAnswer> answers(List<PatientFacts> patients) {
        Map<String, TreatmentRecord> treated =
                records.of(patients.stream().map(PatientFacts::patientId).toList(), clock.today());
        Function<PatientFacts, TreatmentRecord> record =
                facts -> treated.getOrDefault(facts.patientId(), TreatmentRecord.NONE);
        Map<String, List<Blocker>> against = ofOthers(patients.stream()
                .flatMap(facts -> atHand(facts, record.apply(facts)).stream())
                .toList());
        return patients.stream()
                .map(facts -> answer(facts, record.apply(facts), against.getOrDefault(facts.patientId(), List.of())))
                .toList();
    }

    private ReadinessAnswer answer(PatientFacts facts, TreatmentRecord record, List<Blocker> against) {
        Verdict booking = policy.forBooking(facts, record, clock.today(), List.of());
        Verdict treating = policy.forTreating(facts, record, clock.today(), clock.instant(), against);
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
                lag.lastCaughtUp(),
                TOLD_BY.stream()
                        .map(service -> new ReadinessAnswer.HeardFrom(service, facts.heardFrom(service)))
                        .toList());
    }
}
