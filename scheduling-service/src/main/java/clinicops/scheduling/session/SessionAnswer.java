package clinicops.scheduling.session;

import clinicops.chassis.BusinessClock;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.readiness.PaymentSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session as staff see it.
 *
 * @param version the ETag
 * @param endsAt when the chair is free again
 * @param pumpId the infusion pump that is kept for it; null where none is needed or the clinic keeps no list
 * @param prescriberId who is there all the time; null for sessions from before it was kept
 * @param escort who takes the patient home; null also for those who need not know the name
 * @param escortNamed whether somebody is named
 * @param probablyMissed since when the patient is overdue; null otherwise
 * @param hold why and until when the patient is held; null unless held
 * @param pumpMgPerHour the dose over the protocol's infusion time; null before the order
 * @param dischargeNotBefore end of the observation time; null before the dose ended
 * @param exits what could not wait, as it was put on record: when it happened, when it came in
 * @param vitals all readings, oldest first; empty in lists
 * @param nextActions what can be done now, by whom, and what each waits for
 */
public record SessionAnswer(
        String id,
        long version,
        String courseId,
        String patientId,
        int number,
        String drug,
        String route,
        String planId,
        String state,
        Instant startsAt,
        Instant endsAt,
        String chairId,
        String nurseId,
        @Nullable String pumpId,
        @Nullable String prescriberId,
        TreatmentSession.@Nullable Escort escort,
        boolean escortNamed,
        @Nullable Instant probablyMissed,
        @Nullable Instant checkedInAt,
        TreatmentSession.@Nullable Gate gate,
        TreatmentSession.@Nullable Hold hold,
        TreatmentSession.@Nullable DoseOrder order,
        @Nullable BigDecimal pumpMgPerHour,
        TreatmentSession.@Nullable Draw draw,
        TreatmentSession.@Nullable SecondCheck secondCheck,
        @Nullable PaymentSource paidBy,
        @Nullable Instant doseStartedAt,
        @Nullable Instant doseEndedAt,
        @Nullable Instant dischargeNotBefore,
        List<Stopped> stops,
        List<TreatmentSession.Rescue> rescues,
        List<TreatmentSession.AdverseEvent> adverseEvents,
        List<Exit> exits,
        TreatmentSession.@Nullable Discharge discharge,
        TreatmentSession.@Nullable Ending ending,
        TreatmentSession.@Nullable Note note,
        List<VitalsAnswer> vitals,
        List<NextAction> nextActions) {

    /** @param during state in which somebody called stop */
    public record Stopped(String reason, String during, String by, Instant at) {}

    /**
     * @param vitalsTaken whether there is a reading since check-in that counts
     * @param showEscort whether the caller may see a name and a phone number
     */
    static SessionAnswer of(
            TreatmentSession session,
            List<VitalsAnswer> vitals,
            boolean vitalsTaken,
            boolean showEscort,
            Protocol protocol,
            BusinessClock clock) {
        Instant checkedInAt = session.checkedInAt();
        return new SessionAnswer(
                session.id(),
                session.version(),
                session.courseId(),
                session.patientId(),
                session.number(),
                session.drug(),
                session.route(),
                session.terms().planId(),
                session.state().code(),
                session.place().startsAt(),
                session.place().endsAt(),
                session.place().chairId(),
                session.place().nurseId(),
                session.place().pumpId(),
                session.place().prescriberId(),
                showEscort ? session.escort() : null,
                session.escort() != null,
                session.noShowSince(),
                checkedInAt,
                session.gate(),
                session.state() == SessionState.HELD ? session.hold() : null,
                session.order(),
                pumpRate(session, protocol),
                session.draw(),
                session.secondCheck(),
                session.paidBy(),
                session.doseStartedAt(),
                session.doseEndedAt(),
                NextAction.dischargeNotBefore(session, protocol),
                session.stops().stream()
                        .map(stop -> new Stopped(stop.reason(), stop.during().code(), stop.by(), stop.at()))
                        .toList(),
                session.rescues(),
                session.adverseEvents(),
                session.exits(),
                session.discharge(),
                session.ending(),
                session.note(),
                vitals,
                NextAction.of(
                        session,
                        vitalsTaken,
                        LocalDate.ofInstant(session.place().startsAt(), clock.clinicZone()),
                        clock.today(),
                        clock.instant(),
                        protocol));
    }

    private static @Nullable BigDecimal pumpRate(TreatmentSession session, Protocol protocol) {
        Duration infusion = protocol.times().of(session.route()).dose();
        return Optional.ofNullable(session.order())
                .map(order -> order.doseMg()
                        .multiply(BigDecimal.valueOf(Duration.ofHours(1).toMinutes()))
                        .divide(BigDecimal.valueOf(infusion.toMinutes()), 1, RoundingMode.DOWN))
                .orElse(null);
    }
}
