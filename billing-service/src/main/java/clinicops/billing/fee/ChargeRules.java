package clinicops.billing.fee;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a session's timestamps become codes. The numbers are versioned data, see {@code billing/charge-rules.json}; this class
 * is only their arithmetic.
 *
 * @param effectiveFrom first day of service that they apply to
 * @param drugs treatment drugs that they know, and the other drugs that have a code of their own
 */
public record ChargeRules(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        Infusion infusion,
        Injection injection,
        OtherDrugPush otherDrugPush,
        List<Drug> drugs) {

    /**
     * @param pushUpToMinutes at most so many minutes, or no stop recorded, count as a push
     * @param furtherHourGraceMinutes a further hour counts when at least 60 minus this many of its minutes ran: with 29, from
     *     minute 91
     */
    public record Infusion(
            String route,
            String firstHourCode,
            String furtherHourCode,
            String pushCode,
            int pushUpToMinutes,
            int furtherHourGraceMinutes,
            int typicalMinutes) {

        /** Further hours of an infusion of so many minutes: floor((minutes - 60 + grace) / 60), never below 0. */
        int furtherHours(long minutes) {
            return Math.toIntExact(Math.max(0, Math.floorDiv(minutes - 60 + furtherHourGraceMinutes, 60)));
        }
    }

    public record Injection(String route, String code) {}

    /** Each IV push of another drug than the treatment's. */
    public record OtherDrugPush(String code) {}

    /** @param perMg true when one unit is one milligram, begun ones counted; else one unit an administration */
    public record Drug(String drug, String code, boolean treatment, boolean perMg, boolean ndc) {}

    public ChargeRules {
        drugs = List.copyOf(drugs);
    }

    /** The charges of a session; empty when no rule knows its drug or route. */
    List<ChargeLine> charges(Treatment treatment, FeeSchedule fees) {
        Drug drug = drug(treatment.drug()).filter(Drug::treatment).orElse(null);
        if (drug == null) {
            return List.of();
        }
        var lines = new ArrayList<ChargeLine>();
        if (treatment.route().equals(infusion.route())) {
            administerByVein(treatment.minutes(), fees, lines);
        } else if (treatment.route().equals(injection.route())) {
            lines.add(fees.line(injection.code(), 1, null, "one intramuscular injection", name()));
        } else {
            return List.of();
        }
        lines.add(drugLine(drug, treatment.doseMg(), treatment.ndc(), fees));
        for (Treatment.Push push : treatment.pushes()) {
            lines.add(fees.line(otherDrugPush.code(), 1, null, "IV push of " + push.drug(), name()));
            drug(push.drug()).ifPresent(d -> lines.add(drugLine(d, push.amountMg(), null, fees)));
        }
        return List.copyOf(lines);
    }

    /** The charges that a session of that route can be expected to make: the basis of a good-faith estimate. */
    List<ChargeLine> expected(String drug, String route, FeeSchedule fees) {
        var start = effectiveFrom.atStartOfDay(ZoneOffset.UTC).toInstant();
        var end = start.plusSeconds(infusion.typicalMinutes() * 60L);
        return charges(new Treatment(drug, route, null, BigDecimal.ONE, start, end, end, List.of()), fees);
    }

    private void administerByVein(@Nullable Long minutes, FeeSchedule fees, List<ChargeLine> lines) {
        if (minutes == null) {
            lines.add(fees.line(infusion.pushCode(), 1, null, "no stop recorded: billed as a push", name()));
        } else if (minutes <= infusion.pushUpToMinutes()) {
            lines.add(fees.line(
                    infusion.pushCode(),
                    1,
                    null,
                    "pump ran " + minutes + " min, at most " + infusion.pushUpToMinutes() + " is a push",
                    name()));
        } else {
            lines.add(fees.line(infusion.firstHourCode(), 1, null, "pump ran " + minutes + " min: first hour", name()));
            int further = infusion.furtherHours(minutes);
            if (further > 0) {
                lines.add(fees.line(
                        infusion.furtherHourCode(),
                        further,
                        null,
                        "pump ran " + minutes + " min: floor((" + minutes + " - 60 + "
                                + infusion.furtherHourGraceMinutes() + ") / 60) further hours",
                        name()));
            }
        }
    }

    private ChargeLine drugLine(Drug drug, BigDecimal amountMg, @Nullable String ndc, FeeSchedule fees) {
        int units = drug.perMg() ? amountMg.setScale(0, RoundingMode.CEILING).intValueExact() : 1;
        String why = drug.perMg()
                ? drug.drug() + " " + amountMg.stripTrailingZeros().toPlainString() + " mg, per mg"
                : drug.drug() + (drug.ndc() && ndc == null ? ", no NDC scanned" : "");
        return fees.line(drug.code(), Math.max(1, units), drug.ndc() ? ndc : null, why, name());
    }

    private Optional<Drug> drug(String name) {
        return drugs.stream().filter(d -> d.drug().equalsIgnoreCase(name)).findFirst();
    }

    String name() {
        return id + " " + version;
    }
}
