package clinicops.scheduling.session;

import clinicops.chassis.Role;
import clinicops.scheduling.protocol.Protocol;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be done to a session in its present state.
 *
 * @param action last part of the route, {@code POST /api/sessions/{id}/{action}}
 * @param roles who may
 * @param fields of the body
 * @param waitsFor rules that are not met yet; empty when it can be done now
 */
public record NextAction(String action, List<String> roles, List<String> fields, List<String> waitsFor) {

    static List<NextAction> of(
            TreatmentSession session,
            boolean vitalsTaken,
            LocalDate sessionDay,
            LocalDate today,
            Instant now,
            Protocol protocol) {
        List<NextAction> next = new ArrayList<>();
        switch (session.state()) {
            case BOOKED -> {
                next.add(next(SessionAction.CHECK_IN, missing(sessionDay.equals(today), "not-today")));
                next.add(next(SessionAction.MOVE));
                next.add(next(SessionAction.CANCEL));
                next.add(next(
                        SessionAction.MISS,
                        missing(!now.isBefore(session.place().startsAt()), "not-yet-due")));
            }
            case CHECKED_IN, HELD -> {
                next.add(next(SessionAction.GATE, gateWaitsFor(session, vitalsTaken)));
                next.add(next(SessionAction.ORDER));
                next.add(next(SessionAction.CANCEL));
                next.add(next(SessionAction.REVIEW_DRUGS));
                ivLine(session, protocol, next);
            }
            case READY_TO_DOSE -> {
                next.add(next(SessionAction.ORDER));
                if (protocol.vials().deviceOf(session.route()).isEmpty()) {
                    next.add(next(SessionAction.DRAW, missing(session.order() != null, "order-missing")));
                    pump(session, protocol, next);
                }
                next.add(next(SessionAction.START, startWaitsFor(session, protocol)));
                next.add(next(SessionAction.WEIGH));
                next.add(next(SessionAction.REVIEW_DRUGS));
                next.add(next(SessionAction.CANCEL));
                ivLine(session, protocol, next);
            }
            case DOSING -> {
                if (protocol.vials().deviceOf(session.route()).isPresent()) {
                    next.add(next(SessionAction.DEVICE));
                }
                pump(session, protocol, next);
                ivLine(session, protocol, next);
                next.add(next(SessionAction.FINISH));
            }
            case STOPPED -> {
                next.add(next(SessionAction.FINISH));
                next.add(next(SessionAction.DISCHARGE, dischargeWaitsFor(session, now, protocol)));
            }
            case RECOVERING -> next.add(next(SessionAction.DISCHARGE, dischargeWaitsFor(session, now, protocol)));
            case DISCHARGED, LEFT_AGAINST_ADVICE, TRANSFERRED -> {
                Note note = session.note();
                if (note != null && note.signedAt() == null) {
                    next.add(next(SessionAction.SIGN_NOTE));
                    next.add(next(SessionAction.NOTE));
                } else if (note != null) {
                    next.add(next(SessionAction.ADDENDUM));
                }
                next.add(next(SessionAction.ADVERSE_EVENT));
            }
            case CANCELLED, NO_SHOW -> {}
        }
        if (!session.state().over()) {
            next.add(next(SessionAction.ESCORT));
            if (session.escort() != null) {
                next.add(next(SessionAction.ESCORT_CODE));
            }
        }
        if (!session.state().over()) {
            next.add(next(SessionAction.CALL_FOR_HELP));
        }
        if (session.state().patientIsHere()) {
            next.add(next(SessionAction.SETTING));
            next.add(next(SessionAction.STOP));
            next.add(next(SessionAction.RESCUE));
            next.add(next(SessionAction.ADVERSE_EVENT));
            next.add(next(SessionAction.LEAVE_AGAINST_ADVICE));
            next.add(next(SessionAction.TRANSFER));
        }
        if (session.adverseEvents().stream().anyMatch(event -> event.endedAt() == null)) {
            next.add(next(SessionAction.END_EFFECT));
        }
        if (session.openReview()) {
            next.add(next(SessionAction.REVIEW_ADVERSE_EVENT));
        }
        return List.copyOf(next);
    }

    private static List<String> gateWaitsFor(TreatmentSession session, boolean vitalsTaken) {
        List<String> waitsFor = new ArrayList<>(missing(session.escort() != null, "escort-missing"));
        waitsFor.addAll(missing(vitalsTaken, "vitals-missing"));
        return waitsFor;
    }

    private static void pump(TreatmentSession session, Protocol protocol, List<NextAction> next) {
        boolean pump = protocol.times().of(session.route()).needsPump();
        if (pump) {
            next.add(next(SessionAction.TITRATE, missing(session.order() != null, "order-missing")));
            next.add(next(SessionAction.PUMP, missing(session.draw() != null, "draw-missing")));
        }
        if (pump || session.state() == SessionState.READY_TO_DOSE) {
            next.add(next(SessionAction.SECOND_CHECK, secondCheckWaitsFor(session)));
        }
    }

    private static void ivLine(TreatmentSession session, Protocol protocol, List<NextAction> next) {
        if (protocol.discharge().withIvLine().contains(session.route())) {
            next.add(next(SessionAction.IV_ACCESS));
        }
    }

    private static List<String> secondCheckWaitsFor(TreatmentSession session) {
        if (session.draw() == null) {
            return List.of("draw-missing");
        }
        boolean open = session.secondCheck() == null || pumpUnchecked(session);
        return missing(open, "nothing-to-check");
    }

    private static boolean pumpUnchecked(TreatmentSession session) {
        List<Dosing.PumpSetting> settings = session.pumpSettings();
        return !settings.isEmpty() && settings.getLast().check() == null;
    }

    private static List<String> startWaitsFor(TreatmentSession session, Protocol protocol) {
        List<String> waitsFor = new ArrayList<>(missing(session.order() != null, "order-missing"));
        if (protocol.vials().deviceOf(session.route()).isEmpty()) {
            boolean pump = protocol.times().of(session.route()).needsPump();
            waitsFor.addAll(missing(session.draw() != null, "draw-missing"));
            waitsFor.addAll(missing(!pump || !session.pumpSettings().isEmpty(), "pump-setting-missing"));
            waitsFor.addAll(missing(session.secondCheck() != null && !pumpUnchecked(session), "second-check-missing"));
        }
        waitsFor.addAll(missing(session.escort() != null, "escort-missing"));
        TreatmentSession.Gate gate = session.gate();
        waitsFor.addAll(missing(
                session.weighed() != null || gate == null || gate.softHolds().isEmpty(), "soft-hold-not-weighed"));
        return waitsFor;
    }

    private static List<String> dischargeWaitsFor(TreatmentSession session, Instant now, Protocol protocol) {
        Instant earliest = dischargeNotBefore(session, protocol);
        List<String> waitsFor =
                new ArrayList<>(missing(earliest != null && !now.isBefore(earliest), "observation-time"));
        waitsFor.addAll(missing(!session.openReview(), "adverse-event-unreviewed"));
        waitsFor.addAll(missing(
                session.adverseEvents().stream().noneMatch(event -> event.goesOn() && !event.waitsForReview()),
                "effect-unresolved"));
        return waitsFor;
    }

    /** End of the observation time; null before the dose ended. */
    static @Nullable Instant dischargeNotBefore(TreatmentSession session, Protocol protocol) {
        Instant ended = session.doseEndedAt();
        return ended == null ? null : ended.plus(protocol.discharge().afterDose(session.route()));
    }

    private static NextAction next(SessionAction action) {
        return next(action, List.of());
    }

    private static NextAction next(SessionAction action, List<String> waitsFor) {
        return new NextAction(
                action.path(),
                action.roles().stream().map(Role::wireName).toList(),
                action.fields(),
                List.copyOf(waitsFor));
    }

    private static List<String> missing(boolean met, String rule) {
        return met ? List.of() : List.of(rule);
    }
}
