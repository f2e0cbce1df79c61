package clinicops.scheduling.board;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.outbox.ConsumerLag;
import clinicops.scheduling.board.Board.BoardCard;
import clinicops.scheduling.board.Board.BoardCounts;
import clinicops.scheduling.board.Board.BoardVerdict;
import clinicops.scheduling.monitor.Chairside;
import clinicops.scheduling.monitor.Chairsides;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.readiness.KeptVerdict;
import clinicops.scheduling.readiness.KeptVerdicts;
import clinicops.scheduling.session.SessionAnswer;
import clinicops.scheduling.session.SessionState;
import clinicops.scheduling.session.SessionsOfDay;
import clinicops.scheduling.session.TreatmentSession;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The board: what happens on every chair of one day, in one answer. */
@RestController
@Tag(name = "Board", description = "One day: chairs, patients, phase, time left, what can be done next, alarms")
class BoardController {
    private final SessionsOfDay sessions;
    private final Chairsides chairsides;
    private final KeptVerdicts verdicts;
    private final ConsumerLag lag;
    private final Protocol protocol;
    private final Audit audit;
    private final BusinessClock clock;

    BoardController(
            SessionsOfDay sessions,
            Chairsides chairsides,
            KeptVerdicts verdicts,
            ConsumerLag lag,
            Protocol protocol,
            Audit audit,
            BusinessClock clock) {
        this.sessions = sessions;
        this.chairsides = chairsides;
        this.verdicts = verdicts;
        this.lag = lag;
        this.protocol = protocol;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping("/api/board")
    @Operation(summary = "One day, as the board shows it", description = """
                    Each session with its newest readings, the end of its phase, the alarms at its chair and the verdict on its
                    patient. Names are intake's. The live stream's pulses `session-progressed` and `readiness-changed`, and any
                    event of scheduling, say when to look again. Without `day` the clinic's today.""")
    Board board(@RequestParam(required = false) @Nullable LocalDate day) {
        LocalDate shown = day == null ? clock.today() : day;
        List<TreatmentSession> found = sessions.on(shown);
        List<TreatmentSession> going =
                found.stream().filter(session -> !session.state().over()).toList();
        Map<String, Chairside> atChairs = chairsides.of(found.stream()
                .filter(BoardController::attended)
                .map(TreatmentSession::id)
                .toList());
        Map<String, KeptVerdict> judged =
                verdicts.ofAll(going.stream().map(TreatmentSession::patientId).toList()).stream()
                        .collect(Collectors.toMap(KeptVerdict::patientId, Function.identity()));
        List<BoardCard> cards = found.stream()
                .map(session -> card(session, atChairs.get(session.id()), judged.get(session.patientId())))
                .toList();
        audit.readList(
                "read-board",
                found.stream().map(TreatmentSession::patientId).distinct().toList());
        return new Board(shown, clock.instant(), lag.lastCaughtUp(), counts(found, cards), cards);
    }

    private static boolean attended(TreatmentSession session) {
        return session.state() != SessionState.BOOKED && session.state().keepsPlace();
    }

    private BoardCard card(TreatmentSession session, @Nullable Chairside chair, @Nullable KeptVerdict verdict) {
        SessionAnswer answer = sessions.answer(
                session, chair == null ? List.of() : chair.newest(), chair == null ? null : chair.last());
        return new BoardCard(
                answer,
                phaseEndsAt(session, answer),
                chair == null ? null : chair.nextReadingDueAt(),
                chair == null ? List.of() : chair.alarms(),
                verdict == null || session.state().over()
                        ? null
                        : new BoardVerdict(verdict.canTreat(), verdict.againstTreating(), verdict.changedAt()));
    }

    private @Nullable Instant phaseEndsAt(TreatmentSession session, SessionAnswer answer) {
        Instant started = answer.doseStartedAt();
        TreatmentSession.Hold hold = answer.hold();
        return switch (session.state()) {
            case HELD -> hold == null ? null : hold.recheckUntil();
            case DOSING ->
                started == null
                        ? null
                        : started.plus(protocol.times().of(answer.route()).dose());
            case STOPPED, RECOVERING -> answer.dischargeNotBefore();
            case BOOKED, CHECKED_IN, READY_TO_DOSE, DISCHARGED, CANCELLED, NO_SHOW, LEFT_AGAINST_ADVICE, TRANSFERRED ->
                null;
        };
    }

    private static BoardCounts counts(List<TreatmentSession> found, List<BoardCard> cards) {
        return new BoardCounts(
                count(found, state -> state.patientIsHere()),
                count(found, SessionState.BOOKED::equals),
                count(found, state -> state.over() && state.keepsPlace()),
                count(found, state -> !state.keepsPlace()),
                (int) cards.stream()
                        .flatMap(card -> card.alarms().stream())
                        .filter(alarm -> !alarm.acknowledged())
                        .count());
    }

    private static int count(List<TreatmentSession> found, Predicate<SessionState> which) {
        return (int)
                found.stream().filter(session -> which.test(session.state())).count();
    }
}
