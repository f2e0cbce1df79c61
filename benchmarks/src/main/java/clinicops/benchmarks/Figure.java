package clinicops.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Locale;

/**
 * One measured figure.
 *
 * @param better {@code lower} or {@code higher}
 * @param target what it has to reach
 * @param limit the raw figure of the same run that it can't beat by much
 * @param ratio value to limit
 */
record Figure(String name, double value, String unit, String better, double target, double limit, double ratio) {

    static Figure lower(String name, double value, String unit, double target, double limit) {
        return new Figure(name, round(value), unit, "lower", target, round(limit), round(value / limit));
    }

    static Figure higher(String name, double value, String unit, double target, double limit) {
        return new Figure(name, round(value), unit, "higher", target, round(limit), round(value / limit));
    }

    @JsonIgnore
    boolean reached() {
        return better.equals("lower") ? value <= target : value >= target;
    }

    static String table(List<Figure> figures) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT, "%-26s %10s %-10s %10s %10s %7s%n", "", "value", "", "target", "limit", "ratio"));
        for (Figure f : figures) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-26s %10.2f %-10s %s%8.2f %10.2f %7.2f  %s%n",
                    f.name,
                    f.value,
                    f.unit,
                    f.better.equals("lower") ? "<=" : ">=",
                    f.target,
                    f.limit,
                    f.ratio,
                    f.reached() ? "ok" : "MISSED"));
        }
        return table.toString();
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
