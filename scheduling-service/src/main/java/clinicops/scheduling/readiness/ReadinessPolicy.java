package clinicops.scheduling.readiness;

import static clinicops.chassis.Role.BILLER;
import static clinicops.chassis.Role.FRONT_DESK;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static clinicops.chassis.Role.THERAPIST;

import clinicops.scheduling.protocol.Protocol;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a patient may be booked, and whether they may be treated today, naming every reason against it. Pure: facts
 * in, verdict out. Suggesting, booking, the pre-dose gate and the start of a dose all ask here.
 */
public final class ReadinessPolicy {
    static final String BOOKING = "booking";
    static final String TREATING = "treating";

    private final Protocol protocol;
    private final ReadinessTerms terms;

    public ReadinessPolicy(Protocol protocol, ReadinessTerms terms) {
        this.protocol = protocol;
        this.terms = terms;
    }

    /**
     * @param days the sessions' days; empty asks for as many sessions as the plan has, on some day from today
     */
    public Verdict forBooking(PatientFacts facts, TreatmentRecord treated, LocalDate today, List<LocalDate> days) {
        List<Blocker> blockers = new ArrayList<>();
        merged(facts).ifPresent(blockers::add);
        clearance(facts, days.isEmpty() ? today : latest(days)).ifPresent(blockers::add);
        Optional<PatientFacts.Plan> atHome = planAndConsent(facts, blockers).filter(this::needsNoChair);
        atHome.map(ReadinessPolicy::routeNeedsNoChair).ifPresent(blockers::add);
        if (treated.openReview()) {
            blockers.add(adverseEventUnreviewed());
        }
        if (treated.upcomingSessions()) {
            blockers.add(Blocker.of("course-still-open", "sessions of a course are still to come", FRONT_DESK));
        }
        if (atHome.isPresent()) {
            // no session, so nobody has to pay for one
            return new Verdict(blocking(BOOKING, blockers), List.of(), null);
        }
        List<@Nullable LocalDate> wanted = new ArrayList<>(days);
        if (wanted.isEmpty()) {
            int sessions = facts.activePlan().map(PatientFacts.Plan::sessions).orElse(1);
            for (int i = 0; i < sessions; i++) {
                wanted.add(null);
            }
        }
        Optional<PaymentSource> payment = payment(facts, treated, today, wanted);
        if (payment.isEmpty()) {
            blockers.add(paymentOpen(facts, wanted.size()));
        }
        return new Verdict(blocking(BOOKING, blockers), List.of(), payment.orElse(null));
    }

    /**
     * @param now when the dose would be given
     * @param others what other features have against it
     */
    public Verdict forTreating(
            PatientFacts facts, TreatmentRecord treated, LocalDate today, Instant now, List<Blocker> others) {
        List<Blocker> blockers = new ArrayList<>();
        List<String> softHolds = new ArrayList<>();
        merged(facts).ifPresent(blockers::add);
        facts.openAlerts().stream()
                .findFirst()
                .map(ReadinessPolicy::safetyAlertOpen)
                .ifPresent(blockers::add);
        clearance(facts, today).ifPresent(blockers::add);
        Optional<PatientFacts.Plan> plan = planAndConsent(facts, blockers);
        List<@Nullable LocalDate> wanted = new ArrayList<>();
        wanted.add(today);
        TreatmentRecord.Today session = treated.today();
        Optional<PatientFacts.Plan> atHome = plan.filter(p -> session == null && needsNoChair(p));
        if (atHome.isPresent()) {
            blockers.add(routeNeedsNoChair(atHome.get()));
            if (treated.openReview()) {
                blockers.add(adverseEventUnreviewed());
            }
            return new Verdict(blocking(TREATING, blockers), softHolds, null);
        }
        Optional<PaymentSource> payment = payment(facts, treated, today, wanted);
        if (payment.isEmpty()) {
            blockers.add(paymentOpen(facts, 1));
        }
        if (treated.openReview()) {
            blockers.add(adverseEventUnreviewed());
        }
        plan.flatMap(p -> gapTooShort(p, treated, today)).ifPresent(blockers::add);
        if (session == null) {
            blockers.add(Blocker.of("no-session-today", "no session is booked today", FRONT_DESK));
        } else {
            plan.filter(p -> !p.drug().equals(session.drug()) || !p.route().equals(session.route()))
                    .ifPresent(p -> blockers.add(
                            Blocker.of("plan-changed", "the plan in force asks for another drug or route", PRESCRIBER)
                                    .heardAt(p.heard().at())));
            ofToday(session, now, blockers, softHolds);
            pregnancyTestDue(facts, session.answers(), now).ifPresent(blockers::add);
        }
        blockers.addAll(others);
        return new Verdict(blocking(TREATING, blockers), softHolds, payment.orElse(null));
    }

    private void ofToday(TreatmentRecord.Today session, Instant now, List<Blocker> blockers, List<String> softHolds) {
        switch (session.escort()) {
            case MISSING ->
                blockers.add(
                        Blocker.of("escort-missing", "nobody is named who takes the patient home", FRONT_DESK, NURSE));
            case UNREACHABLE ->
                blockers.add(Blocker.of(
                        "escort-unreachable",
                        "there is no number at which who takes the patient home can be called",
                        FRONT_DESK,
                        NURSE));
            case REACHABLE -> {}
        }
        TreatmentRecord.Answers answers = session.answers();
        if (answers == null) {
            blockers.add(Blocker.of("gate-not-asked", "the pre-dose questions were not asked yet", NURSE));
        } else {
            judge(answers, session.route(), blockers);
        }
        TreatmentRecord.Reading vitals = session.vitals();
        Protocol.VitalsLimits limits = protocol.vitals();
        if (vitals == null) {
            blockers.add(Blocker.sourced(
                    "vitals-missing",
                    "no vital signs since check-in",
                    limits.header().source(),
                    NURSE));
        } else if (Duration.between(vitals.takenAt(), now).compareTo(limits.preDoseReadingMaxAge()) > 0) {
            blockers.add(Blocker.sourced(
                    "vitals-too-old",
                    "the last vital signs are older than "
                            + limits.preDoseReadingMaxAge().toMinutes() + " min",
                    limits.header().source(),
                    NURSE));
        } else {
            List<String> hard = vitals.hardHolds(limits.hardHold());
            if (!hard.isEmpty()) {
                blockers.add(Blocker.sourced(
                        "vitals-hard-hold",
                        String.join(", ", hard),
                        limits.header().source(),
                        NURSE,
                        PRESCRIBER));
            }
            softHolds.addAll(vitals.softHolds(limits.softHold()));
        }
    }

    private void judge(TreatmentRecord.Answers answers, String route, List<Blocker> blockers) {
        Protocol.Hours fasting = protocol.fasting().of(route);
        String source = protocol.fasting().header().source();
        if (answers.solidsHours().compareTo(fasting.solids()) < 0) {
            blockers.add(Blocker.sourced(
                    "fasting-solids",
                    "solid food less than " + fasting.solids().toPlainString() + " h ago",
                    source,
                    NURSE));
        }
        if (answers.liquidsHours().compareTo(fasting.liquids()) < 0) {
            blockers.add(Blocker.sourced(
                    "fasting-liquids",
                    "clear liquid less than " + fasting.liquids().toPlainString() + " h ago",
                    source,
                    NURSE));
        }
        BigDecimal apart = terms.decongestantHours().get(route);
        BigDecimal decongestant = answers.decongestantHours();
        if (apart != null && decongestant != null && decongestant.compareTo(apart) < 0) {
            blockers.add(Blocker.sourced(
                    "decongestant-too-recent",
                    "a nasal steroid or decongestant less than " + apart.toPlainString() + " h ago",
                    terms.source(),
                    NURSE));
        }
        if (answers.pregnancyTestPositive()) {
            blockers.add(Blocker.sourced(
                    "pregnancy-test",
                    "the pregnancy test is positive",
                    "not recommended in pregnancy: label (P)",
                    PRESCRIBER));
        }
        if (answers.drugsChanged()) {
            blockers.add(Blocker.of(
                    "drugs-changed", "drugs changed since last time; a prescriber reviews them", PRESCRIBER));
        }
    }

    /** Where pregnancy is possible there must be a negative test of these days; one that is made now counts. */
    private Optional<Blocker> pregnancyTestDue(
            PatientFacts facts, TreatmentRecord.@Nullable Answers answers, Instant now) {
        if (answers != null && (answers.pregnancyTestPositive() || Boolean.TRUE.equals(answers.pregnancyTested()))) {
            return Optional.empty();
        }
        Boolean possible =
                facts.clearance().map(PatientFacts.Clearance::pregnancyPossible).orElse(null);
        PatientFacts.PregnancyTest last = facts.pregnancyTest().orElse(null);
        if (last == null) {
            return Optional.of(pregnancyTestDue("no pregnancy test is on file"))
                    .filter(_ -> Boolean.TRUE.equals(possible));
        }
        if (last.positive()) {
            return Optional.of(
                    pregnancyTestDue("the last pregnancy test was positive").heardAt(last.takenAt()));
        }
        return Optional.of(
                        pregnancyTestDue("the last pregnancy test is older than " + terms.pregnancyTestDays() + " days")
                                .heardAt(last.takenAt()))
                .filter(_ -> !Boolean.FALSE.equals(possible)
                        && Duration.between(last.takenAt(), now).toDays() >= terms.pregnancyTestDays());
    }

    private Blocker pregnancyTestDue(String why) {
        return Blocker.sourced("pregnancy-test-due", why, terms.source(), NURSE, PRESCRIBER);
    }

    private static Optional<Blocker> merged(PatientFacts facts) {
        return facts.mergedAway().map(merge -> Blocker.of(
                        "patient-merged", "this record is a duplicate; book and treat under the other", FRONT_DESK)
                .heardAt(merge.heard().at()));
    }

    private static Blocker safetyAlertOpen(PatientFacts.SafetyAlert alert) {
        return Blocker.of("safety-alert-open", "a safety alert is not resolved", PRESCRIBER, THERAPIST)
                .heardAt(alert.heard().at());
    }

    private static Optional<Blocker> clearance(PatientFacts facts, LocalDate day) {
        Optional<PatientFacts.Clearance> clearance = facts.clearance();
        if (clearance.isEmpty()) {
            return Optional.of(
                    Blocker.of("clearance-missing", "both clearances are needed first", PRESCRIBER, THERAPIST));
        }
        Optional<Blocker> against = clearance(clearance.get(), day);
        return against.map(blocker -> blocker.heardAt(clearance.get().heard().at()));
    }

    private static Optional<Blocker> clearance(PatientFacts.Clearance clearance, LocalDate day) {
        return switch (clearance.standing()) {
            case DECLINED -> Optional.of(Blocker.of("patient-declined", "treatment was declined", PRESCRIBER));
            case LAPSED -> Optional.of(Blocker.of("clearance-lapsed", "a clearance lapsed", PRESCRIBER, THERAPIST));
            case CLEARED -> {
                LocalDate validUntil = clearance.validUntil();
                yield validUntil != null && !day.isBefore(validUntil)
                        ? Optional.of(Blocker.of(
                                "clearance-expired",
                                "the clearance holds only before " + validUntil,
                                PRESCRIBER,
                                THERAPIST))
                        : Optional.empty();
            }
        };
    }

    private static Optional<PatientFacts.Plan> planAndConsent(PatientFacts facts, List<Blocker> blockers) {
        Optional<PatientFacts.Plan> plan = facts.activePlan();
        if (plan.isEmpty()) {
            blockers.add(Blocker.of("plan-missing", "no treatment plan is in force", PRESCRIBER));
            return plan;
        }
        if (!facts.consents(plan.get().drug(), plan.get().route())) {
            blockers.add(Blocker.of("consent-missing", "no consent for the plan's drug and route is in force", NURSE)
                    .heardAt(facts.consent(plan.get().drug(), plan.get().route())
                            .map(consent -> consent.heard().at())
                            .orElse(null)));
        }
        return plan;
    }

    /** Tablets at home alone: no session, or a route that nothing in the clinic is approved for. */
    private boolean needsNoChair(PatientFacts.Plan plan) {
        return plan.sessions() == 0 || !protocol.times().routes().containsKey(plan.route());
    }

    private static Blocker routeNeedsNoChair(PatientFacts.Plan plan) {
        return Blocker.sourced(
                        "route-needs-no-chair",
                        "the plan is of tablets at home: nothing is to be planned in a chair; a prescriber prescribes the"
                                + " tablets",
                        "approved treatment plan",
                        PRESCRIBER)
                .heardAt(plan.heard().at());
    }

    private static Optional<Blocker> gapTooShort(PatientFacts.Plan plan, TreatmentRecord treated, LocalDate today) {
        return treated.lastDose()
                .filter(last -> ChronoUnit.DAYS.between(last, today) < Math.max(1, plan.minGapDays()))
                .map(last -> Blocker.sourced(
                        "gap-since-last-dose",
                        "the plan asks for " + Math.max(1, plan.minGapDays()) + " days between doses",
                        "approved treatment plan",
                        PRESCRIBER));
    }

    private static Blocker adverseEventUnreviewed() {
        return Blocker.of("adverse-event-unreviewed", "a serious adverse event waits for its review", PRESCRIBER);
    }

    private static Blocker paymentOpen(PatientFacts facts, int sessions) {
        return Blocker.of(
                        "payment-open",
                        "nothing pays for " + sessions + (sessions == 1 ? " session" : " sessions")
                                + ": no active coverage without authorization, no authorization with units in date, no"
                                + " self-pay agreement",
                        BILLER)
                .heardAt(facts.heardFrom("billing"));
    }

    /**
     * What pays for the first of the wanted sessions, provided that every one is paid for.
     *
     * @param wanted null stands for some day from today on
     */
    private static Optional<PaymentSource> payment(
            PatientFacts facts, TreatmentRecord treated, LocalDate today, List<@Nullable LocalDate> wanted) {
        Optional<PaymentSource> coverage = facts.coverages().stream()
                .filter(c -> c.active() && !c.authorizationRequired())
                .findFirst()
                .map(c -> new PaymentSource(PaymentSource.COVERAGE, c.coverageId()));
        if (coverage.isPresent()) {
            return coverage;
        }
        Map<PaymentSource, Long> left = new HashMap<>();
        facts.authorizations().forEach(a -> {
            var source = new PaymentSource(PaymentSource.AUTHORIZATION, a.authorizationId());
            left.put(source, a.units() - treated.usedOf(source));
        });
        facts.selfPay().forEach(s -> {
            var source = new PaymentSource(PaymentSource.SELF_PAY, s.estimateId());
            left.put(source, s.sessions() - treated.usedOf(source));
        });
        PaymentSource first = null;
        for (LocalDate day : wanted) {
            Optional<PaymentSource> source = facts.authorizations().stream()
                    .filter(a -> inDate(a, day, today))
                    .sorted(Comparator.comparing(PatientFacts.Authorization::validTo))
                    .map(a -> new PaymentSource(PaymentSource.AUTHORIZATION, a.authorizationId()))
                    .filter(s -> left.getOrDefault(s, 0L) > 0)
                    .findFirst()
                    .or(() -> facts.selfPay().stream()
                            .map(s -> new PaymentSource(PaymentSource.SELF_PAY, s.estimateId()))
                            .filter(s -> left.getOrDefault(s, 0L) > 0)
                            .findFirst());
            if (source.isEmpty()) {
                return Optional.empty();
            }
            left.merge(source.get(), -1L, Long::sum);
            if (first == null) {
                first = source.get();
            }
        }
        return Optional.ofNullable(first);
    }

    private static boolean inDate(PatientFacts.Authorization a, @Nullable LocalDate day, LocalDate today) {
        return day == null ? !today.isAfter(a.validTo()) : !day.isBefore(a.validFrom()) && !day.isAfter(a.validTo());
    }

    private static LocalDate latest(List<LocalDate> days) {
        return days.stream().max(LocalDate::compareTo).orElseThrow();
    }

    private static List<Blocker> blocking(String what, List<Blocker> blockers) {
        return blockers.stream().map(blocker -> blocker.blocking(what)).toList();
    }
}
