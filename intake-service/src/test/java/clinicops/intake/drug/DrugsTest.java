package clinicops.intake.drug;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.intake.rulebook.RuleBook;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of drugs, as people say and write them. */
class DrugsTest {
    private final Drugs drugs = new Drugs(new RuleBook());

    @ParameterizedTest
    @CsvSource({
        "sertraline, sertraline",
        "Zoloft, sertraline",
        "SERTRALINA 50 mg, sertraline",
        "Sertraline HCl 100mg once daily, sertraline",
        "sertralina por la mañana, sertraline",
        "acetaminofén, acetaminophen",
        "vitamin D, vitamin d",
        "MS Contin 15 mg, morphine",
        "Toprol-XL, metoprolol",
        "lorazepam 0.5 mg prn, lorazepam"
    })
    void understandsGenericBrandAndSpanishNamesWithStrengthAndTime(String given, String ingredient) {
        var drug = drugs.normalise(given);

        assertThat(drug.known()).isTrue();
        assertThat(drug.ingredients()).containsExactly(ingredient);
    }

    @Test
    void aBrandOfTwoDrugsIsBoth() {
        assertThat(drugs.normalise("Suboxone").ingredients()).containsExactly("buprenorphine", "naloxone");
        assertThat(drugs.normalise("Percocet 5/325").classes()).containsExactly("opioid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sertralin", "sertraline with something", "glowberry extract", "50 mg", "a pill at night", "?"})
    void whatIsNotWhollyOnTheListIsUnknown(String given) {
        assertThat(drugs.normalise(given).known()).isFalse();
    }

    @Test
    void looksAlikeIsSuggestedAndNeverTaken() {
        assertThat(drugs.suggestions("Lorazepan 1 mg").getFirst()).isEqualTo("lorazepam");
        assertThat(drugs.normalise("Lorazepan 1 mg").classes()).isEmpty();
        assertThat(drugs.suggestions("glowberry")).isEmpty();
    }

    @Property
    void nothingThatAnybodyTypesBreaksItOrIsClearedWithoutAName(@ForAll @StringLength(max = 100) String given) {
        var drug = drugs.normalise(given);

        assertThat(drug.known() && drug.ingredients().isEmpty()).isFalse();
    }
}
