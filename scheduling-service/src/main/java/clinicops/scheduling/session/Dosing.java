package clinicops.scheduling.session;

import clinicops.chassis.RuleViolation;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.readiness.PatientFacts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a dose is ordered, drawn, set at the pump and counted: values of a session, and the rules that they have to meet. */
public final class Dosing {
    private static final BigDecimal MINUTES_OF_AN_HOUR =
            BigDecimal.valueOf(Duration.ofHours(1).toMinutes());

    private Dosing() {}

    /** A measured weight. */
    record Weight(BigDecimal kg, LocalDate measuredOn) {}

    /**
     * A dose as ordered. By weight it is a range: the dose to begin with, and up to where a nurse may titrate.
     *
     * @param weightKg measured weight
     * @param doseMgPerKg to begin with; of a fixed dose what it comes to, in two decimals
     * @param doseMg {@code doseMgPerKg} times weight, rounded down to the protocol's step; or the plan's fixed dose
     * @param lowMgPerKg titrating goes down to here; null for a fixed dose
     * @param highMgPerKg titrating goes up to here; null for a fixed dose
     * @param highMg what that comes to, at most the cap of the route; null for a fixed dose
     */
    public record DoseOrder(
            BigDecimal doseMgPerKg,
            BigDecimal weightKg,
            LocalDate weighedOn,
            BigDecimal doseMg,
            @Nullable BigDecimal lowMgPerKg,
            @Nullable BigDecimal highMgPerKg,
            @Nullable BigDecimal highMg,
            int planRevision,
            String by,
            Instant at) {
        /** The most that may be in the syringe. */
        BigDecimal mostMg() {
            return highMg == null ? doseMg : highMg;
        }
    }

    /** What somebody asks to be ordered; nulls as in {@link SessionRequests.OrderRequest}. */
    record Wish(
            @Nullable BigDecimal doseMgPerKg,
            @Nullable BigDecimal highMgPerKg,
            @Nullable BigDecimal weighedToday,
            boolean weighedAgain,
            boolean byPrescriber) {}

    /** Another dose inside the ordered range. */
    public record Titration(BigDecimal doseMgPerKg, BigDecimal doseMg, String by, Instant at) {}

    /**
     * @param ndc National Drug Code of the scanned vial
     * @param vialMgPerMl concentration on the label
     * @param mgPerMl concentration in the syringe, lower than the vial's when it was diluted
     */
    public record Draw(
            String ndc,
            String lot,
            BigDecimal vialMgPerMl,
            BigDecimal mgPerMl,
            BigDecimal volumeMl,
            BigDecimal mg,
            String by,
            Instant at) {}

    public record SecondCheck(String by, Instant at) {}

    /**
     * What the pump was set to.
     *
     * @param volumeMl volume to be infused
     * @param check by a second person; null until then, and the pump runs as before
     */
    public record PumpSetting(
            BigDecimal volumeMl,
            BigDecimal rateMlPerH,
            String by,
            Instant at,
            @Nullable SecondCheck check) {
        PumpSetting checked(String checker, Instant now) {
            return new PumpSetting(volumeMl, rateMlPerH, by, at, new SecondCheck(checker, now));
        }
    }

    /** Volume and rate that give the dose in the protocol's time. */
    public record SuggestedPump(BigDecimal volumeMl, BigDecimal rateMlPerH) {}

    /** One nasal device that the patient used. */
    public record Device(String ndc, String lot, BigDecimal mg, String by, Instant at) {}

    /** An injection into a muscle. */
    public record Injection(String site, BigDecimal volumeMl, String by, Instant at) {}

    /**
     * An attempt at an IV line.
     *
     * @param gauge of the cannula
     */
    public record IvAttempt(String site, int gauge, boolean success, String by, Instant at) {}

    /** Set and setting: what the patient hears, whether they wear a mask, and the light. */
    public record Surroundings(String music, boolean mask, String light, String by, Instant at) {}

    /** A clinician weighed what the gate found, and why the dose may go on. */
    public record Weighed(String why, String by, Instant at) {}

    /** A prescriber looked at drugs that had changed. */
    public record DrugsReview(String conclusion, String by, Instant at) {}

    /**
     * The order that a plan and a weight allow.
     *
     * @param known the last weight that this clinic measured
     */
    static DoseOrder order(
            Wish wish,
            Optional<Weight> known,
            PatientFacts.Plan plan,
            String route,
            Protocol protocol,
            String by,
            LocalDate today,
            Instant now) {
        Protocol.DoseRule rule = protocol.dose();
        BigDecimal fixed = plan.fixedDoseMg();
        if (fixed != null) {
            if (wish.doseMgPerKg() != null || wish.highMgPerKg() != null) {
                throw new RuleViolation(
                                "dose-fixed",
                                "the plan fixes the dose at " + fixed.toPlainString() + " mg; another needs a new plan")
                        .withField("doseMgPerKg");
            }
            capped(fixed, route, rule);
            protocol.vials().deviceOf(route).ifPresent(device -> devices(fixed, device));
            Weight weight = weight(wish, known, rule, today);
            BigDecimal mgPerKg = fixed.divide(weight.kg(), 2, RoundingMode.HALF_UP);
            return new DoseOrder(
                    mgPerKg, weight.kg(), weight.measuredOn(), fixed, null, null, null, plan.revision(), by, now);
        }
        BigDecimal mgPerKg = wish.doseMgPerKg();
        if (mgPerKg == null) {
            throw RuleViolation.malformed("not-null", "say how much, in mg per kg")
                    .withField("doseMgPerKg");
        }
        BigDecimal high = wish.highMgPerKg() == null ? mgPerKg : wish.highMgPerKg();
        insidePlan(mgPerKg, "doseMgPerKg", plan);
        insidePlan(high, "highMgPerKg", plan);
        if (!wish.byPrescriber() && mgPerKg.compareTo(plan.doseLowMgPerKg()) < 0) {
            throw new RuleViolation(
                            "dose-below-range",
                            "below " + plan.doseLowMgPerKg().toPlainString() + " mg/kg a prescriber orders")
                    .withField("doseMgPerKg");
        }
        step(mgPerKg, "doseMgPerKg", rule);
        step(high, "highMgPerKg", rule);
        if (high.compareTo(mgPerKg) < 0) {
            throw new RuleViolation("dose-range", "the range ends below the dose that it begins with")
                    .withField("highMgPerKg");
        }
        Weight weight = weight(wish, known, rule, today);
        BigDecimal doseMg = doseMg(mgPerKg, weight.kg(), rule);
        capped(doseMg, route, rule);
        BigDecimal highMg = doseMg(high, weight.kg(), rule);
        BigDecimal cap = rule.capMg().get(route);
        return new DoseOrder(
                mgPerKg,
                weight.kg(),
                weight.measuredOn(),
                doseMg,
                mgPerKg.min(plan.doseLowMgPerKg()),
                high,
                cap == null ? highMg : highMg.min(cap),
                plan.revision(),
                by,
                now);
    }

    /**
     * An order stands while the plan in force would still allow all of it.
     *
     * @throws RuleViolation {@code order-outdated} (409): the plan was revised since
     */
    static void requireInForce(DoseOrder order, PatientFacts.Plan plan) {
        BigDecimal fixed = plan.fixedDoseMg();
        BigDecimal high = order.highMgPerKg();
        boolean allowed = fixed == null
                ? high != null && high.compareTo(plan.doseHighMgPerKg()) <= 0
                : high == null && order.doseMg().compareTo(fixed) == 0;
        if (!allowed) {
            throw RuleViolation.conflict(
                    "order-outdated",
                    "the plan was revised after the order and allows "
                            + (fixed == null
                                    ? "at most " + plan.doseHighMgPerKg().toPlainString() + " mg/kg"
                                    : fixed.toPlainString() + " mg")
                            + ": order the dose anew");
        }
    }

    private static void insidePlan(BigDecimal mgPerKg, String field, PatientFacts.Plan plan) {
        if (mgPerKg.compareTo(plan.doseHighMgPerKg()) > 0) {
            throw new RuleViolation(
                            "dose-above-cap",
                            "the plan allows at most " + plan.doseHighMgPerKg().toPlainString()
                                    + " mg/kg; more needs a new plan")
                    .withField(field);
        }
    }

    private static void capped(BigDecimal mg, String route, Protocol.DoseRule rule) {
        BigDecimal cap = rule.capMg().get(route);
        if (cap != null && mg.compareTo(cap) > 0) {
            throw new RuleViolation(
                            "dose-above-cap",
                            mg.toPlainString() + " mg; by this route at most " + cap.toPlainString()
                                    + " mg, whatever the weight")
                    .withField("doseMgPerKg");
        }
    }

    private static void step(BigDecimal mgPerKg, String field, Protocol.DoseRule rule) {
        if (mgPerKg.signum() <= 0 || mgPerKg.remainder(rule.stepMgPerKg()).signum() != 0) {
            throw new RuleViolation(
                            "dose-step",
                            "doses are ordered in steps of "
                                    + rule.stepMgPerKg().toPlainString() + " mg/kg")
                    .withField(field);
        }
    }

    private static BigDecimal doseMg(BigDecimal mgPerKg, BigDecimal kg, Protocol.DoseRule rule) {
        return roundedDown(mgPerKg.multiply(kg), rule)
                .setScale(Math.max(0, rule.roundDownToMg().stripTrailingZeros().scale()), RoundingMode.UNNECESSARY);
    }

    /** To the protocol's step, so that nobody gets more than was ordered. */
    static BigDecimal roundedDown(BigDecimal mg, Protocol.DoseRule rule) {
        return mg.divideToIntegralValue(rule.roundDownToMg()).multiply(rule.roundDownToMg());
    }

    private static Weight weight(Wish wish, Optional<Weight> known, Protocol.DoseRule rule, LocalDate today) {
        BigDecimal kg = wish.weighedToday();
        if (kg == null) {
            return known.filter(w -> ChronoUnit.DAYS.between(w.measuredOn(), today) <= rule.weightMaxAgeDays())
                    .orElseThrow(() -> new RuleViolation(
                                    "weight-too-old",
                                    "no weight of the last " + rule.weightMaxAgeDays()
                                            + " days is known: weigh the patient")
                            .withField("weightKg"));
        }
        // pounds typed for kilograms would more than double the dose
        known.filter(last -> !wish.weighedAgain() && differs(kg, last.kg(), rule))
                .ifPresent(last -> {
                    throw new RuleViolation(
                                    "weight-differs",
                                    "more than " + rule.weightDiffersPercent().toPlainString() + " % off the "
                                            + last.kg().toPlainString() + " kg of " + last.measuredOn()
                                            + ": weigh again, in kilograms")
                            .withField("weightKg");
                });
        return new Weight(kg, today);
    }

    private static boolean differs(BigDecimal kg, BigDecimal last, Protocol.DoseRule rule) {
        BigDecimal allowed = last.multiply(rule.weightDiffersPercent()).movePointLeft(2);
        return kg.subtract(last).abs().compareTo(allowed) > 0;
    }

    /**
     * Another dose inside the ordered range; no new order, and no revision of the plan.
     *
     * @param draw what is in the syringe; null when nothing is
     */
    static Titration titrate(
            BigDecimal mgPerKg, DoseOrder order, @Nullable Draw draw, Protocol protocol, String by, Instant now) {
        Protocol.DoseRule rule = protocol.dose();
        BigDecimal low = order.lowMgPerKg();
        BigDecimal high = order.highMgPerKg();
        if (low == null || high == null) {
            throw new RuleViolation("dose-fixed", "a fixed dose is not titrated").withField("doseMgPerKg");
        }
        step(mgPerKg, "doseMgPerKg", rule);
        BigDecimal doseMg = doseMg(mgPerKg, order.weightKg(), rule);
        if (mgPerKg.compareTo(high) > 0 || doseMg.compareTo(order.mostMg()) > 0) {
            throw new RuleViolation(
                            "dose-above-order",
                            "the order goes up to " + high.toPlainString() + " mg/kg, "
                                    + order.mostMg().toPlainString() + " mg; more needs a new order")
                    .withField("doseMgPerKg");
        }
        if (mgPerKg.compareTo(low) < 0) {
            throw new RuleViolation(
                            "dose-below-range",
                            "the order goes down to " + low.toPlainString() + " mg/kg; below that stop, or order anew")
                    .withField("doseMgPerKg");
        }
        if (draw != null && doseMg.compareTo(draw.mg().add(tolerance(draw.mg(), rule))) > 0) {
            throw new RuleViolation(
                            "dose-above-drawn",
                            "only " + draw.mg().stripTrailingZeros().toPlainString() + " mg are drawn")
                    .withField("doseMgPerKg");
        }
        return new Titration(mgPerKg, doseMg, by, now);
    }

    private static BigDecimal tolerance(BigDecimal mg, Protocol.DoseRule rule) {
        return mg.multiply(rule.drawnWithinPercent()).movePointLeft(2);
    }

    /** What was scanned at a vial, and drawn from it. */
    record Drawn(
            String ndc,
            String lot,
            BigDecimal vialMgPerMl,
            @Nullable BigDecimal dilutedToMgPerMl,
            BigDecimal volumeMl) {}

    /**
     * Judges a draw. An infusion may have as much in the syringe as the ordered range goes up to; an injection goes in whole.
     *
     * @param doseMg dose to be given
     */
    static Draw draw(
            Drawn drawn, DoseOrder order, BigDecimal doseMg, String route, Protocol protocol, String by, Instant now) {
        Protocol.Vials vials = protocol.vials();
        if (vials.mgPerMl().stream().noneMatch(strength -> strength.compareTo(drawn.vialMgPerMl()) == 0)) {
            throw new RuleViolation(
                            "vial-strength",
                            "vials have "
                                    + vials.mgPerMl().stream()
                                            .map(BigDecimal::toPlainString)
                                            .collect(Collectors.joining(", "))
                                    + " mg/mL")
                    .withField("vialMgPerMl");
        }
        BigDecimal mgPerMl = drawn.dilutedToMgPerMl() == null ? drawn.vialMgPerMl() : drawn.dilutedToMgPerMl();
        if (mgPerMl.compareTo(drawn.vialMgPerMl()) > 0) {
            throw new RuleViolation("dilution", "diluting does not make a drug stronger").withField("dilutedToMgPerMl");
        }
        boolean infused = protocol.times().of(route).needsPump();
        if (infused && mgPerMl.compareTo(vials.ivAtMostMgPerMl()) > 0) {
            throw new RuleViolation(
                            "dilute-first",
                            "for IV use dilute to " + vials.ivAtMostMgPerMl().toPlainString() + " mg/mL or less")
                    .withField("dilutedToMgPerMl");
        }
        BigDecimal mg = drawn.volumeMl().multiply(mgPerMl);
        BigDecimal most = infused ? order.mostMg() : doseMg;
        if (mg.compareTo(doseMg.subtract(tolerance(doseMg, protocol.dose()))) < 0
                || mg.compareTo(most.add(tolerance(most, protocol.dose()))) > 0) {
            throw new RuleViolation(
                            "drawn-volume",
                            mg.stripTrailingZeros().toPlainString() + " mg drawn, " + doseMg.toPlainString()
                                    + " mg ordered")
                    .withField("volumeMl");
        }
        if (!infused && drawn.volumeMl().compareTo(vials.imAtMostMl()) > 0) {
            throw new RuleViolation(
                            "injection-volume",
                            "into one muscle at most " + vials.imAtMostMl().toPlainString() + " mL")
                    .withField("volumeMl");
        }
        return new Draw(drawn.ndc(), drawn.lot(), drawn.vialMgPerMl(), mgPerMl, drawn.volumeMl(), mg, by, now);
    }

    /** Volume and rate for a dose at the concentration in the syringe, over the protocol's time. */
    static SuggestedPump suggestedPump(BigDecimal doseMg, BigDecimal mgPerMl, Duration over) {
        BigDecimal volume = doseMg.divide(mgPerMl, 2, RoundingMode.HALF_UP);
        return new SuggestedPump(
                volume,
                volume.multiply(MINUTES_OF_AN_HOUR)
                        .divide(BigDecimal.valueOf(over.toMinutes()), 1, RoundingMode.HALF_UP));
    }

    /** Judges a pump's setting: ten times too fast is the mistake that kills. */
    static PumpSetting pumpSetting(
            BigDecimal volumeMl,
            BigDecimal rateMlPerH,
            BigDecimal doseMg,
            BigDecimal mgPerMl,
            String route,
            Protocol protocol,
            String by,
            Instant now) {
        BigDecimal mg = volumeMl.multiply(mgPerMl);
        if (mg.subtract(doseMg).abs().compareTo(tolerance(doseMg, protocol.dose())) > 0) {
            throw new RuleViolation(
                            "pump-volume",
                            "the pump would give " + mg.stripTrailingZeros().toPlainString() + " mg, the dose is "
                                    + doseMg.toPlainString() + " mg")
                    .withField("volumeMl");
        }
        BigDecimal right = doseMg.multiply(MINUTES_OF_AN_HOUR)
                .divide(mgPerMl, 6, RoundingMode.HALF_UP)
                .divide(BigDecimal.valueOf(protocol.times().of(route).dose().toMinutes()), 6, RoundingMode.HALF_UP);
        BigDecimal within = right.multiply(protocol.dose().rateWithinPercent()).movePointLeft(2);
        if (rateMlPerH.subtract(right).abs().compareTo(within) > 0) {
            throw new RuleViolation(
                            "pump-rate",
                            "this dose runs at "
                                    + right.setScale(1, RoundingMode.HALF_UP).toPlainString()
                                    + " mL/h, give or take "
                                    + protocol.dose().rateWithinPercent().toPlainString() + " %")
                    .withField("rateMlPerH");
        }
        return new PumpSetting(volumeMl, rateMlPerH, by, now, null);
    }

    /** How many devices make a fixed dose. */
    static int devices(BigDecimal doseMg, Protocol.Device device) {
        BigDecimal[] parts = doseMg.divideAndRemainder(device.mg());
        if (parts[1].signum() != 0 || parts[0].signum() <= 0) {
            throw new RuleViolation(
                    "device-count",
                    doseMg.toPlainString() + " mg are no whole number of devices of "
                            + device.mg().toPlainString() + " mg");
        }
        return parts[0].intValueExact();
    }

    /**
     * What a pump has given whose setting was changed on the way: each rate for the time that it ran, a new one from its second
     * check on.
     */
    static BigDecimal infused(
            List<PumpSetting> settings, BigDecimal mgPerMl, Instant started, Instant ended, Protocol.DoseRule rule) {
        List<PumpSetting> ran =
                settings.stream().filter(setting -> setting.check() != null).toList();
        BigDecimal ml = BigDecimal.ZERO;
        for (int i = 0; i < ran.size(); i++) {
            Instant from = i == 0 ? started : at(ran.get(i), ended);
            Instant until = i + 1 < ran.size() ? at(ran.get(i + 1), ended) : ended;
            BigDecimal most = ran.get(i).volumeMl().subtract(ml).max(BigDecimal.ZERO);
            BigDecimal seconds =
                    BigDecimal.valueOf(Duration.between(from, until).toSeconds());
            ml = ml.add(ran.get(i)
                    .rateMlPerH()
                    .multiply(seconds)
                    .divide(BigDecimal.valueOf(Duration.ofHours(1).toSeconds()), 6, RoundingMode.DOWN)
                    .min(most));
        }
        return roundedDown(ml.multiply(mgPerMl), rule);
    }

    private static Instant at(PumpSetting setting, Instant ended) {
        SecondCheck check = setting.check();
        return check == null || check.at().isAfter(ended) ? ended : check.at();
    }
}
