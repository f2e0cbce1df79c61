package clinicops.intake.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.intake.instrument.Instrument.Choice;
import clinicops.intake.instrument.Instrument.Item;
import clinicops.intake.patient.Sex;
import clinicops.intake.safety.AlertReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every instrument, whatever is answered. */
class InstrumentPropertiesTest {
    private static final InstrumentEngine ENGINE = InstrumentEngines.real();

    @Property
    void everyScoreLiesInItsRangeAndInOneBand(
            @ForAll("instruments") Instrument instrument, @ForAll long seed, @ForAll Sex sex) {
        var answers = sound(instrument, new Random(seed));
        var result = ENGINE.score(instrument.id(), instrument.version(), answers, sex);

        assertThat(result.scores()).hasSameSizeAs(instrument.scales()).allSatisfy(score -> {
            Scale scale = instrument.scale(score.scale()).orElseThrow();
            var range = scale.range(instrument);
            assertThat(score.value()).isBetween(range.least(), range.most());
            assertThat(score.band() == null).isEqualTo(scale.bands().isEmpty());
        });
    }

    /** Reversed items apart, more is never scored less; and a grade never falls. */
    @Property
    void aGraverAnswerNeverScoresLess(
            @ForAll("instruments") Instrument instrument, @ForAll long seed, @ForAll Sex sex) {
        var random = new Random(seed);
        var answers = sound(instrument, random);
        var counted = answers.keySet().stream()
                .filter(item -> instrument.scales().stream()
                        .noneMatch(s ->
                                s instanceof Scale.Sum sum && sum.reversed().contains(item)))
                .filter(item -> instrument.skips().stream().noneMatch(skip -> skip.when().stream()
                        .anyMatch(a -> a.item().equals(item))))
                .toList();
        Assume.that(!counted.isEmpty());
        String item = counted.get(random.nextInt(counted.size()));
        var graver = new LinkedHashMap<>(answers);
        Item asked = instrument.item(item).orElseThrow();
        List<Choice> choices = instrument.choicesOf(asked);
        graver.put(item, choices.getLast().code());

        var before = ENGINE.score(instrument.id(), instrument.version(), answers, sex)
                .scores();
        var after =
                ENGINE.score(instrument.id(), instrument.version(), graver, sex).scores();

        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).value())
                    .isGreaterThanOrEqualTo(before.get(i).value());
        }
    }

    /** Whatever is missing, a part of sound answers is kept and not scored; all of them are scored the same in any order. */
    @Property
    void partialAnswersAreSoundAndUnscored(
            @ForAll("instruments") Instrument instrument, @ForAll long seed, @ForAll Sex sex) {
        var random = new Random(seed);
        var answers = sound(instrument, random);
        var required = instrument.items().stream()
                .filter(Item::required)
                .map(Item::id)
                .filter(answers::containsKey)
                .toList();
        var part = new LinkedHashMap<>(answers);
        String dropped = required.get(random.nextInt(required.size()));
        part.remove(dropped);

        var result = ENGINE.look(instrument.id(), instrument.version(), part, sex);

        assertThat(result.missing()).contains(dropped);
        assertThat(result.scores()).isEmpty();
    }

    @Property
    void aDangerThatOneAnswerShowsIsNeverTakenBackByAnother(@ForAll long seed) {
        Instrument screener = ENGINE.current("c-ssrs").orElseThrow();
        var answers = sound(screener, new Random(seed));
        boolean danger = "yes".equals(answers.get("q4"))
                || "yes".equals(answers.get("q5"))
                || "past-3-months".equals(answers.get("q6"));

        var result = ENGINE.score("c-ssrs", "1", answers, Sex.UNKNOWN);

        assertThat(result.alerts().contains(AlertReason.C_SSRS_HIGH)).isEqualTo(danger);
    }

    @Provide
    Arbitrary<Instrument> instruments() {
        return Arbitraries.of(ENGINE.all());
    }

    /** Complete answers without contradiction, as somebody would give who is asked one item after the other. */
    private static Map<String, String> sound(Instrument instrument, Random random) {
        var answers = new LinkedHashMap<String, String>();
        for (Item item : instrument.items()) {
            if (!instrument.skipped(item.id(), answers)) {
                List<Choice> choices = instrument.choicesOf(item);
                answers.put(
                        item.id(), choices.get(random.nextInt(choices.size())).code());
            }
        }
        return answers;
    }
}
