package clinicops.staffweb.journey;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.contracts.Event;
import clinicops.outbox.Received;
import java.util.List;
import org.junit.jupiter.api.Test;

class JourneyTest {
    private static final String ANNA = "patient-anna";

    @Test
    void excludedPatientsHaveReachedAnEnd() {
        assertThat(journey(events().referred().screened("none", "excluded")).endState())
                .isEqualTo("excluded");
    }

    @Test
    void whoMayBeInDangerAwaitsAReviewWhateverElseWasFound() {
        assertThat(journey(events().referred().screened("high", "cleared")).endState())
                .isEqualTo("awaiting-safety-review");
        assertThat(journey(events().referred().screened("high", "excluded")).endState())
                .isEqualTo("awaiting-safety-review");
    }

    @Test
    void afterTheReviewTheJourneyGoesOn() {
        assertThat(journey(events().referred().screened("high", "cleared").cleared())
                        .endState())
                .isNull();
    }

    @Test
    void anAlertIsOpenUntilSomebodyTakesItUpAndAgainWhenItIsRaisedAgain() {
        var events = events().referred().inDanger();
        assertThat(openAlerts(events)).isOne();
        assertThat(openAlerts(events.takenUp())).isZero();
        assertThat(openAlerts(events.inDanger())).isOne();
    }

    @Test
    void anAlertThatWasAnotherPatientsAfterAllIsNotThisOnes() {
        assertThat(openAlerts(events().referred().inDanger().unmerged())).isZero();
    }

    @Test
    void declinedByAClinician() {
        assertThat(journey(events().referred().screened("none", "needs-review").declined())
                        .endState())
                .isEqualTo("declined");
    }

    @Test
    void aCourseIsCompleteWhenEverySessionIsOverAndEveryNoteIsSigned() {
        var events = events().referred()
                .screened("none", "cleared")
                .cleared()
                .insured()
                .booked("c", 2);
        assertThat(journey(events.treated("c", 1)).courseComplete()).isFalse();
        assertThat(journey(events.treated("c", 2)).courseComplete()).isTrue();
        assertThat(journey(events).endState()).isEqualTo("course-complete-zero-balance");
    }

    @Test
    void aBalanceThatBillingToldBeforeTheLastNoteSettlesNothing() {
        var all = events().referred().cleared().booked("c", 1).treated("c", 1).all();
        var withoutTheMoneyAfterTheNote = all.stream()
                .filter(received -> !received.type().startsWith("billing."))
                .toList();
        assertThat(journey(withoutTheMoneyAfterTheNote).endState()).isNull();

        // billing knew of no claim at all yet
        var early =
                events().referred().cleared().booked("c", 1).balance(0, 0, null).all();
        var journey = journey(early);
        withoutTheMoneyAfterTheNote.stream()
                .filter(received -> received.type().startsWith("scheduling."))
                .forEach(journey::apply);
        assertThat(journey.endState()).isNull();
    }

    @Test
    void moneyOwedKeepsTheJourneyOpen() {
        assertThat(journey(events().referred()
                                .cleared()
                                .booked("c", 1)
                                .treated("c", 1)
                                .balance(100, 0, null))
                        .endState())
                .isNull();
    }

    @Test
    void aSecondCourseOpensTheJourneyAgain() {
        var events =
                events().referred().cleared().booked("c", 1).treated("c", 1).booked("d", 1);
        assertThat(journey(events).endState()).isNull();
        assertThat(journey(events.treated("d", 1)).endState()).isEqualTo("course-complete-zero-balance");
    }

    @Test
    void aPlanThatReplacesAnotherIsTheOneThatRuns() {
        var journey = journey(events().planned("plan-1").planReplaced("plan-1", "plan-2"));
        assertThat(journey.intake().plan()).isEqualTo("approved");
        var ended = journey(
                events().planned("plan-1").planReplaced("plan-1", "plan-2").planEnded("plan-2"));
        assertThat(ended.intake().plan()).isEqualTo("ended-completed");
    }

    @Test
    void aNewScreeningThatLetsTheClearancesGoSaysWhereThePatientStands() {
        assertThat(journey(events().referred().cleared().screenedAgain())
                        .intake()
                        .status())
                .isEqualTo("needs-review");
    }

    @Test
    void aMovedSessionStartsAtItsNewTimeThoughTheBookingComesLate() {
        var events = events().booked("c", 1).moved("c", 1).all().reversed();
        var session = journey(events).sessions().get("c-1");
        assertThat(session.status()).isEqualTo("booked");
        assertThat(session.startsAt()).isEqualTo(JourneyEvents.DAY_ONE.plusSeconds(2 * 60 + 7200));
    }

    private static int openAlerts(JourneyEvents events) {
        return journey(events).intake().openSafetyAlerts();
    }

    private static JourneyEvents events() {
        return new JourneyEvents(ANNA);
    }

    private static Journey journey(JourneyEvents events) {
        return journey(events.all());
    }

    private static Journey journey(List<Received<? extends Event>> events) {
        var journey = Journey.begin("1", ANNA);
        events.forEach(journey::apply);
        return journey;
    }
}
