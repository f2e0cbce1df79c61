package clinicops.scheduling.session;

import static clinicops.scheduling.session.SessionAtHand.PROTOCOL;
import static clinicops.scheduling.session.SessionAtHand.refused;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.scheduling.readiness.TreatmentRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a clinician has to weigh before a dose, and what keeps a patient after it. */
class GateAndDischargeTest {
    private final SessionAtHand hand = SessionAtHand.by("iv");

    @Test
    void aPressureAboveTheSoftLimitIsWeighedBeforeTheDose() {
        hand.prepared();
        refused("soft-hold-not-weighed", () -> hand.start(SessionAtHand.SOFT));
        hand.session.weigh("known white coat, 146/84 at home", "nora", hand.now);
        hand.start(SessionAtHand.SOFT);
    }

    @Test
    void aNewerHighReadingIsWeighedAnew() {
        hand.prepared();
        hand.session.weigh("known", "nora", hand.now);
        hand.wait(10);
        refused("soft-hold-not-weighed", () -> hand.start(SessionAtHand.SOFT));
        hand.session.weigh("still the same", "nora", hand.now);
        hand.start(SessionAtHand.SOFT);
    }

    @Test
    void drugsThatChangedStandInTheWayUntilAPrescriberReviewedThem() {
        var changed = new TreatmentRecord.Answers(BigDecimal.TEN, BigDecimal.TEN, false, true, null, null);
        hand.checkIn();
        assertThat(hand.session.judged(changed)).isEqualTo(changed);
        hand.session.reviewDrugs("sertraline raised, no interaction", "paula", hand.now);
        assertThat(hand.session.judged(changed)).isNotNull().satisfies(answers -> assertThat(answers.drugsChanged())
                .isFalse());
    }

    @Test
    void onlyAnInfusionHasALineThatHasToBeOut() {
        hand.recovering().wait(61);
        refused("iv-out", () -> hand.discharge(hand.told(true, null), null));
        refused("iv-out", () -> hand.discharge(hand.told(true, false), null));
        hand.discharge(hand.told(true, true), null);

        var nasal = SessionAtHand.by("nasal").recovering().wait(121);
        nasal.discharge(nasal.told(true, null), null);
    }

    @Test
    void dissociationIsOverWhenTheOwnBaselineIsReached() {
        hand.recovering().wait(61);
        refused("dissociation", () -> hand.discharge(hand.told(true, true), 5));
        hand.discharge(hand.told(true, true), 2);
    }

    @Test
    void anEffectThatIsMoreThanMildKeepsThePatientUntilItIsOver() {
        hand.recovering();
        Entry nausea = hand.entry();
        hand.session.recordAdverseEvent("nausea", "moderate", hand.now.minusSeconds(60), nausea);
        hand.session.recordAdverseEvent("floating", "mild", null, hand.entry());
        hand.wait(61);
        refused("effect-unresolved", () -> hand.discharge(hand.told(true, true), null));
        refused(
                "effect-end",
                () -> hand.session.endEffect(
                        nausea.id(), hand.now.minus(Duration.ofHours(3)), "ondansetron 4 mg", hand.now));
        hand.session.endEffect(nausea.id(), hand.now, "ondansetron 4 mg", hand.now);
        refused("effect-ended", () -> hand.session.endEffect(nausea.id(), hand.now, null, hand.now));
        hand.discharge(hand.told(true, true), null);
    }

    @Test
    void whileASafetyAlertIsOpenThePatientDoesNotLeave() {
        hand.recovering().wait(61);
        refused(
                "safety-alert-open",
                () -> hand.session.discharge(
                        hand.told(true, true),
                        true,
                        new DischargeFailure.Seen(hand.vitals(122), null, null, true, List.of()),
                        PROTOCOL,
                        SessionAtHand.OVERRIDABLE,
                        Map.of(),
                        null,
                        hand.now));
        hand.discharge(hand.told(true, true), null);
    }

    @Test
    void theEscortIsKnownByCodeOrByTheirId() {
        hand.recovering().wait(61);
        var noId = new TreatmentSession.Discharge(
                new TreatmentSession.Aldrete(2, 2, 2, 2, 2),
                5,
                true,
                true,
                true,
                true,
                false,
                true,
                null,
                null,
                List.of(),
                null,
                "",
                "nora",
                hand.now);
        refused("escort-id-not-seen", () -> hand.discharge(noId, null));
        hand.session.discharge(
                noId,
                true,
                new DischargeFailure.Seen(hand.vitals(122), null, null, false, List.of()),
                PROTOCOL,
                SessionAtHand.OVERRIDABLE,
                Map.of(),
                null,
                hand.now);
        assertThat(hand.session.discharge()).isNotNull().satisfies(discharge -> {
            assertThat(discharge.handover()).isNotNull();
            assertThat(discharge.handover().by()).isEqualTo("code");
            assertThat(discharge.handover().to()).isEqualTo("Eva");
        });
    }

    @Test
    void aPatientWhoseHeartRacesDoesNotLeave() {
        hand.recovering().wait(61);
        refused("vitals-near-baseline", () -> leaveAt(121, null));
        refused("vitals-near-baseline", () -> leaveAt(44, null));
        leaveAt(120, null);
    }

    @Test
    void noPrescribersReasonLetsAPatientGoWithTheLineIn() {
        hand.recovering().wait(30);
        refused("iv-out", () -> leave(hand.told(true, false), 70, "in a hurry"));
        leaveAt(130, "known flutter, seen by cardiology");
        assertThat(hand.session.discharge()).isNotNull().satisfies(discharge -> assertThat(discharge.failed())
                .containsExactly("observation-time", "vitals-near-baseline"));
    }

    private void leaveAt(int heartRate, @Nullable String override) {
        leave(hand.told(true, true), heartRate, override);
    }

    private void leave(TreatmentSession.Discharge told, int heartRate, @Nullable String override) {
        hand.session.discharge(
                told,
                true,
                new DischargeFailure.Seen(
                        new TreatmentRecord.Reading(hand.now, 122, 80, 98, heartRate), null, null, false, List.of()),
                PROTOCOL,
                SessionAtHand.OVERRIDABLE,
                Map.of(),
                override,
                hand.now);
    }
}
