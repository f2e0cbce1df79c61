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
import java.util.function.Function;
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
    public List<String> patientsOf(LocalDate day) {
        return sessions
                .patientsBetween(
                        day.atStartOfDay(clock.clinicZone()).toInstant().toString(),
                        day.plusDays(1)
                                .atStartOfDay(clock.clinicZone())
                                .toInstant()
                                .toString())
                .stream()
                .map(Sessions.OfPatient::patientId)
                .distinct()
                .toList();
    }

    @Override
    public Map<String, TreatmentRecord> of(Collection<String> patientIds, LocalDate today) {
        List<TreatedSession> all = sessions.treated(patientIds);
        Map<String, TreatedSession> atHand = all.stream()
                .filter(session -> !session.state().over()
                        && day(session.place().startsAt()).equals(today))
                .collect(Collectors.toMap(
                        TreatedSession::patientId,
                        Function.identity(),
                        (one, other) ->
                                one.place().startsAt().isAfter(other.place().startsAt()) ? other : one));
        Map<String, TreatmentRecord.Reading> read = readings.lastOf(atHand.values().stream()
                .filter(session -> session.checkedInAt() != null)
                .map(TreatedSession::id)
                .toList());
        return all.stream().collect(Collectors.groupingBy(TreatedSession::patientId)).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        of -> record(of.getValue(), Optional.ofNullable(atHand.get(of.getKey())), read)));
    }

    /** The last weight that was measured for a dose. */
    Optional<Dosing.Weight> lastWeight(String patientId) {
        return sessions.ofPatients(List.of(patientId)).stream()
                .flatMap(session -> Optional.ofNullable(session.order()).stream())
                .map(order -> new Dosing.Weight(order.weightKg(), order.weighedOn()))
                .max(java.util.Comparator.comparing(Dosing.Weight::measuredOn));
    }

    /** The last reading since check-in; empty when there is none. */
    Optional<TreatmentRecord.Reading> lastReading(TreatmentSession session) {
        Instant since = session.checkedInAt();
        return since == null ? Optional.empty() : readings.last(session.id(), since);
    }

    private TreatmentRecord record(
            List<TreatedSession> ofPatient,
            Optional<TreatedSession> atHand,
            Map<String, TreatmentRecord.Reading> read) {
        return new TreatmentRecord(
                ofPatient.stream()
                        .flatMap(session -> session.dose().stream())
                        .map(dose -> new TreatmentRecord.Dose(day(dose.startedAt()), dose.by()))
                        .toList(),
                ofPatient.stream().anyMatch(TreatedSession::openReview),
                ofPatient.stream().anyMatch(session -> !session.state().over()),
                atHand.map(session -> today(session, read.get(session.id()))).orElse(null));
    }

    private static TreatmentRecord.Today today(TreatedSession session, TreatmentRecord.@Nullable Reading last) {
        Instant since = session.checkedInAt();
        boolean counts = last != null && since != null && !last.takenAt().isBefore(since);
        return new TreatmentRecord.Today(
                session.id(),
                session.drug(),
                session.route(),
                escort(session.escort()),
                session.answers(),
                counts ? last : null);
    }

    /** The session at hand, with answers and a reading that may be newer than its own. */
    static TreatmentRecord.Today today(
            TreatmentSession session,
            TreatmentRecord.@Nullable Answers answers,
            TreatmentRecord.@Nullable Reading reading) {
        return new TreatmentRecord.Today(
                session.id(),
                session.drug(),
                session.route(),
                escort(session.escort()),
                session.judged(answers),
                reading);
    }

    private static TreatmentRecord.Escort escort(TreatmentSession.@Nullable Escort escort) {
        if (escort == null) {
            return TreatmentRecord.Escort.MISSING;
        }
        long digits = escort.phone().chars().filter(Character::isDigit).count();
        return digits < LEAST_DIGITS ? TreatmentRecord.Escort.UNREACHABLE : TreatmentRecord.Escort.REACHABLE;
    }

    private LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, clock.clinicZone());
    }
}
