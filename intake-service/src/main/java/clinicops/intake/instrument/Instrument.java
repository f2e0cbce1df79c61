package clinicops.intake.instrument;

import clinicops.intake.patient.Sex;
import clinicops.intake.rulebook.Approved;
import clinicops.intake.safety.AlertReason;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One version of one questionnaire: items, what may be answered, how it scores, what it sets off. Refused as a whole when a
 * part of it names what is not there.
 *
 * @param translation where the Spanish comes from
 * @param lookBackDays the days that the answers are about, up to today; 0 is this moment
 * @param asksAboutSuicide true when an answer may show danger: somebody must be there to act on it
 * @param loinc LOINC code of the whole; empty when there is none
 * @param choices what may be answered, by the name that items use
 * @param skips which items are passed over after which answers
 * @param responses from which change on a scale has responded
 * @param remissions down from which value a scale is in remission
 */
public record Instrument(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        InstrumentText title,
        Licence licence,
        String translation,
        AnsweredBy answeredBy,
        int lookBackDays,
        boolean asksAboutSuicide,
        String loinc,
        Map<String, List<Choice>> choices,
        List<Item> items,
        List<Skip> skips,
        List<Scale> scales,
        List<Trigger> triggers,
        List<Response> responses,
        List<Remission> remissions)
        implements Approved {

    /** @param wording {@code full} when the items are the instrument's own words, {@code labels} when the licence forbids it */
    public record Licence(String wording, String note) {}

    /** Who gives the answers. */
    public enum AnsweredBy {
        PATIENT,
        CLINICIAN;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param loinc LOINC answer code; empty when there is none */
    public record Choice(String code, int points, InstrumentText text, String loinc) {}

    /**
     * @param choices name of the choices
     * @param loinc LOINC code; empty when there is none
     * @param required false when the instrument holds without it
     */
    public record Item(String id, String choices, InstrumentText text, String loinc, boolean required) {}

    /** One answer to one item. */
    public record Answer(String item, String answer) {
        boolean in(Map<String, String> answers) {
            return answer.equals(answers.get(item));
        }
    }

    /** After all of {@code when}, {@code items} are not asked. */
    public record Skip(List<Answer> when, List<String> items) {}

    /** A fall of {@code fall} or more since baseline, in percent of it or in points, is a response. */
    public record Response(String scale, Measure measure, BigDecimal fall, String source) {}

    /** How a response is measured. */
    public enum Measure {
        PERCENT,
        POINTS;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A value of {@code atMost} or less is remission. */
    public record Remission(String scale, BigDecimal atMost, String source) {}

    /** Why answers can't be taken, or not scored. */
    record Flaw(String item, String rule, String message) {}

    /**
     * What answers come to.
     *
     * @param missing items that must still be answered; none when the instrument is complete
     * @param scores one per scale when it is complete, else empty
     * @param opens instruments that must be asked too
     * @param alerts reasons to raise a safety alert
     * @param alertsByLink further reasons, when nobody of the clinic is with the patient
     */
    public record Result(
            List<String> missing,
            List<ScaleScore> scores,
            List<String> opens,
            List<AlertReason> alerts,
            List<AlertReason> alertsByLink) {}

    public Instrument {
        var ids = items.stream().map(Item::id).toList();
        check(id, ids.size() == ids.stream().distinct().count(), "two items share an id");
        check(id, items.stream().allMatch(i -> choices.containsKey(i.choices())), "an item names no choices");
        check(
                id,
                choices.values().stream()
                        .allMatch(set -> set.size()
                                == set.stream().map(Choice::code).distinct().count()),
                "two choices share a code");
        for (Scale scale : scales) {
            check(id, ids.containsAll(scale.items()), "scale " + scale.id() + " names no item");
            if (scale instanceof Scale.Sum sum) {
                check(id, sum.items().containsAll(sum.reversed()), "a reversed item does not count");
            }
            if (scale instanceof Scale.Graded graded) {
                check(
                        id,
                        graded.levels().stream()
                                .flatMap(level -> level.anyOf().stream())
                                .allMatch(answer -> may(items, choices, answer)),
                        "a level names no answer");
            }
        }
        check(
                id,
                skips.stream()
                        .allMatch(s -> ids.containsAll(s.items())
                                && s.when().stream().allMatch(answer -> may(items, choices, answer))),
                "a skip names no answer");
        var scaleIds = scales.stream().map(Scale::id).toList();
        check(
                id,
                triggers.stream().allMatch(trigger -> switch (trigger) {
                    case Trigger.OnPoints t -> ids.contains(t.item());
                    case Trigger.OnCut t ->
                        named(scales, t.scale()).flatMap(s -> s.cuts().stream()).anyMatch(cut -> cut.name()
                                .equals(t.cut()));
                    case Trigger.OnBand t ->
                        named(scales, t.scale())
                                .flatMap(s -> s.bands().stream())
                                .anyMatch(band -> band.name().equals(t.band()));
                }),
                "a trigger names nothing");
        check(
                id,
                Stream.concat(
                                responses.stream().map(Response::scale),
                                remissions.stream().map(Remission::scale))
                        .allMatch(scaleIds::contains),
                "a threshold names no scale");
    }

    private static void check(String id, boolean sound, String otherwise) {
        if (!sound) {
            throw new IllegalArgumentException(id + ": " + otherwise);
        }
    }

    private static boolean may(List<Item> items, Map<String, List<Choice>> choices, Answer answer) {
        return items.stream()
                .filter(item -> item.id().equals(answer.item()))
                .flatMap(item -> Objects.requireNonNull(choices.get(item.choices())).stream())
                .anyMatch(choice -> choice.code().equals(answer.answer()));
    }

    private static Stream<Scale> named(List<Scale> scales, String scale) {
        return scales.stream().filter(s -> s.id().equals(scale));
    }

    /** What may be answered to an item. */
    public List<Choice> choicesOf(Item item) {
        return Objects.requireNonNull(choices.get(item.choices()));
    }

    public Optional<Item> item(String itemId) {
        return items.stream().filter(item -> item.id().equals(itemId)).findFirst();
    }

    public Optional<Scale> scale(String scaleId) {
        return named(scales, scaleId).findFirst();
    }

    /** Instruments that some trigger opens. */
    public List<String> mayOpen() {
        return triggers.stream()
                .map(Instrument::opened)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** True when some score of it raises a safety alert. */
    boolean raisesAlerts() {
        return triggers.stream().anyMatch(Trigger.OnBand.class::isInstance);
    }

    boolean skipped(String itemId, Map<String, String> answers) {
        return skips.stream()
                .anyMatch(skip ->
                        skip.items().contains(itemId) && skip.when().stream().allMatch(answer -> answer.in(answers)));
    }

    int points(String itemId, String code) {
        return choicesOf(item(itemId).orElseThrow()).stream()
                .filter(choice -> choice.code().equals(code))
                .findFirst()
                .orElseThrow()
                .points();
    }

    int leastPoints(String itemId) {
        return choicesOf(item(itemId).orElseThrow()).stream()
                .mapToInt(Choice::points)
                .min()
                .orElseThrow();
    }

    int mostPoints(String itemId) {
        return choicesOf(item(itemId).orElseThrow()).stream()
                .mapToInt(Choice::points)
                .max()
                .orElseThrow();
    }

    /**
     * The first thing that is wrong with answers, be they all or a part: an item or an answer that this instrument does not
     * have, or a finding on an item that an earlier answer passes over. Such a contradiction is never dropped: it might be the
     * answer that matters.
     */
    Optional<Flaw> flaw(Map<String, String> answers) {
        for (var given : answers.entrySet()) {
            var item = item(given.getKey());
            if (item.isEmpty()) {
                return Optional.of(new Flaw(given.getKey(), "item-unknown", "the instrument has no such item"));
            }
            var codes = choicesOf(item.get()).stream().map(Choice::code).toList();
            if (!codes.contains(given.getValue())) {
                return Optional.of(new Flaw(given.getKey(), "answer-unknown", "answer with one of " + codes));
            }
            if (skipped(given.getKey(), answers) && points(given.getKey(), given.getValue()) > 0) {
                return Optional.of(new Flaw(
                        given.getKey(),
                        "answer-contradiction",
                        "an earlier answer passes over this item, yet it is a finding"));
            }
        }
        return Optional.empty();
    }

    /** Items that must still be answered before the instrument can be scored, in its order. */
    List<String> missing(Map<String, String> answers) {
        var missing = new ArrayList<String>();
        for (Item item : items) {
            boolean open = !answers.containsKey(item.id()) && !skipped(item.id(), answers);
            if (open && (item.required() || tooFew(item.id(), answers))) {
                missing.add(item.id());
            }
        }
        return missing;
    }

    private boolean tooFew(String itemId, Map<String, String> answers) {
        return scales.stream()
                .filter(scale -> scale.items().contains(itemId))
                .anyMatch(scale -> scale.items().stream()
                                .filter(counted -> answers.containsKey(counted) || skipped(counted, answers))
                                .count()
                        < scale.leastAnswered());
    }

    /** What sound answers come to; a part of them already sets off what it must. */
    Result result(Map<String, String> answers, Sex sex) {
        var missing = missing(answers);
        var reached = new ArrayList<ScaleScore>();
        for (Scale scale : scales) {
            scale.value(this, answers)
                    .ifPresent(value -> reached.add(
                            new ScaleScore(id, version, scale.id(), value, scale.band(value), scale.cuts(value, sex))));
        }
        boolean complete = missing.isEmpty();
        var fired = triggers.stream()
                .filter(trigger -> fires(trigger, answers, reached, complete))
                .toList();
        return new Result(
                missing,
                complete ? List.copyOf(reached) : List.of(),
                fired.stream()
                        .map(Instrument::opened)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList(),
                fired.stream()
                        .filter(Trigger.OnBand.class::isInstance)
                        .map(trigger -> ((Trigger.OnBand) trigger).raises())
                        .toList(),
                fired.stream()
                        .filter(Trigger.OnPoints.class::isInstance)
                        .flatMap(trigger -> ((Trigger.OnPoints) trigger).raisesByLink().stream())
                        .toList());
    }

    private boolean fires(Trigger trigger, Map<String, String> answers, List<ScaleScore> reached, boolean complete) {
        return switch (trigger) {
            case Trigger.OnPoints t ->
                answers.containsKey(t.item())
                        && points(t.item(), Objects.requireNonNull(answers.get(t.item()))) >= t.atLeast();
            case Trigger.OnCut t ->
                complete
                        && reached.stream()
                                .anyMatch(s ->
                                        s.scale().equals(t.scale()) && s.cuts().contains(t.cut()));
            case Trigger.OnBand t ->
                reached.stream()
                        .anyMatch(s -> s.scale().equals(t.scale()) && t.band().equals(s.band()));
        };
    }

    private static @Nullable String opened(Trigger trigger) {
        return switch (trigger) {
            case Trigger.OnPoints t -> t.opens();
            case Trigger.OnCut t -> t.opens();
            case Trigger.OnBand t -> null;
        };
    }
}
