package clinicops.intake.consent;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.intake.patient.Language;
import clinicops.intake.patient.Route;
import clinicops.intake.rulebook.RuleBook;
import org.junit.jupiter.api.Test;

class ConsentTextsTest {
    private final ConsentTexts texts = new ConsentTexts(new RuleBook());

    @Test
    void theInfusionsTextIsThereInBothLanguagesUnderOneVersion() {
        var english = texts.inForce("ketamine", Route.IV, Language.EN).orElseThrow();
        var spanish = texts.inForce("ketamine", Route.IV, Language.ES).orElseThrow();

        assertThat(english.version()).isEqualTo(spanish.version()).isEqualTo("2026-12");
        assertThat(english.sha256()).isNotEqualTo(spanish.sha256());
    }

    @Test
    void everyRouteHasATextOfItsOwnInBothLanguages() {
        for (Route route : Route.values()) {
            String drug = route == Route.NASAL ? "esketamine" : "ketamine";
            for (Language language : Language.values()) {
                var text = texts.inForce(drug, route, language).orElseThrow();
                var wording = texts.wording(text);
                assertThat(wording.title()).isNotBlank().hasSizeLessThan(100);
                assertThat(wording.paragraphs()).hasSizeGreaterThanOrEqualTo(6);
                // the last word is the patient's: it can be taken back
                assertThat(wording.paragraphs().getLast())
                        .contains(language == Language.EN ? "take this consent back" : "retirar este consentimiento");
            }
        }
        assertThat(texts.all()).extracting(ConsentTexts.Text::sha256).doesNotHaveDuplicates();
    }

    @Test
    void eachTextSaysWhatItMayCostAndThatThereAreOtherTreatments() {
        for (var text : texts.all().stream().filter(ConsentTexts.Text::inForce).toList()) {
            String read = String.join("\n", texts.wording(text).paragraphs());
            assertThat(read)
                    .as(text.file())
                    .containsIgnoringCase(text.language() == Language.EN ? "insurance" : "seguro");
            assertThat(read)
                    .as(text.file())
                    .contains(text.language() == Language.EN ? "other treatments" : "otros tratamientos");
        }
    }

    @Test
    void whatWasSignedOnceCanStillBeRead() {
        var former = texts.find("ketamine", Route.IV, Language.EN, "2026-11").orElseThrow();

        assertThat(former.inForce()).isFalse();
        assertThat(texts.wording(former).paragraphs()).hasSize(6);
    }

    @Test
    void consentToOneDrugIsNoneToAnother() {
        assertThat(texts.versionInForce("esketamine", Route.IV)).isEmpty();
        assertThat(texts.versionInForce("ketamine", Route.NASAL)).isEmpty();
        assertThat(texts.find("ketamine", Route.IV, Language.EN, "2019-01")).isEmpty();
    }
}
