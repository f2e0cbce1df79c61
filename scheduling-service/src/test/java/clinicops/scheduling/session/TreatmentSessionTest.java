package clinicops.scheduling.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinicops.chassis.RuleViolation;
import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.protocol.ProtocolFiles;
import clinicops.scheduling.readiness.Blocker;
import clinicops.scheduling.readiness.PatientFacts;
import clinicops.scheduling.readiness.PaymentSource;
import clinicops.scheduling.readiness.TreatmentRecord;
import clinicops.scheduling.readiness.Verdict;
import clinicops.scheduling.resource.Place;
import clinicops.scheduling.session.Dosing.Weight;
import clinicops.scheduling.session.TreatmentSession.Aldrete;
import clinicops.scheduling.session.TreatmentSession.Discharge;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TreatmentSessionTest {
    private static final Protocol PROTOCOL = ProtocolFiles.protocol();
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final Instant START = Instant.parse("2026-11-23T15:00:00Z");
    private static final TreatmentRecord.Answers ANSWERS =
            new TreatmentRecord.Answers(new BigDecimal("8"), new BigDecimal("3"), false, false, null, false);
    private static final Verdict CLEAR = new Verdict(List.of(), List.of(), new PaymentSource("self-pay", "est"));
    private static final Verdict HYPERTENSIVE = new Verdict(
            List.of(new Blocker(
                    "vitals-hard-hold", "systolic >= 160", "practice", List.of("nurse"), List.of("treating"), null)),
            List.of(),
            new PaymentSource("self-pay", "est"));

    private final TreatmentSession session = new TreatmentSession(
            "ses",
            "cou",
            "pat",
            2,
            "ketamine",
            "iv",
            new CourseTerms("plan", 1, 6, 1, 14, 21),
            new Place(START, START.plus(Duration.ofMinutes(135)), "chair", "nurse", 1, null, null));
    private Instant now = START;

    private static PatientFacts.Plan plan() {
        return plan("0.5", "0.8", null);
    }

    private static PatientFacts.Plan plan(String low, String high, @Nullable BigDecimal fixedMg) {
        return new PatientFacts.Plan(
                "plan",
                1,
                "ketamine",
                "iv",
                new BigDecimal(low),
                new BigDecimal(high),
                fixedMg,
                6,
                1,
                14,
                21,
                null,
                null,
                new PatientFacts.Heard("pat", 1, START));
    }

    private void wait(int minutes) {
        now = now.plus(Duration.ofMinutes(minutes));
    }

    private TreatmentRecord.Reading vitals(int systolic, int diastolic) {
        return new TreatmentRecord.Reading(now, systolic, diastolic, 98, 70);
    }

    private Entry entry() {
        return toldAt(now);
    }

    /** Told now, of something that happened at a time. */
    private Entry toldAt(Instant at) {
        return Entry.of(null, at, null, Duration.ofMinutes(2), "nora", now);
    }

    private List<SchedulingEvent> escort() {
        return session.nameEscort("Eva", "+12125550100", "sister", "hash", now);
    }

    private List<SchedulingEvent> checkIn() {
        return session.checkIn(TODAY, TODAY, now);
    }

    private List<SchedulingEvent> gate(Verdict verdict) {
        return session.passGate(ANSWERS, vitals(120, 80), verdict, List.of(), PROTOCOL, "nora", now);
    }

    private List<SchedulingEvent> order(String mgPerKg, String weightKg) {
        return session.orderDose(
                new Dosing.Wish(new BigDecimal(mgPerKg), null, new BigDecimal(weightKg), false, true),
                Optional.empty(),
                plan(),
                PROTOCOL,
                "paula",
                TODAY,
                now);
    }

    private List<SchedulingEvent> draw(String vial, @Nullable String diluted, String volume) {
        return session.drawDrug(
                new Dosing.Drawn(
                        "0143-9508-10",
                        "L1",
                        new BigDecimal(vial),
                        diluted == null ? null : new BigDecimal(diluted),
                        new BigDecimal(volume)),
                PROTOCOL,
                "nora",
                now);
    }

    private void readyToDose() {
        escort();
        checkIn();
        gate(CLEAR);
    }

    private void readyToStart() {
        readyToDose();
        order("0.5", "72.5");
        draw("50", null, "0.72");
        pump("0.72", "1.1");
        session.check("nick", now);
    }

    private void dosing() {
        readyToStart();
        start(CLEAR);
    }

    private void recovering() {
        dosing();
        wait(40);
        session.finishDose(PROTOCOL, now);
    }

    private Discharge told(boolean escortPresent, int consciousness) {
        return new Discharge(
                new Aldrete(2, 2, 2, consciousness, 2),
                5,
                true,
                true,
                true,
                true,
                false,
                escortPresent,
                "nora",
                null,
                List.of(),
                null,
                "",
                "nora",
                now);
    }

    private List<SchedulingEvent> discharge(Discharge told, @Nullable String override) {
        return discharge(told, vitals(125, 82), override);
    }

    private List<SchedulingEvent> discharge(
            Discharge told, TreatmentRecord.@Nullable Reading last, @Nullable String override) {
        return session.discharge(
                told,
                false,
                new DischargeFailure.Seen(last, null, null, false, List.of()),
                PROTOCOL,
                SessionAtHand.OVERRIDABLE,
                Map.of(),
                override,
                now);
    }

    private List<SchedulingEvent> pump(String volumeMl, String rateMlPerH) {
        return session.setPump(new BigDecimal(volumeMl), new BigDecimal(rateMlPerH), PROTOCOL, "nora", now);
    }

    private List<SchedulingEvent> start(Verdict verdict) {
        return session.startDose(verdict, plan(), vitals(120, 80), null, PROTOCOL, "nora", now);
    }

    private static void refused(String rule, ThrowingCallable action) {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(action)
                .satisfies(violation -> assertThat(violation.rule()).isEqualTo(rule));
    }

    @Test
    void goesFromTheDiaryToTheSignedNote() {
        assertThat(escort()).containsExactly(new SchedulingEvent.EscortNamed("ses", "pat", START));
        assertThat(checkIn()).containsExactly(new SchedulingEvent.PatientCheckedIn("ses", "pat", START));
        assertThat(gate(CLEAR)).isEmpty();
        assertThat(order("0.5", "72.5")).isEmpty();
        assertThat(draw("10", null, "3.62")).isEmpty();
        assertThat(pump("3.62", "5.4")).isEmpty();
        assertThat(session.check("nick", now)).isEmpty();
        assertThat(start(CLEAR))
                .containsExactly(new SchedulingEvent.SessionStarted(
                        "ses", "cou", "pat", "ketamine", "iv", new BigDecimal("36.2"), START));
        assertThat(session.state()).isEqualTo(SessionState.DOSING);
        wait(40);
        Instant ended = now;
        assertThat(session.finishDose(PROTOCOL, now)).isEmpty();
        assertThat(session.giveRescueDrug("ondansetron", new BigDecimal("4"), entry()))
                .containsExactly(
                        new SchedulingEvent.RescueDrugGiven("ses", "pat", "ondansetron", new BigDecimal("4"), ended));
        wait(60);
        assertThat(discharge(told(true, 2), null))
                .containsExactly(new SchedulingEvent.SessionCompleted(
                        "ses",
                        "cou",
                        "pat",
                        2,
                        "ketamine",
                        "iv",
                        "0143-9508-10",
                        new BigDecimal("36.2"),
                        START,
                        START,
                        ended,
                        now,
                        List.of(new SchedulingEvent.GivenDrug("ondansetron", new BigDecimal("4"), ended))));
        assertThat(session.state()).isEqualTo(SessionState.DISCHARGED);
        assertThat(session.note()).isNotNull().satisfies(note -> assertThat(note.signedAt())
                .isNull());
        assertThat(session.signNote("paula", now))
                .containsExactly(new SchedulingEvent.NoteSigned("ses", "pat", "paula", now));
        refused("note-signed", () -> session.signNote("paula", now));
    }

    @Test
    void refusesCheckInOnAnotherDay() {
        refused("not-today", () -> session.checkIn(TODAY.plusDays(1), TODAY, now));
        assertThat(session.state()).isEqualTo(SessionState.BOOKED);
    }

    @Test
    void holdsAPatientWhoseBloodPressureIsTooHigh() {
        escort();
        checkIn();
        assertThat(gate(HYPERTENSIVE))
                .containsExactly(new SchedulingEvent.SessionHeld("ses", "pat", List.of("vitals-hard-hold"), START));
        assertThat(session.state()).isEqualTo(SessionState.HELD);
        wait(20);
        assertThat(gate(CLEAR)).isEmpty();
        assertThat(session.state()).isEqualTo(SessionState.READY_TO_DOSE);
    }

    @Test
    void cancelsAfterTheSecondRecheckWithoutSuccess() {
        escort();
        checkIn();
        gate(HYPERTENSIVE);
        wait(10);
        assertThat(gate(HYPERTENSIVE)).isEmpty();
        wait(10);
        assertThat(gate(HYPERTENSIVE))
                .containsExactly(new SchedulingEvent.SessionCancelled("ses", "cou", "pat", START, "held", now));
        assertThat(session.state()).isEqualTo(SessionState.CANCELLED);
    }

    @Test
    void cancelsAHeldSessionWhenHalfAnHourIsOver() {
        escort();
        checkIn();
        gate(HYPERTENSIVE);
        wait(30);
        refused("not-yet-due", () -> session.endHold(now));
        wait(1);
        refused("recheck-time-over", () -> gate(CLEAR));
        assertThat(session.endHold(now))
                .containsExactly(new SchedulingEvent.SessionCancelled("ses", "cou", "pat", START, "held", now));
    }

    @Test
    void refusesDosingWithoutEscort() {
        checkIn();
        gate(CLEAR);
        order("0.5", "70");
        draw("50", null, "0.7");
        pump("0.7", "1");
        session.check("nick", now);
        refused("escort-missing", () -> start(CLEAR));
        assertThat(session.state()).isEqualTo(SessionState.READY_TO_DOSE);
    }

    @Test
    void refusesDosingBeforeTheGate() {
        escort();
        checkIn();
        refused("session-state", () -> start(CLEAR));
    }

    @Test
    void refusesDosingWithoutOrderDrawOrSecondCheck() {
        readyToDose();
        refused("order-missing", () -> start(CLEAR));
        refused("order-missing", () -> draw("50", null, "0.7"));
        order("0.5", "70");
        refused("draw-missing", () -> start(CLEAR));
        refused("draw-missing", () -> session.check("nick", now));
        draw("50", null, "0.7");
        refused("pump-setting-missing", () -> start(CLEAR));
        pump("0.7", "1");
        refused("second-check-missing", () -> start(CLEAR));
    }

    @Test
    void refusesDosingWhenConsentWasWithdrawnAfterTheGate() {
        readyToStart();
        Verdict withdrawn = new Verdict(
                List.of(new Blocker(
                        "consent-missing", "no consent", "policy", List.of("nurse"), List.of("treating"), null)),
                List.of(),
                null);
        refused("consent-missing", () -> start(withdrawn));
        assertThat(session.doseStartedAt()).isNull();
    }

    @Test
    void refusesACheckByThePersonWhoDrew() {
        readyToDose();
        order("0.5", "70");
        draw("50", null, "0.7");
        refused("second-person", () -> session.check("nora", now));
        session.check("nick", now);
        assertThat(session.secondCheck()).isNotNull();
    }

    @Test
    void drawingAgainNeedsCheckingAgain() {
        readyToStart();
        draw("50", null, "0.71");
        refused("pump-setting-missing", () -> start(CLEAR));
        pump("0.72", "1.1");
        refused("second-check-missing", () -> start(CLEAR));
    }

    @Test
    void refusesADoseAboveThePlansCap() {
        readyToDose();
        refused("dose-above-cap", () -> order("0.9", "70"));
        order("0.8", "70");
        assertThat(session.order()).isNotNull().satisfies(order -> assertThat(order.doseMg())
                .isEqualByComparingTo("56"));
    }

    @Test
    void aNurseOrdersWithinTheRangeAPrescriberAlsoBelowIt() {
        readyToDose();
        refused(
                "dose-below-range",
                () -> session.orderDose(
                        new Dosing.Wish(new BigDecimal("0.4"), null, new BigDecimal("70"), false, false),
                        Optional.empty(),
                        plan(),
                        PROTOCOL,
                        "nora",
                        TODAY,
                        now));
        order("0.4", "70");
        refused("dose-step", () -> order("0.55", "70"));
    }

    @Test
    void aPlanThatFixesTheDoseYieldsThatDoseWhateverTheWeightAndNoOther() {
        readyToDose();
        var fixed = plan("0", "0", new BigDecimal("84"));
        Consumer<@Nullable BigDecimal> order = mgPerKg -> session.orderDose(
                new Dosing.Wish(mgPerKg, null, new BigDecimal("70"), false, false),
                Optional.empty(),
                fixed,
                PROTOCOL,
                "nora",
                TODAY,
                now);

        order.accept(null);

        assertThat(session.order()).isNotNull().satisfies(o -> {
            assertThat(o.doseMg()).isEqualByComparingTo("84");
            assertThat(o.doseMgPerKg()).isEqualByComparingTo("1.2");
        });
        refused("dose-fixed", () -> order.accept(new BigDecimal("0.5")));
        refused(
                "weight-too-old",
                () -> session.orderDose(
                        new Dosing.Wish(null, null, null, false, true),
                        Optional.empty(),
                        fixed,
                        PROTOCOL,
                        "paula",
                        TODAY,
                        now));
    }

    @Test
    void aPlanByWeightNeedsADosePerKilogram() {
        readyToDose();
        refused(
                "not-null",
                () -> session.orderDose(
                        new Dosing.Wish(null, null, new BigDecimal("70"), false, true),
                        Optional.empty(),
                        plan(),
                        PROTOCOL,
                        "paula",
                        TODAY,
                        now));
    }

    @Test
    void aWeightFarOffTheLastOneIsMeasuredAgainBeforeADoseGoesByIt() {
        readyToDose();
        var last = new Weight(new BigDecimal("70"), TODAY.minusDays(3));
        BiConsumer<String, Boolean> order = (kg, again) -> session.orderDose(
                new Dosing.Wish(new BigDecimal("0.5"), null, new BigDecimal(kg), again, true),
                Optional.of(last),
                plan(),
                PROTOCOL,
                "paula",
                TODAY,
                now);

        refused("weight-differs", () -> order.accept("154.3", false));
        refused("weight-differs", () -> order.accept("62.9", false));
        assertThat(session.order()).isNull();

        order.accept("77", false);
        order.accept("154.3", true);
        assertThat(session.order()).isNotNull().satisfies(o -> assertThat(o.weightKg())
                .isEqualByComparingTo("154.3"));
    }

    @Test
    void aWeightOfThirtyDaysAgoStillCounts() {
        readyToDose();
        Consumer<LocalDate> orderWithWeightOf = weighedOn -> session.orderDose(
                new Dosing.Wish(new BigDecimal("0.5"), null, null, false, false),
                Optional.of(new Weight(new BigDecimal("80"), weighedOn)),
                plan(),
                PROTOCOL,
                "nora",
                TODAY,
                now);
        refused("weight-too-old", () -> orderWithWeightOf.accept(TODAY.minusDays(31)));
        orderWithWeightOf.accept(TODAY.minusDays(30));
        assertThat(session.order()).isNotNull().satisfies(order -> assertThat(order.doseMg())
                .isEqualByComparingTo("40"));
    }

    @Test
    void theDoseIsRoundedDownAndNeverExceedsTheOrder() {
        readyToDose();
        order("0.7", "66.6");
        assertThat(session.order()).isNotNull().satisfies(order -> assertThat(order.doseMg())
                .isEqualTo(new BigDecimal("46.6")));
    }

    @Test
    void aVialOf100MgPerMlIsDilutedBeforeIvUse() {
        readyToDose();
        order("0.5", "70");
        refused("dilute-first", () -> draw("100", null, "0.35"));
        refused("dilution", () -> draw("10", "50", "0.7"));
        draw("100", "10", "3.5");
        assertThat(session.draw()).isNotNull().satisfies(draw -> assertThat(draw.mg())
                .isEqualByComparingTo("35"));
    }

    @Test
    void refusesAWrongVialAndAWrongVolume() {
        readyToDose();
        order("0.5", "70");
        refused("vial-strength", () -> draw("20", null, "1.75"));
        refused("drawn-volume", () -> draw("10", null, "35"));
        refused("drawn-volume", () -> draw("10", null, "3.3"));
        draw("10", null, "3.4");
    }

    @Test
    void stoppingTheDoseLeadsToRecovery() {
        dosing();
        wait(10);
        assertThat(session.stop("adverse-event", entry()))
                .containsExactly(new SchedulingEvent.SessionStopped("ses", "pat", "adverse-event", now));
        assertThat(session.state()).isEqualTo(SessionState.STOPPED);
        Instant stopped = now;
        wait(2);
        session.finishDose(PROTOCOL, now);
        assertThat(session.doseEndedAt()).isEqualTo(stopped);
        wait(60);
        // 10 of 40 minutes of 36.2 mg
        assertThat(discharge(told(true, 2), null))
                .singleElement()
                .isInstanceOfSatisfying(SchedulingEvent.SessionCompleted.class, completed -> {
                    assertThat(completed.doseMg()).isEqualByComparingTo("9.0");
                    assertThat(completed.doseEndedAt()).isEqualTo(stopped);
                });
    }

    @Test
    void stoppingBeforeTheDoseSendsThePatientBackToTheGate() {
        readyToStart();
        assertThat(session.stop("equipment", entry())).isEmpty();
        assertThat(session.state()).isEqualTo(SessionState.CHECKED_IN);
        gate(CLEAR);
        refused("order-missing", () -> start(CLEAR));
    }

    @Test
    void stoppingAPatientWhoRecoversIsRecordedNotRefused() {
        recovering();
        assertThat(session.stop("patient-request", entry())).isEmpty();
        assertThat(session.stops()).hasSize(1);
        assertThat(session.state()).isEqualTo(SessionState.RECOVERING);
    }

    @Test
    void refusesDischargeBeforeAnHourOfRecovery() {
        recovering();
        wait(59);
        refused("observation-time", () -> discharge(told(true, 2), null));
        wait(1);
        discharge(told(true, 2), null);
    }

    @Test
    void refusesDischargeWithoutTheEscortBeingThere() {
        recovering();
        wait(60);
        refused("escort-not-present", () -> discharge(told(false, 2), null));
    }

    @Test
    void refusesDischargeBelowAnAldreteScoreOfNine() {
        recovering();
        wait(60);
        refused("aldrete", () -> discharge(told(true, 0), null));
        discharge(told(true, 1), null);
    }

    @Test
    void refusesDischargeWithVitalsFarFromBaselineOrOldOnes() {
        recovering();
        wait(60);
        refused("vitals-near-baseline", () -> discharge(told(true, 2), vitals(141, 80), null));
        refused("vitals-missing", () -> discharge(told(true, 2), null, null));
        var old = new TreatmentRecord.Reading(now.minus(Duration.ofMinutes(31)), 120, 80, 98, 70);
        refused("vitals-missing", () -> discharge(told(true, 2), old, null));
        discharge(told(true, 2), vitals(140, 80), null);
    }

    @Test
    void aPrescriberOverridesTheDischargeGateWithAReason() {
        recovering();
        wait(30);
        discharge(told(true, 2), "lives upstairs, nurse at home");
        assertThat(session.discharge()).isNotNull().satisfies(discharge -> {
            assertThat(discharge.failed()).containsExactly("observation-time");
            assertThat(discharge.overrideReason()).isEqualTo("lives upstairs, nurse at home");
        });
    }

    @Test
    void aSeriousAdverseEventKeepsThePatientUntilAPrescriberReviewedIt() {
        recovering();
        session.recordAdverseEvent("slow-breathing", "serious", null, new Entry("ae", now, null, now, "nora"));
        wait(60);
        assertThat(session.openReview()).isTrue();
        refused("adverse-event-unreviewed", () -> discharge(told(true, 2), null));
        refused("unknown-adverse-event", () -> session.reviewAdverseEvent("other", "fine", "paula", now));
        session.reviewAdverseEvent("ae", "resolved with oxygen", "paula", now);
        refused("review-closed", () -> session.reviewAdverseEvent("ae", "again", "paula", now));
        discharge(told(true, 2), null);
    }

    @Test
    void leavingAgainstAdviceAndTransferAreNeverRefusedToAPatientWhoIsHere() {
        dosing();
        wait(5);
        assertThat(session.leaveAgainstAdvice(PROTOCOL, List.of(), entry()))
                .singleElement()
                .satisfies(event -> {
                    var left = (SchedulingEvent.PatientLeftAgainstAdvice) event;
                    assertThat(left.leftAt()).isEqualTo(now);
                    // an eighth of the dose: what was given can be charged and counted
                    assertThat(left.given()).isNotNull();
                    assertThat(left.given().doseMg()).isLessThan(new BigDecimal("6"));
                });
        assertThat(session.state()).isEqualTo(SessionState.LEFT_AGAINST_ADVICE);
        assertThat(session.doseEndedAt()).isEqualTo(now);
        // the second tablet tells of the ambulance: on record, the end stays
        assertThat(session.transfer(PROTOCOL, List.of(), entry())).isEmpty();
        assertThat(session.state()).isEqualTo(SessionState.LEFT_AGAINST_ADVICE);
        assertThat(session.exits()).extracting(Exit::action).containsExactly("leave-against-advice", "transfer");
    }

    @Test
    void nobodyLeavesBeforeTheyCame() {
        refused("session-state", () -> session.leaveAgainstAdvice(PROTOCOL, List.of(), entry()));
        refused("session-state", () -> session.transfer(PROTOCOL, List.of(), entry()));
        refused("session-state", () -> session.stop("equipment", entry()));
    }

    @Test
    void aSessionIsMissedOnlyAfterItBegan() {
        now = START.minusSeconds(1);
        refused("not-yet-due", () -> session.miss(SessionAtHand.FEES, List.of(), now));
        now = START;
        assertThat(session.miss(SessionAtHand.FEES, List.of("medicaid"), now))
                .containsExactly(new SchedulingEvent.SessionMissed("ses", "cou", "pat", START, START));
        refused("session-state", this::checkIn);
    }

    @Test
    void aRunningDoseIsStoppedNotCancelled() {
        dosing();
        refused("session-state", () -> session.cancel("clinic", SessionAtHand.FEES, List.of(), now));
    }

    @Test
    void withdrawnConsentCancelsWhatIsBooked() {
        assertThat(session.withdrawConsent(now))
                .containsExactly(
                        new SchedulingEvent.SessionCancelled("ses", "cou", "pat", START, "consent-withdrawn", now));
    }

    @Test
    void movingTellsWhereTheSessionWas() {
        Instant later = START.plus(Duration.ofDays(1));
        Place place = new Place(later, later.plus(Duration.ofMinutes(135)), "chair", "nurse", 1, null, null);
        assertThat(session.move(place))
                .containsExactly(new SchedulingEvent.SessionMoved(
                        "ses", "cou", "pat", START, later, later.plus(Duration.ofMinutes(135)), "chair", "nurse"));
        assertThat(session.listKey()).startsWith(later.toString());
    }

    @Test
    void anotherChairAtTheSameTimeIsTheClinicsOwnNews() {
        Instant until = START.plus(Duration.ofMinutes(135));
        assertThat(session.move(new Place(START, until, "window", "nurse", 1, null, null)))
                .containsExactly(new SchedulingEvent.SessionPlaceChanged(
                        "ses", "cou", "pat", START, until, "chair", "window", "nurse", "nurse"));
        assertThat(session.move(new Place(START, until, "window", "nurse", 2, null, null)))
                .as("another seat of the same nurse is nobody's")
                .isEmpty();
    }

    @Test
    void theSameEntryAgainIsKnownAndAnotherUnderItsIdRefused() {
        dosing();
        Entry entry = entry();
        assertThat(session.knows(entry, SessionAction.STOP, "equipment")).isFalse();
        session.stop("equipment", entry);
        assertThat(session.knows(entry, SessionAction.STOP, "equipment")).isTrue();
        refused("entry-exists", () -> session.knows(entry, SessionAction.STOP, "adverse-event"));
        refused("entry-exists", () -> session.knows(entry, SessionAction.TRANSFER, ""));
    }

    @Test
    void aStopThatComesLateEndsTheDoseWhenItWasStopped() {
        dosing();
        wait(10);
        Instant stopped = now;
        wait(12);
        assertThat(session.stop("adverse-event", toldAt(stopped)))
                .containsExactly(new SchedulingEvent.SessionStopped("ses", "pat", "adverse-event", stopped));
        assertThat(session.doseEndedAt()).isEqualTo(stopped);
    }

    @Test
    void aStopByAClockThatIsHoursBehindEndsTheDoseWhenItComesIn() {
        dosing();
        wait(20);
        assertThat(session.stop("adverse-event", toldAt(now.minus(Duration.ofHours(5)))))
                .containsExactly(new SchedulingEvent.SessionStopped("ses", "pat", "adverse-event", now));
        assertThat(session.stops()).singleElement().satisfies(stop -> assertThat(stop.at())
                .as("as it was told")
                .isEqualTo(now.minus(Duration.ofHours(5))));
        wait(59);
        refused("observation-time", () -> discharge(told(true, 2), null));
        wait(1);
        assertThat(discharge(told(true, 2), null))
                .singleElement()
                .isInstanceOfSatisfying(
                        SchedulingEvent.SessionCompleted.class,
                        completed -> assertThat(completed.doseMg()).isEqualByComparingTo("18.1"));
    }

    @Test
    void aStopThatComesAfterTheDoseWasEndedByAnotherIsBelieved() {
        dosing();
        wait(10);
        Instant stopped = now;
        wait(30);
        session.finishDose(PROTOCOL, now);
        wait(5);
        assertThat(session.stop("equipment", toldAt(stopped))).hasSize(1);
        assertThat(session.doseEndedAt()).isEqualTo(stopped);
        assertThat(session.state()).isEqualTo(SessionState.RECOVERING);
        wait(60);
        assertThat(discharge(told(true, 2), null))
                .singleElement()
                .isInstanceOfSatisfying(
                        SchedulingEvent.SessionCompleted.class,
                        completed -> assertThat(completed.doseMg()).isEqualByComparingTo("9.0"));
    }

    @Test
    void whatATabletTellsAfterTheEndIsPutOnRecordAndInTheNote() {
        recovering();
        Instant then = now;
        wait(61);
        discharge(told(true, 2), null);
        wait(5);
        assertThat(session.giveRescueDrug("ondansetron", new BigDecimal("4"), toldAt(then)))
                .hasSize(1);
        assertThat(session.stop("patient-request", toldAt(then))).isEmpty();
        assertThat(session.leaveAgainstAdvice(PROTOCOL, List.of(), toldAt(then)))
                .isEmpty();
        assertThat(session.state()).isEqualTo(SessionState.DISCHARGED);
        assertThat(session.note()).isNotNull().satisfies(note -> assertThat(note.lines())
                .filteredOn(line -> line.startsWith("Put on record late"))
                .hasSize(3));
    }

    @Test
    void helpIsCalledInEveryState() {
        assertThat(session.callForHelp(entry())).containsExactly(new SchedulingEvent.HelpCalled("ses", "pat", START));
        session.cancel("clinic", SessionAtHand.FEES, List.of(), now);
        assertThat(session.callForHelp(entry())).hasSize(1);
    }

    @Test
    void aTabletsClockThatIsOffIsCorrectedAndNothingHappensInTheFuture() {
        Instant received = START;
        Instant deviceNow = received.minus(Duration.ofHours(3));
        Entry late = Entry.of(
                "id", deviceNow.minus(Duration.ofMinutes(7)), deviceNow, Duration.ofMinutes(2), "nora", received);
        assertThat(late.at()).isEqualTo(received.minus(Duration.ofMinutes(7)));
        assertThat(late.toldAt()).isEqualTo(deviceNow.minus(Duration.ofMinutes(7)));

        Entry ahead = Entry.of("id", received.plusSeconds(90), null, Duration.ofMinutes(2), "nora", received);
        assertThat(ahead.at()).isEqualTo(received);
    }
}
