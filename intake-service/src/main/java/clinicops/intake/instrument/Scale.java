package clinicops.intake.instrument;

import clinicops.intake.patient.Sex;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How some of an instrument's items become one value. The kinds are what published instruments need; the rest is data. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Scale.Sum.class, name = "sum"),
    @JsonSubTypes.Type(value = Scale.Mean.class, name = "mean"),
    @JsonSubTypes.Type(value = Scale.Graded.class, name = "graded")
})
public sealed interface Scale {
    String id();

    /** The items that count. */
    List<String> items();

    /** Rising; empty when the instrument has none. */
    List<Band> bands();

    List<Cut> cuts();

    /** The wire's name of the kind. */
    String kind();

    /** Least and greatest value that answers can lead to. */
    Range range(Instrument of);

    /** How many of the items must be answered, or skipped, before the value holds. */
    int leastAnswered();

    /**
     * The value of these answers, which the instrument has found sound; a grade also of a part of them. Empty when too few are
     * answered.
     */
    Optional<BigDecimal> value(Instrument of, Map<String, String> answers);

    /** Values from {@code from} to the next band are called so. */
    record Band(BigDecimal from, String name) {}

    /** Values of {@code atLeast} or more, for these sexes. */
    record Cut(String name, BigDecimal atLeast, List<Sex> sexes) {}

    record Range(BigDecimal least, BigDecimal most) {}

    /** The band of a value; null when there are none. */
    default @Nullable String band(BigDecimal value) {
        String band = null;
        for (Band next : bands()) {
            if (value.compareTo(next.from()) >= 0) {
                band = next.name();
            }
        }
        return band;
    }

    default List<String> cuts(BigDecimal value, Sex sex) {
        return cuts().stream()
                .filter(cut -> cut.sexes().contains(sex) && value.compareTo(cut.atLeast()) >= 0)
                .map(Cut::name)
                .toList();
    }

    /**
     * Points added up. Every item must be answered; one that an earlier answer passes over counts nothing.
     *
     * @param reversed items whose points count from the other end
     */
    record Sum(String id, List<String> items, List<String> reversed, List<Band> bands, List<Cut> cuts)
            implements Scale {
        @Override
        public String kind() {
            return "sum";
        }

        @Override
        public int leastAnswered() {
            return items.size();
        }

        @Override
        public Range range(Instrument of) {
            return new Range(
                    BigDecimal.valueOf(items.stream().mapToInt(of::leastPoints).sum()),
                    BigDecimal.valueOf(items.stream().mapToInt(of::mostPoints).sum()));
        }

        @Override
        public Optional<BigDecimal> value(Instrument of, Map<String, String> answers) {
            int sum = 0;
            for (String item : items) {
                String answer = answers.get(item);
                if (answer == null && !of.skipped(item, answers)) {
                    return Optional.empty();
                }
                if (answer != null) {
                    int points = of.points(item, answer);
                    sum += reversed.contains(item) ? of.leastPoints(item) + of.mostPoints(item) - points : points;
                }
            }
            return Optional.of(BigDecimal.valueOf(sum));
        }
    }

    /** The mean of what was answered, half up to two decimals, once {@code leastAnswered} items are. */
    record Mean(String id, List<String> items, int leastAnswered, List<Band> bands, List<Cut> cuts) implements Scale {
        private static final int DECIMALS = 2;

        @Override
        public String kind() {
            return "mean";
        }

        @Override
        public Range range(Instrument of) {
            return new Range(
                    BigDecimal.valueOf(
                            items.stream().mapToInt(of::leastPoints).min().orElse(0)),
                    BigDecimal.valueOf(
                            items.stream().mapToInt(of::mostPoints).max().orElse(0)));
        }

        @Override
        public Optional<BigDecimal> value(Instrument of, Map<String, String> answers) {
            var points = items.stream()
                    .filter(answers::containsKey)
                    .map(item -> of.points(item, answers.getOrDefault(item, "")))
                    .toList();
            if (points.isEmpty() || points.size() < leastAnswered) {
                return Optional.empty();
            }
            int sum = points.stream().mapToInt(Integer::intValue).sum();
            return Optional.of(
                    BigDecimal.valueOf(sum).divide(BigDecimal.valueOf(points.size()), DECIMALS, RoundingMode.HALF_UP));
        }
    }

    /**
     * The gravest level that some answer reaches; its rank is the value, its name the band.
     *
     * @param levels rising; the first is reached by nothing
     */
    record Graded(String id, List<Level> levels) implements Scale {
        record Level(String name, List<Instrument.Answer> anyOf) {}

        @Override
        public String kind() {
            return "graded";
        }

        @Override
        public List<String> items() {
            return levels.stream()
                    .flatMap(level -> level.anyOf().stream())
                    .map(Instrument.Answer::item)
                    .distinct()
                    .sorted()
                    .toList();
        }

        @Override
        public List<Band> bands() {
            return levels.stream()
                    .map(level -> new Band(BigDecimal.valueOf(levels.indexOf(level)), level.name()))
                    .toList();
        }

        @Override
        public List<Cut> cuts() {
            return List.of();
        }

        @Override
        public int leastAnswered() {
            return 0;
        }

        @Override
        public Range range(Instrument of) {
            return new Range(BigDecimal.ZERO, BigDecimal.valueOf(levels.size() - 1L));
        }

        @Override
        public Optional<BigDecimal> value(Instrument of, Map<String, String> answers) {
            int rank = levels.size() - 1;
            while (rank > 0 && levels.get(rank).anyOf().stream().noneMatch(a -> a.in(answers))) {
                rank--;
            }
            return Optional.of(BigDecimal.valueOf(rank));
        }
    }
}
