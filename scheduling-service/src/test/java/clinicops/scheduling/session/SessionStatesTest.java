package clinicops.scheduling.session;

import static clinicops.scheduling.session.SessionAction.*;
import static clinicops.scheduling.session.SessionAtHand.CLEAR;
import static clinicops.scheduling.session.SessionAtHand.PROTOCOL;
import static clinicops.scheduling.session.SessionAtHand.TODAY;
import static clinicops.scheduling.session.SessionAtHand.of;
import static clinicops.scheduling.session.SessionState.*;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.RuleViolation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every action in every state: either it is done, or a rule with a name refuses it. An action or a state that is added without
 * a line here fails.
 */
class SessionStatesTest {
    private static final Set<SessionState> ALL = EnumSet.allOf(SessionState.class);
    private static final Set<SessionState> ENDED_AFTER_CHECK_IN =
            EnumSet.of(DISCHARGED, LEFT_AGAINST_ADVICE, TRANSFERRED);
    private static final Set<SessionState> HERE =
            EnumSet.of(CHECKED_IN, HELD, READY_TO_DOSE, DOSING, STOPPED, RECOVERING);
    private static final Set<SessionState> CAME = union(HERE, ENDED_AFTER_CHECK_IN);

    /** The states in which an action is no {@code session-state} refusal. */
    private static final Map<SessionAction, Set<SessionState>> POSSIBLE = possible();

    private static Map<SessionAction, Set<SessionState>> possible() {
        Map<SessionAction, Set<SessionState>> table = new EnumMap<>(SessionAction.class);
        Set<SessionState> notOver = union(HERE, EnumSet.of(BOOKED));
        Set<SessionState> beforeDose = EnumSet.of(CHECKED_IN, HELD, READY_TO_DOSE);
        Set<SessionState> aroundDose = EnumSet.of(READY_TO_DOSE, DOSING);
        table.put(ESCORT, notOver);
        table.put(ESCORT_CODE, notOver);
        table.put(MOVE, EnumSet.of(BOOKED));
        table.put(CANCEL, union(beforeDose, EnumSet.of(BOOKED)));
        table.put(MISS, EnumSet.of(BOOKED));
        table.put(CHECK_IN, EnumSet.of(BOOKED));
        table.put(GATE, EnumSet.of(CHECKED_IN, HELD));
        table.put(ORDER, beforeDose);
        table.put(DRAW, EnumSet.of(READY_TO_DOSE));
        table.put(TITRATE, aroundDose);
        table.put(PUMP, aroundDose);
        table.put(SECOND_CHECK, aroundDose);
        table.put(IV_ACCESS, union(beforeDose, EnumSet.of(DOSING)));
        table.put(SETTING, HERE);
        table.put(WEIGH, EnumSet.of(READY_TO_DOSE));
        table.put(REVIEW_DRUGS, beforeDose);
        table.put(START, EnumSet.of(READY_TO_DOSE));
        table.put(DEVICE, EnumSet.of(DOSING));
        table.put(FINISH, EnumSet.of(DOSING, STOPPED));
        table.put(DISCHARGE, EnumSet.of(RECOVERING, STOPPED));
        // never refused to who came; help is called in every state
        table.put(STOP, CAME);
        table.put(RESCUE, CAME);
        table.put(ADVERSE_EVENT, CAME);
        table.put(LEAVE_AGAINST_ADVICE, CAME);
        table.put(TRANSFER, CAME);
        table.put(CALL_FOR_HELP, ALL);
        table.put(END_EFFECT, ALL);
        table.put(REVIEW_ADVERSE_EVENT, ALL);
        table.put(NOTE, ALL);
        table.put(SIGN_NOTE, ALL);
        table.put(ADDENDUM, ALL);
        return table;
    }

    /** What refuses an action in a state that would allow it, in the session that {@link #in} makes. */
    private static final Map<SessionAction, Set<String>> OTHER_RULES = Map.ofEntries(
            Map.entry(ESCORT_CODE, Set.of("escort-missing")),
            Map.entry(DEVICE, Set.of("not-for-this-route")),
            Map.entry(SECOND_CHECK, Set.of("nothing-to-check")),
            Map.entry(END_EFFECT, Set.of("unknown-adverse-event")),
            Map.entry(REVIEW_ADVERSE_EVENT, Set.of("unknown-adverse-event")),
            Map.entry(NOTE, Set.of("note-missing")),
            Map.entry(SIGN_NOTE, Set.of("note-missing")),
            Map.entry(ADDENDUM, Set.of("note-missing", "note-not-signed")),
            Map.entry(DISCHARGE, Set.of("observation-time")));

    private static Set<SessionState> union(Set<SessionState> one, Set<SessionState> other) {
        EnumSet<SessionState> both = EnumSet.copyOf(one);
        both.addAll(other);
        return both;
    }

    private static SessionAtHand in(SessionState state) {
        SessionAtHand hand = SessionAtHand.by("iv");
        switch (state) {
            case BOOKED -> {}
            case CHECKED_IN -> hand.checkIn();
            case HELD -> {
                hand.checkIn();
                hand.gate(SessionAtHand.HARD);
            }
            case READY_TO_DOSE -> hand.prepared();
            case DOSING -> hand.dosing();
            case STOPPED -> {
                hand.dosing();
                hand.session.stop("equipment", hand.entry());
            }
            case RECOVERING -> hand.recovering();
            case DISCHARGED -> hand.discharged();
            case CANCELLED -> hand.session.cancel("clinic", SessionAtHand.FEES, List.of(), hand.now);
            case NO_SHOW -> hand.session.miss(SessionAtHand.FEES, List.of(), hand.now);
            case LEFT_AGAINST_ADVICE -> {
                hand.dosing();
                hand.session.leaveAgainstAdvice(PROTOCOL, List.of(), hand.entry());
            }
            case TRANSFERRED -> {
                hand.dosing();
                hand.session.transfer(PROTOCOL, List.of(), hand.entry());
            }
        }
        assertThat(hand.session.state()).isEqualTo(state);
        return hand;
    }

    private static void act(SessionAction action, SessionAtHand hand) {
        TreatmentSession session = hand.session;
        switch (action) {
            case ESCORT -> session.nameEscort("Eva", "+12125550100", "sister", "hash", hand.now);
            case ESCORT_CODE -> session.renewEscortCode("hash", hand.now);
            case MOVE -> session.move(session.place());
            case CANCEL -> session.cancel("patient", SessionAtHand.FEES, List.of(), hand.now);
            case MISS -> session.miss(SessionAtHand.FEES, List.of(), hand.now);
            case CHECK_IN -> session.checkIn(TODAY, TODAY, hand.now);
            case GATE -> hand.gate(CLEAR);
            case ORDER -> hand.order("0.5", null, "80");
            case DRAW -> hand.draw("10", "4");
            case TITRATE -> hand.titrate("0.6");
            case PUMP -> hand.pump("4", "6");
            case SECOND_CHECK -> hand.check();
            case IV_ACCESS -> session.tryIvLine("hand-left", 22, true, PROTOCOL, "nora", hand.now);
            case SETTING -> session.setSurroundings("own", true, "dim", "nora", hand.now);
            case WEIGH -> session.weigh("known", "nora", hand.now);
            case REVIEW_DRUGS -> session.reviewDrugs("fine", "paula", hand.now);
            case START -> hand.start(CLEAR);
            case DEVICE -> hand.device();
            case STOP -> session.stop("equipment", hand.entry());
            case FINISH -> session.finishDose(PROTOCOL, hand.now);
            case RESCUE -> session.giveRescueDrug("ondansetron", of("4"), hand.entry());
            case ADVERSE_EVENT -> session.recordAdverseEvent("nausea", "mild", null, hand.entry());
            case END_EFFECT -> session.endEffect("unknown", hand.now, null, hand.now);
            case REVIEW_ADVERSE_EVENT -> session.reviewAdverseEvent("unknown", "fine", "paula", hand.now);
            case DISCHARGE -> hand.discharge(hand.told(true, true), null);
            case LEAVE_AGAINST_ADVICE -> session.leaveAgainstAdvice(PROTOCOL, List.of(), hand.entry());
            case TRANSFER -> session.transfer(PROTOCOL, List.of(), hand.entry());
            case CALL_FOR_HELP -> session.callForHelp(hand.entry());
            case NOTE -> session.assess("well");
            case SIGN_NOTE -> session.signNote("paula", hand.now);
            case ADDENDUM -> session.addToNote("more", "paula", hand.now);
        }
    }

    static Stream<Arguments> everything() {
        List<Arguments> all = new ArrayList<>();
        for (SessionState state : SessionState.values()) {
            for (SessionAction action : SessionAction.values()) {
                all.add(Arguments.of(state, action));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{1} when {0}")
    @MethodSource("everything")
    void everyActionInEveryStateIsDoneOrRefusedByARule(SessionState state, SessionAction action) {
        SessionAtHand hand = in(state);
        Set<SessionState> possible = POSSIBLE.get(action);
        assertThat(possible).as("a line for %s", action).isNotNull();
        try {
            act(action, hand);
            assertThat(possible).contains(state);
        } catch (RuleViolation refused) {
            if (possible.contains(state)) {
                assertThat(OTHER_RULES.getOrDefault(action, Set.of()))
                        .as("%s when %s", action, state)
                        .contains(refused.rule());
            } else {
                assertThat(refused.rule()).isEqualTo("session-state");
                assertThat(hand.session.state()).isEqualTo(state);
            }
        }
    }
}
