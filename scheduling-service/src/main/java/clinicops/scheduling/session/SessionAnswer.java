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
 * @param escortCode six digits, in the answer that makes them and in no other
 * @param probablyMissed since when the patient is overdue; null otherwise
 * @param hold why and until when the patient is held; null unless held
 * @param weighed why the dose may go on although a pressure is above the soft limit; null until somebody said so
 * @param drugsReview a prescriber's review of drugs that changed; null until then
 * @param surroundings set and setting; null until noted
 * @param titrations other doses inside the ordered range, oldest first
 * @param doseMg what the patient is to get: as ordered, or as titrated last; null before the order
 * @param pumpMgPerHour the dose over the protocol's infusion time; null before the order
 * @param suggestedPump volume and rate that give the dose in its time; null before the draw and without pump
 * @param pumpSettings oldest first; the last one counts once it is checked
 * @param devices used so far
 * @param devicesWanted how many make the dose; 0 when it comes in none
 * @param nextDeviceNotBefore end of the gap after the last device; null when none is used or wanted
 * @param paidBy what pays; null for those who see no money
 * @param dischargeNotBefore end of the observation time; null before the dose ended
 * @param exits what could not wait, as it was put on record: when it happened, when it came in
 * @param fee what cancelling late or not coming costs the patient; null when nothing, and for those who see no money
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
        @Nullable String escortCode,
        @Nullable Instant probablyMissed,
        @Nullable Instant checkedInAt,
        TreatmentSession.@Nullable Gate gate,
        TreatmentSession.@Nullable Hold hold,
        Dosing.@Nullable Weighed weighed,
        Dosing.@Nullable DrugsReview drugsReview,
        Dosing.@Nullable Surroundings surroundings,
        List<Dosing.IvAttempt> ivAttempts,
        Dosing.@Nullable DoseOrder order,
        List<Dosing.Titration> titrations,
        @Nullable BigDecimal doseMg,
        @Nullable BigDecimal pumpMgPerHour,
        Dosing.@Nullable SuggestedPump suggestedPump,
        Dosing.@Nullable Draw draw,
        Dosing.@Nullable SecondCheck secondCheck,
        List<Dosing.PumpSetting> pumpSettings,
        Dosing.@Nullable Injection injection,
        List<Dosing.Device> devices,
        int devicesWanted,
        @Nullable Instant nextDeviceNotBefore,
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
        @Nullable SessionFee fee,
        @Nullable Note note,
        List<VitalsAnswer> vitals,
        List<NextAction> nextActions) {

    /** @param during state in which somebody called stop */
    public record Stopped(String reason, String during, String by, Instant at) {}

    /**
     * @param vitalsTaken whether there is a reading since check-in that counts
     * @param showEscortAndMoney whether the caller may see a name and a phone number, and what pays
     */
    static SessionAnswer of(
            TreatmentSession session,
            List<VitalsAnswer> vitals,
            boolean vitalsTaken,
            boolean showEscortAndMoney,
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
                showEscortAndMoney ? session.escort() : null,
                session.escort() != null,
                null,
                session.noShowSince(),
                checkedInAt,
                session.gate(),
                session.state() == SessionState.HELD ? session.hold() : null,
                session.weighed(),
                session.drugsReview(),
                session.surroundings(),
                session.ivAttempts(),
                session.order(),
                session.titrations(),
                session.doseMg(),
                pumpRate(session, protocol),
                suggestedPump(session, protocol),
                session.draw(),
                session.secondCheck(),
                session.pumpSettings(),
                session.injection(),
                session.devices(),
                devicesWanted(session, protocol),
                nextDeviceNotBefore(session, protocol),
                showEscortAndMoney ? session.paidBy() : null,
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
                showEscortAndMoney ? session.fee() : null,
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
        Protocol.Phases phases = protocol.times().of(session.route());
        BigDecimal dose = session.doseMg();
        return dose == null || !phases.needsPump()
                ? null
                : dose.multiply(BigDecimal.valueOf(Duration.ofHours(1).toMinutes()))
                        .divide(BigDecimal.valueOf(phases.dose().toMinutes()), 1, RoundingMode.DOWN);
    }

    private static Dosing.@Nullable SuggestedPump suggestedPump(TreatmentSession session, Protocol protocol) {
        Protocol.Phases phases = protocol.times().of(session.route());
        BigDecimal dose = session.doseMg();
        Dosing.Draw draw = session.draw();
        return dose == null || draw == null || !phases.needsPump()
                ? null
                : Dosing.suggestedPump(dose, draw.mgPerMl(), phases.dose());
    }

    private static int devicesWanted(TreatmentSession session, Protocol protocol) {
        BigDecimal dose = session.doseMg();
        return dose == null
                ? 0
                : protocol.vials()
                        .deviceOf(session.route())
                        .map(device -> Dosing.devices(dose, device))
                        .orElse(0);
    }

    private static @Nullable Instant nextDeviceNotBefore(TreatmentSession session, Protocol protocol) {
        List<Dosing.Device> used = session.devices();
        return used.isEmpty() || used.size() >= devicesWanted(session, protocol)
                ? null
                : protocol.vials()
                        .deviceOf(session.route())
                        .map(device -> used.getLast().at().plus(device.gap()))
                        .orElse(null);
    }

    /** The same with a code that is shown this once. */
    SessionAnswer withEscortCode(String code) {
        return new SessionAnswer(
                id,
                version,
                courseId,
                patientId,
                number,
                drug,
                route,
                planId,
                state,
                startsAt,
                endsAt,
                chairId,
                nurseId,
                pumpId,
                prescriberId,
                escort,
                escortNamed,
                code,
                probablyMissed,
                checkedInAt,
                gate,
                hold,
                weighed,
                drugsReview,
                surroundings,
                ivAttempts,
                order,
                titrations,
                doseMg,
                pumpMgPerHour,
                suggestedPump,
                draw,
                secondCheck,
                pumpSettings,
                injection,
                devices,
                devicesWanted,
                nextDeviceNotBefore,
                paidBy,
                doseStartedAt,
                doseEndedAt,
                dischargeNotBefore,
                stops,
                rescues,
                adverseEvents,
                exits,
                discharge,
                ending,
                fee,
                note,
                vitals,
                nextActions);
    }
}
