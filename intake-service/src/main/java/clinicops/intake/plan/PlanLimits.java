package clinicops.intake.plan;

import clinicops.chassis.RuleViolation;
import clinicops.intake.patient.PlanTerms;
import clinicops.intake.patient.Route;
import clinicops.intake.rulebook.Approved;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Which plans the clinic makes: per drug and route the usual values and the limits. */
record PlanLimits(
        String id, String version, String source, String approver, LocalDate effectiveFrom, List<Limits> plans)
        implements Approved {

    /**
     * Doses in mg per kg of measured weight, gaps and courses in days.
     *
     * @param source where these numbers come from; published (P) or practice (K)
     * @param monitoringProfile how the patient is watched
     * @param doseMostMg no dose is greater, whatever the weight
     * @param fixedDosesMg the doses that there are, when the weight does not matter; else empty
     * @param boosterLeastDays least days after the last session that a booster may be planned for
     * @param boosterMostDays most days; zero: no boosters
     * @param doseStepMgPerKg doses are whole multiples of it
     * @param sessionsMost zero for tablets at home: nothing is given in the clinic, so there are neither gaps nor boosters
     * @param courseLeastDays least that the days from the first session to the last may be planned to take
     */
    record Limits(
            String drug,
            Route route,
            String source,
            String monitoringProfile,
            BigDecimal doseMostMg,
            List<BigDecimal> fixedDosesMg,
            int boosterLeastDays,
            int boosterMostDays,
            BigDecimal doseLeastMgPerKg,
            BigDecimal doseUsualMgPerKg,
            BigDecimal doseCapMgPerKg,
            BigDecimal doseStepMgPerKg,
            int sessionsUsual,
            int sessionsMost,
            int gapLeastDays,
            int courseLeastDays,
            int courseMostDays) {

        private void check(PlanTerms terms) {
            BigDecimal fixed = terms.fixedDoseMg();
            if (fixedDosesMg.isEmpty()) {
                require(fixed == null, "dose-rule", "fixedDoseMg", "this drug is dosed by weight");
                doseByWeight(terms);
            } else {
                require(
                        fixed != null && fixedDosesMg.stream().anyMatch(dose -> dose.compareTo(fixed) == 0),
                        "dose-rule",
                        "fixedDoseMg",
                        "the dose is one of " + fixedDosesMg + " mg");
            }
            Integer maxGap = terms.maxGapDays();
            require(
                    maxGap == null || (sessionsMost > 0 && maxGap >= Math.max(1, terms.minGapDays())),
                    "gap-range",
                    "maxGapDays",
                    sessionsMost == 0 ? "there are no sessions to keep apart" : "the greatest gap is below the least");
            var boosters = terms.boosters();
            require(
                    boosters == null
                            || (boosters.fromDays() >= boosterLeastDays
                                    && boosters.toDays() <= boosterMostDays
                                    && boosters.fromDays() <= boosters.toDays()),
                    "booster-limit",
                    "boosters",
                    boosterMostDays == 0
                            ? "nothing is given in the clinic, so no booster follows"
                            : "boosters follow " + boosterLeastDays + " to " + boosterMostDays
                                    + " days after the last session");
            require(
                    terms.sessions() >= Math.min(1, sessionsMost) && terms.sessions() <= sessionsMost,
                    "sessions-limit",
                    "sessions",
                    sessionsMost == 0
                            ? "tablets are taken at home: the plan has no sessions"
                            : "a course has 1 to " + sessionsMost + " sessions");
            require(
                    terms.minGapDays() >= gapLeastDays && (sessionsMost > 0 || terms.minGapDays() == 0),
                    "gap-limit",
                    "minGapDays",
                    sessionsMost == 0
                            ? "there are no sessions to keep apart"
                            : "sessions are at least " + gapLeastDays + " days apart");
            require(
                    terms.courseMinDays() <= terms.courseMaxDays(),
                    "course-range",
                    "courseMaxDays",
                    "the longest course is shorter than the shortest");
            require(
                    terms.courseMinDays() >= courseLeastDays && terms.courseMaxDays() <= courseMostDays,
                    "course-limit",
                    "courseMaxDays",
                    "a course takes " + courseLeastDays + " to " + courseMostDays + " days");
            require(
                    (long) (terms.sessions() - 1) * terms.minGapDays() <= terms.courseMaxDays(),
                    "course-fits",
                    "minGapDays",
                    "so many sessions so far apart do not fit into the course");
        }

        private void doseByWeight(PlanTerms terms) {
            dose(terms.doseLowMgPerKg(), "doseLowMgPerKg");
            dose(terms.doseHighMgPerKg(), "doseHighMgPerKg");
            require(
                    terms.doseLowMgPerKg().compareTo(terms.doseHighMgPerKg()) <= 0,
                    "dose-range",
                    "doseHighMgPerKg",
                    "the greatest dose is below the least");
        }

        private void dose(BigDecimal dose, String field) {
            require(
                    dose.compareTo(doseLeastMgPerKg) >= 0 && dose.compareTo(doseCapMgPerKg) <= 0,
                    "dose-limit",
                    field,
                    "a dose is " + doseLeastMgPerKg + " to " + doseCapMgPerKg + " mg/kg");
            require(
                    dose.remainder(doseStepMgPerKg).signum() == 0,
                    "dose-step",
                    field,
                    "doses go in steps of " + doseStepMgPerKg + " mg/kg");
        }

        private static void require(boolean holds, String rule, String field, String message) {
            if (!holds) {
                throw new RuleViolation(rule, message).withField(field);
            }
        }
    }

    /**
     * Goes on only with a plan that the clinic makes.
     *
     * @throws RuleViolation {@code plan-unknown} for a drug and route without limits, else the limit's own rule
     */
    void check(PlanTerms terms) {
        of(terms.drug(), terms.route()).check(terms);
    }

    /**
     * Goes on only while the greatest dose stays under the cap in mg.
     *
     * @param weightKg measured
     * @throws RuleViolation {@code dose-cap}
     */
    void checkCap(PlanTerms terms, BigDecimal weightKg) {
        BigDecimal most = of(terms.drug(), terms.route()).doseMostMg();
        BigDecimal greatest = terms.doseHighMgPerKg().multiply(weightKg);
        if (greatest.compareTo(most) > 0) {
            throw new RuleViolation(
                            "dose-cap",
                            "at the measured weight the greatest dose would be above the cap of " + most + " mg")
                    .withField("doseHighMgPerKg");
        }
    }

    Limits of(String drug, Route route) {
        return plans.stream()
                .filter(l -> l.drug().equals(drug) && l.route() == route)
                .findFirst()
                .orElseThrow(() -> new RuleViolation("plan-unknown", "the clinic has no plan for this drug and route")
                        .withField("drug"));
    }
}
