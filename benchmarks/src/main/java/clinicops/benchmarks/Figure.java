package clinicops.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One measured figure.
 *
 * @param better {@code lower} or {@code higher}
 * @param target what it has to reach; null for what is only told
 * @param limit the raw figure of the same run that it can't beat by much
 * @param ratio value to limit
 */
record Figure(
        String name,
        double value,
        String unit,
        String better,
        @Nullable Double target,
        double limit,
        double ratio) {

    static Figure lower(String name, double value, String unit, double target, double limit) {
        return new Figure(name, round(value), unit, "lower", target, round(limit), round(value / limit));
    }

    static Figure higher(String name, double value, String unit, double target, double limit) {
        return new Figure(name, round(value), unit, "higher", target, round(limit), round(value / limit));
    }

    /** A figure that belongs to another one and has no target of its own. */
    static Figure told(String name, double value, String unit, String better, double limit) {
        return new Figure(name, round(value), unit, better, null, round(limit), round(value / limit));
    }

    @JsonIgnore
    boolean reached() {
        return target == null || (better.equals("lower") ? value <= target : value >= target);
    }

    static String table(List<Figure> figures) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT, "%-38s %10s %-10s %10s %10s %7s%n", "", "value", "", "target", "limit", "ratio"));
        for (Figure f : figures) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-38s %10.2f %-10s %10s %10.2f %7.2f  %s%n",
                    f.name,
                    f.value,
                    f.unit,
                    f.target == null
                            ? ""
                            : String.format(Locale.ROOT, "%s%8.2f", f.better.equals("lower") ? "<=" : ">=", f.target),
                    f.limit,
                    f.ratio,
                    f.target == null ? "" : f.reached() ? "ok" : "MISSED"));
        }
        return table.toString();
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
