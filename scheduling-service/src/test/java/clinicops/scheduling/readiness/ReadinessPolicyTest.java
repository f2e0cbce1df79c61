package clinicops.scheduling.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.contracts.BillingEvent;
import clinicops.contracts.Event;
import clinicops.contracts.IntakeEvent;
import clinicops.contracts.Money;
import clinicops.outbox.Received;
import clinicops.scheduling.protocol.ProtocolFiles;
import clinicops.scheduling.protocol.RuleBook;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadinessPolicyTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");

    private final ReadinessPolicy policy =
            new ReadinessPolicy(ProtocolFiles.protocol(), new RuleBook().read("readiness-terms", ReadinessTerms.class));
    private final PatientFacts facts = new PatientFacts("pat");
    private int heard;

    private void hear(Event event) {
        hear(event, ++heard);
    }

    private void hear(Event event, long sequence) {
        PatientFactsProjection.apply(
                facts, new Received<>("id", "type", "intake", "pat", sequence, NOW, "correlation", null, event));
    }

    private static final Event CLEARED = new IntakeEvent.PatientCleared("pat", NOW, TODAY.plusDays(90), null);
    private static final Event SIGNED = new IntakeEvent.ConsentSigned("con", "pat", "ketamine", "iv", "v1", NOW);
    private static final Event WITHDRAWN = new IntakeEvent.ConsentWithdrawn("con", "pat", "ketamine", "iv", NOW);
    private static final Event PLAN = plan("plan", 1, "iv", 1);

    private static Event plan(String planId, int revision, String route, int minGapDays) {
        return new IntakeEvent.TreatmentPlanApproved(
                planId,
                "pat",
                revision,
                "F33.2",
                "ketamine",
                route,
                new BigDecimal("0.5"),
                new BigDecimal("1.0"),
                6,
                minGapDays,
                14,
                21,
                "paula",
                NOW);
    }

    @Test
    void tabletsAtHomeNeedNeitherChairNorPayment() {
        hear(CLEARED);
        hear(new IntakeEvent.ConsentSigned("con", "pat", "ketamine", "oral", "v1", NOW));
        hear(new IntakeEvent.TreatmentPlanApproved(
                "plan",
                "pat",
                1,
                "F33.2",
                "ketamine",
                "oral",
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                new BigDecimal("100"),
                0,
                0,
                0,
                0,
                null,
                null,
                null,
                "paula",
                NOW));

        assertThat(bookingBlockers()).containsExactly("route-needs-no-chair");
        assertThat(policy.forTreating(facts, TreatmentRecord.NONE, TODAY, NOW, List.of())
                        .rules())
                .containsExactly("route-needs-no-chair");
    }

    private static Event selfPay(int sessions) {
        return new BillingEvent.SelfPayAgreed("est", "pat", sessions, Money.usd(270_000), NOW);
    }

    private static Event authorization(int units, LocalDate from, LocalDate to) {
        return new BillingEvent.AuthorizationGranted("auth", "pat", units, from, to, NOW);
    }

    private void readyPatient() {
        hear(CLEARED);
        hear(SIGNED);
        hear(PLAN);
        hear(selfPay(6));
    }

    private static List<TreatmentRecord.Dose> doses(int number, PaymentSource paidBy) {
        return IntStream.range(0, number)
                .mapToObj(i -> new TreatmentRecord.Dose(TODAY.minusDays(20 - i), paidBy))
                .toList();
    }

    private List<String> bookingBlockers(TreatmentRecord treated) {
        return policy.forBooking(facts, treated, TODAY, List.of()).rules();
    }

    private List<String> bookingBlockers() {
        return bookingBlockers(TreatmentRecord.NONE);
    }

    private static TreatmentRecord.Answers answers(
            String solids, String liquids, boolean pregnancyTestPositive, boolean drugsChanged) {
        return new TreatmentRecord.Answers(
                new BigDecimal(solids), new BigDecimal(liquids), pregnancyTestPositive, drugsChanged, null, false);
    }

    private static TreatmentRecord.Reading vitals(int systolic, int diastolic, int spo2, int heartRate) {
        return new TreatmentRecord.Reading(NOW.minus(Duration.ofMinutes(5)), systolic, diastolic, spo2, heartRate);
    }

    private static final TreatmentRecord.Answers GOOD_ANSWERS = answers("8", "3", false, false);
    private static final TreatmentRecord.Reading GOOD_VITALS = vitals(122, 78, 98, 72);

    private Verdict treating(
            boolean escort,
            TreatmentRecord.@Nullable Answers answers,
            TreatmentRecord.@Nullable Reading vitals,
            List<TreatmentRecord.Dose> doses,
            boolean openReview) {
        return policy.forTreating(
                facts,
                new TreatmentRecord(
                        doses,
                        openReview,
                        true,
                        new TreatmentRecord.Today(
                                "ses",
                                "ketamine",
                                "iv",
                                escort ? TreatmentRecord.Escort.REACHABLE : TreatmentRecord.Escort.MISSING,
                                answers,
                                vitals)),
                TODAY,
                NOW,
                List.of());
    }

    private Verdict treating(TreatmentRecord.Answers answers, TreatmentRecord.Reading vitals) {
        return treating(true, answers, vitals, List.of(), false);
    }

    @Test
    void aPlanThatFixesTheDoseInMilligramsIsAPlan() {
        hear(new IntakeEvent.TreatmentPlanApproved(
                "plan",
                "pat",
                1,
                "F33.2",
                "esketamine",
                "nasal",
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                new BigDecimal("84"),
                8,
                3,
                24,
                35,
                null,
                null,
                null,
                "paula",
                NOW));

        assertThat(facts.activePlan())
                .hasValueSatisfying(plan -> assertThat(plan.fixedDoseMg()).isEqualByComparingTo("84"));
    }

    @Test
    void namesEveryReasonAgainstAPatientWhoWasOnlyReferred() {
        assertThat(bookingBlockers()).containsExactly("clearance-missing", "plan-missing", "payment-open");
    }

    @Test
    void everyBlockerSaysWhoCanClearItAndWhereItsRuleComesFrom() {
        var verdict = policy.forTreating(facts, TreatmentRecord.NONE, TODAY, NOW, List.of());

        assertThat(verdict.blockers()).isNotEmpty().allSatisfy(blocker -> {
            assertThat(blocker.whoCanClear()).isNotEmpty();
            assertThat(blocker.source()).isNotBlank();
            assertThat(blocker.detail()).isNotBlank();
        });
    }

    @Test
    void booksAClearedConsentingSelfPayingPatientWithAPlan() {
        readyPatient();
        assertThat(bookingBlockers()).isEmpty();
    }

    @Test
    void refusesToBookWithoutConsentForTheVeryRoute() {
        readyPatient();
        hear(plan("plan2", 1, "im", 1));
        assertThat(bookingBlockers()).containsExactly("consent-missing");
    }

    @Test
    void refusesToBookAfterConsentWasWithdrawn() {
        readyPatient();
        hear(WITHDRAWN);
        assertThat(bookingBlockers()).containsExactly("consent-missing");
    }

    @Test
    void aLateConsentDoesNotUndoItsWithdrawal() {
        readyPatient();
        hear(WITHDRAWN, 20);
        hear(SIGNED, 10);
        assertThat(bookingBlockers()).containsExactly("consent-missing");
    }

    @Test
    void lateNewsOfOneRouteIsNotHiddenByNewsOfAnother() {
        hear(WITHDRAWN, 20);
        hear(new IntakeEvent.ConsentSigned("con", "pat", "ketamine", "im", "v1", NOW), 10);
        assertThat(facts.consent("ketamine", "im")).get().matches(PatientFacts.Consent::signed);
    }

    @Test
    void refusesToBookWhenTheClearanceEndsBeforeTheLastSession() {
        readyPatient();
        List<LocalDate> untilExpiry = List.of(TODAY, TODAY.plusDays(89));
        List<LocalDate> beyond = List.of(TODAY, TODAY.plusDays(90));
        assertThat(policy.forBooking(facts, TreatmentRecord.NONE, TODAY, untilExpiry)
                        .rules())
                .isEmpty();
        assertThat(policy.forBooking(facts, TreatmentRecord.NONE, TODAY, beyond).rules())
                .containsExactly("clearance-expired");
    }

    @Test
    void aLapsedClearanceBlocksUntilTheNextOne() {
        readyPatient();
        hear(new IntakeEvent.ClearanceLapsed("pat", "medical", NOW, "expired"));
        assertThat(bookingBlockers()).containsExactly("clearance-lapsed");
        hear(CLEARED);
        assertThat(bookingBlockers()).isEmpty();
    }

    @Test
    void aDeclinedPatientIsNeverBooked() {
        readyPatient();
        hear(new IntakeEvent.PatientDeclined("pat", "declined", List.of("risk"), NOW));
        assertThat(bookingBlockers()).containsExactly("patient-declined");
    }

    @Test
    void anEndedPlanIsNoPlan() {
        readyPatient();
        hear(new IntakeEvent.TreatmentPlanEnded("plan", "pat", "completed", NOW));
        assertThat(bookingBlockers()).containsExactly("plan-missing");
    }

    @Test
    void coverageThatNeedsNoAuthorizationPays() {
        hear(CLEARED);
        hear(SIGNED);
        hear(PLAN);
        hear(new BillingEvent.BenefitsChecked("cov", "pat", true, false, TODAY, NOW));
        assertThat(bookingBlockers()).isEmpty();
        hear(new BillingEvent.BenefitsChecked("cov", "pat", false, false, TODAY, NOW));
        assertThat(bookingBlockers()).containsExactly("payment-open");
    }

    @Test
    void anAuthorizationHasToHaveAUnitInDateForEverySession() {
        hear(CLEARED);
        hear(SIGNED);
        hear(PLAN);
        hear(new BillingEvent.BenefitsChecked("cov", "pat", true, true, TODAY, NOW));
        assertThat(bookingBlockers()).containsExactly("payment-open");
        hear(authorization(5, TODAY, TODAY.plusDays(30)));
        assertThat(bookingBlockers()).containsExactly("payment-open");
        hear(authorization(6, TODAY, TODAY.plusDays(30)));
        assertThat(bookingBlockers()).isEmpty();
        List<LocalDate> oneTooLate = List.of(TODAY, TODAY.plusDays(31));
        assertThat(policy.forBooking(facts, TreatmentRecord.NONE, TODAY, oneTooLate)
                        .rules())
                .containsExactly("payment-open");
    }

    @Test
    void attendedSessionsUseUnitsUp() {
        hear(CLEARED);
        hear(SIGNED);
        hear(PLAN);
        hear(authorization(6, TODAY.minusDays(30), TODAY.plusDays(30)));
        var auth = new PaymentSource(PaymentSource.AUTHORIZATION, "auth");

        Verdict afterFive = treating(true, GOOD_ANSWERS, GOOD_VITALS, doses(5, auth), false);
        Verdict afterSix = treating(true, GOOD_ANSWERS, GOOD_VITALS, doses(6, auth), false);

        assertThat(afterFive.rules()).isEmpty();
        assertThat(afterFive.payment()).isEqualTo(auth);
        assertThat(afterSix.rules()).containsExactly("payment-open");
    }

    @Test
    void refusesASecondCourseWhileOneIsOpen() {
        readyPatient();
        assertThat(bookingBlockers(new TreatmentRecord(List.of(), false, true, null)))
                .containsExactly("course-still-open");
    }

    @Test
    void treatsAPatientWithAllAnswersRight() {
        readyPatient();
        Verdict verdict = treating(GOOD_ANSWERS, GOOD_VITALS);
        assertThat(verdict.rules()).isEmpty();
        assertThat(verdict.softHolds()).isEmpty();
        assertThat(verdict.payment()).isEqualTo(new PaymentSource(PaymentSource.SELF_PAY, "est"));
    }

    @Test
    void refusesDosingWithoutEscort() {
        readyPatient();
        assertThat(treating(false, GOOD_ANSWERS, GOOD_VITALS, List.of(), false).rules())
                .containsExactly("escort-missing");
    }

    @Test
    void refusesDosingWithoutQuestionsOrVitals() {
        readyPatient();
        assertThat(treating(true, null, null, List.of(), false).rules())
                .containsExactly("gate-not-asked", "vitals-missing");
    }

    @Test
    void refusesDosingWithoutFastingPregnancyTestOrWithChangedDrugs() {
        readyPatient();
        assertThat(treating(answers("5.9", "2", false, false), GOOD_VITALS).rules())
                .containsExactly("fasting-solids");
        assertThat(treating(answers("6", "1.9", false, false), GOOD_VITALS).rules())
                .containsExactly("fasting-liquids");
        assertThat(treating(answers("6", "2", true, true), GOOD_VITALS).rules())
                .containsExactly("pregnancy-test", "drugs-changed");
    }

    @Test
    void holdsHardAtEachLimitAndNotBelowIt() {
        readyPatient();
        assertThat(List.of(
                        vitals(160, 78, 98, 72),
                        vitals(122, 100, 98, 72),
                        vitals(122, 78, 91, 72),
                        vitals(122, 78, 98, 121)))
                .allSatisfy(reading ->
                        assertThat(treating(GOOD_ANSWERS, reading).rules()).containsExactly("vitals-hard-hold"));
        assertThat(treating(GOOD_ANSWERS, vitals(159, 99, 92, 120)).rules()).isEmpty();
    }

    @Test
    void weighsAndRecordsASoftHold() {
        readyPatient();
        assertThat(treating(GOOD_ANSWERS, vitals(140, 90, 98, 72)).softHolds()).isEmpty();
        assertThat(treating(GOOD_ANSWERS, vitals(141, 91, 98, 72)).softHolds())
                .containsExactly("systolic > 140", "diastolic > 90");
    }

    @Test
    void refusesVitalsOfAnHourAgo() {
        readyPatient();
        var old = new TreatmentRecord.Reading(NOW.minus(Duration.ofMinutes(61)), 122, 78, 98, 72);
        assertThat(treating(GOOD_ANSWERS, old).rules()).containsExactly("vitals-too-old");
    }

    @Test
    void keepsThePlansGapSinceTheLastDose() {
        hear(CLEARED);
        hear(SIGNED);
        hear(plan("plan", 1, "iv", 2));
        hear(selfPay(6));
        var yesterday =
                List.of(new TreatmentRecord.Dose(TODAY.minusDays(1), new PaymentSource(PaymentSource.SELF_PAY, "est")));
        var twoDaysAgo =
                List.of(new TreatmentRecord.Dose(TODAY.minusDays(2), new PaymentSource(PaymentSource.SELF_PAY, "est")));
        assertThat(treating(true, GOOD_ANSWERS, GOOD_VITALS, yesterday, false).rules())
                .containsExactly("gap-since-last-dose");
        assertThat(treating(true, GOOD_ANSWERS, GOOD_VITALS, twoDaysAgo, false).rules())
                .isEmpty();
    }

    @Test
    void aSeriousAdverseEventBlocksUntilItIsReviewed() {
        readyPatient();
        assertThat(treating(true, GOOD_ANSWERS, GOOD_VITALS, List.of(), true).rules())
                .containsExactly("adverse-event-unreviewed");
    }

    @Test
    void refusesADoseThatTheNewPlanNoLongerAsksFor() {
        readyPatient();
        hear(new IntakeEvent.ConsentSigned("con2", "pat", "ketamine", "im", "v1", NOW));
        hear(plan("plan2", 1, "im", 1));
        assertThat(treating(GOOD_ANSWERS, GOOD_VITALS).rules()).containsExactly("plan-changed");
    }

    @Test
    void theRefusalNamesEveryRule() {
        assertThat(policy.forBooking(facts, TreatmentRecord.NONE, TODAY, List.of())
                        .refusal())
                .get()
                .satisfies(refusal -> {
                    assertThat(refusal.rule()).isEqualTo("clearance-missing");
                    assertThat(List.of(String.valueOf(refusal.getMessage()).split("; ")).stream()
                                    .map(part -> part.split(":")[0])
                                    .collect(Collectors.toList()))
                            .containsExactly("clearance-missing", "plan-missing", "payment-open");
                });
    }

    @Test
    void anUnresolvedSafetyAlertStopsADoseAndNoBooking() {
        hear(CLEARED, SIGNED, PLAN);
        hear(new IntakeEvent.SafetyAlertRaised("alert", "pat", "c-ssrs-high", NOW));
        assertThat(treating(GOOD_ANSWERS, GOOD_VITALS).rules()).contains("safety-alert-open");
        assertThat(bookingBlockers()).doesNotContain("safety-alert-open");

        hear(new IntakeEvent.SafetyAlertResolved("alert", "pat", "safety-plan", "paula", NOW));
        assertThat(treating(GOOD_ANSWERS, GOOD_VITALS).rules()).doesNotContain("safety-alert-open");
    }

    @Test
    void anAlertThatIsToldAgainAfterItsResolutionStaysResolved() {
        hear(new IntakeEvent.SafetyAlertResolved("alert", "pat", "safety-plan", "paula", NOW), 9);
        hear(new IntakeEvent.SafetyAlertRaised("alert", "pat", "c-ssrs-high", NOW), 3);
        assertThat(treating(GOOD_ANSWERS, GOOD_VITALS).rules()).doesNotContain("safety-alert-open");
    }

    @Test
    void aPregnancyTestCountsForThirtyDaysAndOneMadeAtTheGateCountsToo() {
        hear(pregnancyTest("negative", 29));
        assertThat(treating(GOOD_ANSWERS, GOOD_VITALS).rules()).doesNotContain("pregnancy-test-due");

        hear(pregnancyTest("negative", 40));
        assertThat(treating(GOOD_ANSWERS, GOOD_VITALS).rules())
                .as("an older one that is heard later changes nothing")
                .doesNotContain("pregnancy-test-due");

        var other = new PatientFacts("other");
        PatientFactsProjection.apply(other, received(pregnancyTest("negative", 30)));
        var treated =
                new TreatmentRecord(List.of(), false, true, today(GOOD_ANSWERS, TreatmentRecord.Escort.REACHABLE));
        var due = policy.forTreating(other, treated, TODAY, NOW, List.of()).blockers().stream()
                .filter(blocker -> blocker.rule().equals("pregnancy-test-due"))
                .findFirst();
        assertThat(due).hasValueSatisfying(blocker -> {
            assertThat(blocker.heardAt()).isEqualTo(NOW.minus(Duration.ofDays(30)));
            assertThat(blocker.whoCanClear()).containsExactly("nurse", "prescriber");
        });

        var tested = new TreatmentRecord.Answers(new BigDecimal("8"), new BigDecimal("3"), false, false, null, true);
        assertThat(policy.forTreating(
                                other,
                                new TreatmentRecord(
                                        List.of(), false, true, today(tested, TreatmentRecord.Escort.REACHABLE)),
                                TODAY,
                                NOW,
                                List.of())
                        .rules())
                .doesNotContain("pregnancy-test-due");
    }

    @Test
    void whoMayBePregnantNeedsATestBeforeTheFirstDose() {
        hear(new IntakeEvent.PatientCleared("pat", NOW, TODAY.plusDays(90), true), 5);
        assertThat(treating(GOOD_ANSWERS, GOOD_VITALS).blockers())
                .filteredOn(blocker -> blocker.rule().equals("pregnancy-test-due"))
                .singleElement()
                .satisfies(blocker -> assertThat(blocker.detail()).contains("no pregnancy test is on file"));

        var testedNow = new TreatmentRecord.Answers(new BigDecimal("8"), new BigDecimal("3"), false, false, null, true);
        assertThat(treating(testedNow, GOOD_VITALS).rules()).doesNotContain("pregnancy-test-due");

        hear(pregnancyTest("negative", 3));
        assertThat(treating(GOOD_ANSWERS, GOOD_VITALS).rules()).doesNotContain("pregnancy-test-due");
    }

    @Test
    void noTestIsAskedOfWhoCannotBePregnant() {
        hear(new IntakeEvent.PatientCleared("pat", NOW, TODAY.plusDays(90), false), 5);
        hear(pregnancyTest("negative", 45));
        assertThat(treating(GOOD_ANSWERS, GOOD_VITALS).rules()).doesNotContain("pregnancy-test-due");
    }

    @Test
    void aDecongestantWithinTheHourDelaysTheNasalSprayAlone() {
        var answers = new TreatmentRecord.Answers(
                new BigDecimal("8"), new BigDecimal("3"), false, false, new BigDecimal("0.5"), false);
        assertThat(ofRoute("nasal", answers)).contains("decongestant-too-recent");
        assertThat(ofRoute("iv", answers)).doesNotContain("decongestant-too-recent");
    }

    @Test
    void anEscortWhomNobodyCanCallIsNoEscort() {
        assertThat(policy.forTreating(
                                facts,
                                new TreatmentRecord(
                                        List.of(),
                                        false,
                                        true,
                                        today(GOOD_ANSWERS, TreatmentRecord.Escort.UNREACHABLE)),
                                TODAY,
                                NOW,
                                List.of())
                        .rules())
                .contains("escort-unreachable")
                .doesNotContain("escort-missing");
    }

    @Test
    void aDuplicateIsNeitherBookedNorTreatedUntilTheMergingIsUndone() {
        facts.hear(new PatientFacts.Merge("other", new PatientFacts.Heard("pat", 1, NOW)));
        assertThat(bookingBlockers()).contains("patient-merged");
        assertThat(treating(GOOD_ANSWERS, GOOD_VITALS).rules()).contains("patient-merged");

        facts.hear(new PatientFacts.Merge(null, new PatientFacts.Heard("pat", 2, NOW)));
        assertThat(bookingBlockers()).doesNotContain("patient-merged");
    }

    @Test
    void whatAnotherFeatureObjectsToStopsTheDose() {
        var noDrug = Blocker.of("drug-not-on-site", "no lot for this patient", clinicops.chassis.Role.NURSE)
                .heardAt(NOW);
        var verdict = policy.forTreating(facts, TreatmentRecord.NONE, TODAY, NOW, List.of(noDrug));
        assertThat(verdict.blockers()).contains(noDrug.blocking("treating"));
    }

    @Test
    void aBlockerTellsSinceWhenItsFactIsKnown() {
        hear(CLEARED, SIGNED, PLAN, WITHDRAWN);
        assertThat(treating(GOOD_ANSWERS, GOOD_VITALS).blockers())
                .filteredOn(blocker -> blocker.rule().equals("consent-missing"))
                .extracting(Blocker::heardAt)
                .containsExactly(NOW);
    }

    private void hear(Event... events) {
        for (Event event : events) {
            hear(event);
        }
    }

    private static IntakeEvent.WorkupRecorded pregnancyTest(String finding, int daysAgo) {
        return new IntakeEvent.WorkupRecorded(
                "wu", "pat", "pregnancy-test", finding, NOW.minus(Duration.ofDays(daysAgo)), NOW);
    }

    private static Received<Event> received(Event event) {
        return new Received<>("id", "type", "intake", "pat", 1, NOW, "correlation", null, event);
    }

    private static TreatmentRecord.Today today(TreatmentRecord.Answers answers, TreatmentRecord.Escort escort) {
        return new TreatmentRecord.Today("ses", "ketamine", "iv", escort, answers, GOOD_VITALS);
    }

    private List<String> ofRoute(String route, TreatmentRecord.Answers answers) {
        var session = new TreatmentRecord.Today(
                "ses", "esketamine", route, TreatmentRecord.Escort.REACHABLE, answers, GOOD_VITALS);
        return policy.forTreating(facts, new TreatmentRecord(List.of(), false, true, session), TODAY, NOW, List.of())
                .rules();
    }
}
