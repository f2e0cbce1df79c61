package clinicops.scheduling.session;

import clinicops.chassis.BusinessClock;
import clinicops.scheduling.readiness.TreatmentRecord;
import clinicops.scheduling.readiness.TreatmentRecords;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells readiness what the sessions know of a patient. */
@Component
class SessionTreatmentRecords implements TreatmentRecords {
    /** Of a number that can be called; a local one without its area code has seven. */
    private static final int LEAST_DIGITS = 7;

    private final Sessions sessions;
    private final Readings readings;
    private final BusinessClock clock;

    SessionTreatmentRecords(Sessions sessions, Readings readings, BusinessClock clock) {
        this.sessions = sessions;
        this.readings = readings;
        this.clock = clock;
    }

    @Override
    public Map<String, TreatmentRecord> of(Collection<String> patientIds, LocalDate today) {
        return sessions.ofPatients(patientIds).stream()
                .collect(Collectors.groupingBy(TreatmentSession::patientId))
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, of -> record(of.getValue(), today)));
    }

    /** The last weight that was measured for a dose. */
    Optional<TreatmentSession.Weight> lastWeight(String patientId) {
        return sessions.ofPatients(List.of(patientId)).stream()
                .flatMap(session -> Optional.ofNullable(session.order()).stream())
                .map(order -> new TreatmentSession.Weight(order.weightKg(), order.weighedOn()))
                .max(java.util.Comparator.comparing(TreatmentSession.Weight::measuredOn));
    }

    /** The last reading since check-in; empty when there is none. */
    Optional<TreatmentRecord.Reading> lastReading(TreatmentSession session) {
        Instant since = session.checkedInAt();
        return since == null ? Optional.empty() : readings.last(session.id(), since);
    }

    private TreatmentRecord record(List<TreatmentSession> ofPatient, LocalDate today) {
        List<TreatmentRecord.Dose> doses =
                ofPatient.stream().flatMap(session -> dose(session).stream()).toList();
        TreatmentRecord.@Nullable Today atHand = ofPatient.stream()
                .filter(session -> !session.state().over()
                        && day(session.place().startsAt()).equals(today))
                .findFirst()
                .map(this::today)
                .orElse(null);
        return new TreatmentRecord(
                doses,
                ofPatient.stream().anyMatch(TreatmentSession::openReview),
                ofPatient.stream().anyMatch(session -> !session.state().over()),
                atHand);
    }

    private TreatmentRecord.Today today(TreatmentSession session) {
        TreatmentSession.Gate gate = session.gate();
        return today(
                session,
                gate == null ? null : gate.answers(),
                lastReading(session).orElse(null));
    }

    /** The session at hand, with answers and a reading that may be newer than its own. */
    static TreatmentRecord.Today today(
            TreatmentSession session,
            TreatmentRecord.@Nullable Answers answers,
            TreatmentRecord.@Nullable Reading reading) {
        return new TreatmentRecord.Today(
                session.id(), session.drug(), session.route(), escort(session.escort()), answers, reading);
    }

    private static TreatmentRecord.Escort escort(TreatmentSession.@Nullable Escort escort) {
        if (escort == null) {
            return TreatmentRecord.Escort.MISSING;
        }
        long digits = escort.phone().chars().filter(Character::isDigit).count();
        return digits < LEAST_DIGITS ? TreatmentRecord.Escort.UNREACHABLE : TreatmentRecord.Escort.REACHABLE;
    }

    private Optional<TreatmentRecord.Dose> dose(TreatmentSession session) {
        Instant started = session.doseStartedAt();
        var paidBy = session.paidBy();
        return started == null || paidBy == null
                ? Optional.empty()
                : Optional.of(new TreatmentRecord.Dose(day(started), paidBy));
    }

    private LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, clock.clinicZone());
    }
}
