package clinicops.intake.patient;

import static clinicops.intake.patient.PatientFixture.EXPIRES;
import static clinicops.intake.patient.PatientFixture.NOW;
import static clinicops.intake.patient.PatientFixture.TERMS;
import static clinicops.intake.patient.PatientFixture.TEXT;
import static clinicops.intake.patient.PatientFixture.UNTIL;
import static clinicops.intake.patient.PatientFixture.clearance;
import static clinicops.intake.patient.PatientFixture.cleared;
import static clinicops.intake.patient.PatientFixture.consent;
import static clinicops.intake.patient.PatientFixture.consented;
import static clinicops.intake.patient.PatientFixture.finding;
import static clinicops.intake.patient.PatientFixture.planned;
import static clinicops.intake.patient.PatientFixture.referred;
import static clinicops.intake.patient.PatientFixture.registration;
import static clinicops.intake.patient.PatientFixture.review;
import static clinicops.intake.patient.PatientFixture.screened;
import static clinicops.intake.patient.PatientFixture.screening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.chassis.RuleViolation;
import clinicops.intake.patient.PatientEvent.Lapse;
import clinicops.intake.patient.PatientEvent.PlanEnd;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PatientTest {

    @Test
    void tellsOfReferralRegistrationContactAndCoverageInThisOrder() {
        assertThat(registration().events())
                .extracting(e -> e.getClass().getSimpleName())
                .containsExactly("Referred", "Registered", "ContactStated", "CoverageStated");
        assertThat(referred().status()).isEqualTo(PatientStatus.REFERRED);
    }

    @Test
    void aSelfPayingPatientReportsNoCoverage() {
        var insured = registration().patient();
        var selfPay = Patient.register("p2", insured.referral(), insured.demographics(), insured.contact(), null, null);

        assertThat(selfPay.events()).noneMatch(e -> e instanceof PatientEvent.CoverageStated);
    }

    @Test
    void neverPrintsTheMemberId() {
        assertThat(registration().events().toString()).doesNotContain("M-1");
    }

    @Test
    void aScreeningWithoutFindingsOpensTheWayToTheClearances() {
        var patient = referred();
        var taken = screening(SuicideRisk.LOW);

        assertThat(patient.screen(taken)).containsExactly(new PatientEvent.Screened("p1", taken));
        assertThat(patient.status()).isEqualTo(PatientStatus.SCREENED);
    }

    @Test
    void aFindingThatExcludesEndsTheWayAndNamesItsRules() {
        var patient = referred();
        var taken = screening(
                SuicideRisk.NONE, finding("age", Outcome.EXCLUDED), finding("substance-use", Outcome.NEEDS_REVIEW));

        assertThat(patient.screen(taken))
                .containsExactly(
                        new PatientEvent.Screened("p1", taken), new PatientEvent.Excluded("p1", List.of("age"), NOW));
        assertThat(patient.status()).isEqualTo(PatientStatus.EXCLUDED);
        refuses("patient-excluded", () -> patient.clear(clearance(ClearanceKind.MEDICAL), List.of()));
        refuses("patient-excluded", () -> patient.sign(consent("c1", TEXT)));
    }

    @Test
    void highSuicideRiskComesBeforeEverythingElse() {
        var patient = referred();

        patient.screen(screening(SuicideRisk.HIGH, finding("age", Outcome.EXCLUDED)));

        assertThat(patient.status()).isEqualTo(PatientStatus.AWAITING_SAFETY_REVIEW);
        refuses("safety-review-open", () -> patient.clear(clearance(ClearanceKind.MENTAL_HEALTH), List.of()));
        refuses("safety-review-open", () -> patient.sign(consent("c1", TEXT)));
        refuses("safety-review-open", () -> patient.decline(decline()));
    }

    @Test
    void aLaterScreeningLeadsOutOfTheSafetyReview() {
        var patient = referred();
        patient.screen(screening(SuicideRisk.HIGH));

        patient.screen(screening(SuicideRisk.MODERATE));

        assertThat(patient.status()).isEqualTo(PatientStatus.SCREENED);
    }

    @Test
    void isClearedOnlyWithBothClearancesAndUntilTheEarlierExpires() {
        var patient = screened();
        var earlier = UNTIL.minusDays(3);

        assertThat(patient.clear(clearance(ClearanceKind.MENTAL_HEALTH, earlier, EXPIRES), List.of()))
                .isEmpty();
        assertThat(patient.status()).isEqualTo(PatientStatus.SCREENED);
        assertThat(patient.clear(clearance(ClearanceKind.MEDICAL), List.of()))
                .containsExactly(new PatientEvent.Cleared("p1", NOW, earlier, true));
        assertThat(patient.status()).isEqualTo(PatientStatus.CLEARED);
    }

    @Test
    void anExpiredClearanceDoesNotCountBesideANewOne() {
        var patient = screened();
        patient.clear(clearance(ClearanceKind.MENTAL_HEALTH, LocalDate.parse("2026-03-02"), NOW), List.of());

        assertThat(patient.clear(clearance(ClearanceKind.MEDICAL), List.of())).isEmpty();
        assertThat(patient.status()).isEqualTo(PatientStatus.SCREENED);
    }

    @Test
    void refusesTheMedicalClearanceWhileAFindingLacksAPrescribersReason() {
        var patient = screened(
                finding("substance-use", Outcome.NEEDS_REVIEW), finding("blood-pressure", Outcome.NEEDS_REVIEW));
        assertThat(patient.status()).isEqualTo(PatientStatus.NEEDS_REVIEW);

        refuses(
                "findings-reviewed",
                () -> patient.clear(clearance(ClearanceKind.MEDICAL), List.of(review("substance-use"))));
        patient.clear(clearance(ClearanceKind.MENTAL_HEALTH), List.of(review("blood-pressure")));
        patient.clear(clearance(ClearanceKind.MEDICAL), List.of(review("substance-use")));

        assertThat(patient.status()).isEqualTo(PatientStatus.CLEARED);
    }

    @Test
    void refusesToReviewWhatNeedsNoReview() {
        var patient = screened(finding("age", Outcome.CLEARED));

        refuses(
                "finding-needs-no-review",
                () -> patient.clear(clearance(ClearanceKind.MEDICAL), List.of(review("age"))));
        assertThat(patient.clearances()).isEmpty();
    }

    @Test
    void refusesToClearBeforeScreening() {
        refuses("screening-needed", () -> referred().clear(clearance(ClearanceKind.MEDICAL), List.of()));
    }

    @Test
    void aClinicianWhoDeclinesEndsTheWayForGood() {
        var patient = planned();

        assertThat(patient.decline(decline()))
                .containsExactly(
                        new PatientEvent.Declined("p1", ClearanceKind.MEDICAL, NOW),
                        new PatientEvent.PlanEnded("p1", "plan1", PlanEnd.DECLINED, NOW));
        assertThat(patient.status()).isEqualTo(PatientStatus.DECLINED);
        refuses("patient-declined", () -> patient.screen(screening(SuicideRisk.NONE)));
        refuses("patient-declined", () -> patient.clear(clearance(ClearanceKind.MEDICAL), List.of()));
    }

    @Test
    void newAnswersTakeAwayWhatTheClearancesRestedOn() {
        var patient = cleared();
        var taken = screening(SuicideRisk.NONE, finding("pregnancy", Outcome.NEEDS_REVIEW));

        assertThat(patient.screen(taken))
                .containsExactly(
                        new PatientEvent.Screened("p1", taken),
                        new PatientEvent.ClearanceLapsed("p1", ClearanceKind.MENTAL_HEALTH, Lapse.SCREENED_AGAIN, NOW),
                        new PatientEvent.ClearanceLapsed("p1", ClearanceKind.MEDICAL, Lapse.SCREENED_AGAIN, NOW));
        assertThat(patient.status()).isEqualTo(PatientStatus.NEEDS_REVIEW);
    }

    @Test
    void anExclusionFoundLaterEndsThePlan() {
        var patient = planned();

        var events = patient.screen(screening(SuicideRisk.NONE, finding("theophylline", Outcome.EXCLUDED)));

        assertThat(events).contains(new PatientEvent.PlanEnded("p1", "plan1", PlanEnd.DECLINED, NOW));
        assertThat(patient.plan()).isNull();
    }

    @Test
    void aClearanceHoldsUntilTheMomentOfItsExpiryAndThenLapses() {
        var patient = cleared();

        assertThat(patient.lapseClearances(EXPIRES.minusMillis(1))).isEmpty();
        assertThat(patient.status()).isEqualTo(PatientStatus.CLEARED);
        assertThat(patient.lapseClearances(EXPIRES.plus(Duration.ofDays(2))))
                .containsExactly(
                        new PatientEvent.ClearanceLapsed("p1", ClearanceKind.MENTAL_HEALTH, Lapse.EXPIRED, EXPIRES),
                        new PatientEvent.ClearanceLapsed("p1", ClearanceKind.MEDICAL, Lapse.EXPIRED, EXPIRES));
        assertThat(patient.status()).isEqualTo(PatientStatus.SCREENED);
        assertThat(patient.lapseClearances(EXPIRES.plus(Duration.ofDays(3)))).isEmpty();
    }

    @Test
    void aReviewLapsesWithTheMedicalClearanceThatItServed() {
        var patient = screened(finding("substance-use", Outcome.NEEDS_REVIEW));
        patient.clear(clearance(ClearanceKind.MEDICAL), List.of(review("substance-use")));

        patient.lapseClearances(EXPIRES);

        refuses("findings-reviewed", () -> patient.clear(clearance(ClearanceKind.MEDICAL), List.of()));
    }

    @Test
    void signingTheSameTextTwiceChangesNothing() {
        var patient = consented();

        assertThat(patient.sign(consent("c2", TEXT))).isEmpty();
        assertThat(patient.consents()).hasSize(1);
    }

    @Test
    void aNewTextVersionIsSignedAgainAndTakesThePlaceOfTheOld() {
        var patient = consented();
        var next = consent("c2", "2027-01");

        assertThat(patient.sign(next)).containsExactly(new PatientEvent.ConsentSigned("p1", next));
        assertThat(patient.consentTo("ketamine", Route.IV)).contains(next);
        assertThat(patient.consents().getFirst().endedAt()).isEqualTo(NOW);
    }

    @Test
    void withdrawingConsentEndsThePlanAtOnce() {
        var patient = planned();

        assertThat(patient.withdrawConsent(Route.IV, "fred", null, NOW))
                .extracting(e -> e.getClass().getSimpleName())
                .containsExactly("ConsentWithdrawn", "PlanEnded");
        assertThat(patient.plan()).isNull();
        assertThat(patient.consentTo("ketamine", Route.IV)).isEmpty();
        assertThat(patient.withdrawConsent(Route.IV, "fred", null, NOW)).isEmpty();
    }

    @Test
    void withdrawingOneRouteLeavesTheOthers() {
        var patient = planned();

        assertThat(patient.withdrawConsent(Route.NASAL, "fred", null, NOW)).isEmpty();
        assertThat(patient.plan()).isNotNull();
    }

    @Test
    void consentMayBeWithdrawnEvenWhenDeclined() {
        var patient = consented();
        patient.decline(decline());

        assertThat(patient.withdrawConsent(Route.IV, "fred", null, NOW)).hasSize(1);
    }

    @Test
    void refusesAPlanWithoutBothClearances() {
        var patient = screened();
        patient.sign(consent("c1", TEXT));

        refuses("clearance-needed", () -> patient.approvePlan("plan1", TERMS, TEXT, "2026-01", "pia", NOW));
    }

    @Test
    void refusesAPlanOnceAClearanceIsOverEvenBeforeItWasSeenToLapse() {
        refuses("clearance-needed", () -> consented().approvePlan("plan1", TERMS, TEXT, "2026-01", "pia", EXPIRES));
    }

    @Test
    void refusesAPlanWithoutConsentToItsDrugAndRoute() {
        refuses("consent-needed", () -> cleared().approvePlan("plan1", TERMS, TEXT, "2026-01", "pia", NOW));
    }

    @Test
    void refusesAPlanOnAnOutdatedConsent() {
        refuses("consent-outdated", () -> consented().approvePlan("plan1", TERMS, "2027-01", "2026-01", "pia", NOW));
    }

    @Test
    void aChangedPlanIsTheNextRevisionAndTheSameTermsAreNone() {
        var patient = planned();
        var stronger = PatientFixture.terms("0.7");

        assertThat(patient.approvePlan("plan2", TERMS, TEXT, "2026-01", "pia", NOW))
                .isEmpty();
        patient.approvePlan("plan2", stronger, TEXT, "2026-01", "paul", NOW);

        assertThat(patient.plan()).isNotNull();
        assertThat(patient.plan().id()).isEqualTo("plan1");
        assertThat(patient.plan().revision()).isEqualTo(2);
        assertThat(patient.formerPlans()).extracting(TreatmentPlan::revision).containsExactly(1);
    }

    @Test
    void isFoundByTheBeginningOfEitherNameWithoutAccents() {
        assertThat(referred().demographics().searchNames()).containsExactly("ana nunez", "nunez ana");
    }

    private static Decline decline() {
        return new Decline(ClearanceKind.MEDICAL, "pia", NOW, "unstable");
    }

    private static void refuses(String rule, ThrowingCallable command) {
        assertThatThrownBy(command).isInstanceOfSatisfying(RuleViolation.class, e -> assertThat(e.rule())
                .isEqualTo(rule));
    }

    @Test
    void aFindingThatNobodyWeighedTakesBackTheClearanceThatItConcerns() {
        var patient = planned();

        var events = patient.rejudge(List.of(finding("blood-pressure", Outcome.NEEDS_REVIEW)), "2026-02", NOW);

        assertThat(events)
                .contains(new PatientEvent.ClearanceLapsed("p1", ClearanceKind.MEDICAL, Lapse.FACTS_CHANGED, NOW));
        assertThat(patient.status()).isEqualTo(PatientStatus.NEEDS_REVIEW);
        assertThat(patient.clearances()).extracting(Clearance::kind).containsExactly(ClearanceKind.MENTAL_HEALTH);
        assertThat(patient.plan()).isNotNull();
    }

    @Test
    void anExclusionTakesBackBothClearancesAndEndsThePlan() {
        var patient = planned();

        var events = patient.rejudge(List.of(finding("pregnancy", Outcome.EXCLUDED)), "2026-02", NOW);

        assertThat(patient.status()).isEqualTo(PatientStatus.EXCLUDED);
        assertThat(patient.clearances()).isEmpty();
        assertThat(patient.plan()).isNull();
        assertThat(events).anyMatch(PatientEvent.Excluded.class::isInstance);
        assertThat(events).anyMatch(PatientEvent.PlanEnded.class::isInstance);
    }

    @Test
    void whatIsNoLongerHeldAgainstThePatientOpensTheWayAgain() {
        var patient = screened(finding("theophylline", Outcome.EXCLUDED));

        patient.rejudge(List.of(finding("theophylline", Outcome.CLEARED)), "2026-02", NOW);

        assertThat(patient.status()).isEqualTo(PatientStatus.SCREENED);
    }

    @Test
    void theSameFindingAboutAnotherDrugMustBeWeighedAgain() {
        var patient = screened(finding("benzodiazepines", Outcome.NEEDS_REVIEW, List.of("lorazepam")));
        patient.clear(clearance(ClearanceKind.MEDICAL), List.of(review("benzodiazepines")));

        patient.rejudge(
                List.of(finding("benzodiazepines", Outcome.NEEDS_REVIEW, List.of("lorazepam"))), "2026-02", NOW);
        assertThat(patient.clearances()).hasSize(1);
        assertThat(patient.reviews()).hasSize(1);

        patient.rejudge(
                List.of(finding("benzodiazepines", Outcome.NEEDS_REVIEW, List.of("lorazepam", "diazepam"))),
                "2026-02",
                NOW);
        assertThat(patient.clearances()).isEmpty();
        assertThat(patient.reviews()).isEmpty();
    }

    @Test
    void whatHasBeenDeclinedIsNotOpenedByFacts() {
        var patient = screened(finding("age", Outcome.CLEARED));
        patient.decline(new Decline(ClearanceKind.MEDICAL, "pia", NOW, "frail"));

        assertThat(patient.rejudge(List.of(finding("age", Outcome.EXCLUDED)), "2026-02", NOW))
                .isEmpty();
        assertThat(patient.status()).isEqualTo(PatientStatus.DECLINED);
    }
}
