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

        assertThat(english.version()).isEqualTo(spanish.version()).isEqualTo("2026-11");
        assertThat(english.sha256()).isNotEqualTo(spanish.sha256());
    }

    @Test
    void consentToTheInfusionIsNoneToTablets() {
        assertThat(texts.versionInForce("ketamine", Route.ORAL)).isEmpty();
        assertThat(texts.versionInForce("esketamine", Route.IV)).isEmpty();
    }
}
