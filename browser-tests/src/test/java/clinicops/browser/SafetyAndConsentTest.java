package clinicops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.cli.FrontDoor;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A patient in danger, from the answer to the signed safety plan; and consents on the clinic's tablet. */
class SafetyAndConsentTest {
    private static final String ACKNOWLEDGE = "Acknowledge: I take care of this patient";

    private final RunningClinic clinic = RunningClinic.get();
    private final Screens screens = new Screens();

    @AfterEach
    void close() {
        screens.close();
    }

    @Test
    void aPatientInDangerIsFlaggedOnEveryPageUntilTheSafetyPlanIsSigned() {
        String patient = screened(Map.of("q1", true, "q2", true, "q3", true, "q4", true, "q5", false, "q6", "no"));

        Page page = screens.signedIn("demo.prescriber");
        for (String tab : List.of("", "/record", "/consent", "/safety")) {
            page.navigate("/patients/" + patient + tab);
            assertThat(page.getByRole(AriaRole.ALERT).filter(withText("Safety alert")))
                    .containsText("988");
        }
        Screens.accessible(page);
        page.getByRole(AriaRole.BUTTON, named(ACKNOWLEDGE)).first().click();
        assertThat(page.getByText("Safety review open")).isVisible();

        page.getByRole(AriaRole.BUTTON, named("Resolve the alert")).click();
        page.getByLabel("Safety plan made").check();
        page.getByRole(AriaRole.BUTTON, named("Resolve the alert")).click();
        // nothing signed yet: the danger is not met by saying so
        assertThat(page.getByRole(AriaRole.ARTICLE)).containsText("safety plan");
        assertThat(page.getByText("Safety review open")).isVisible();

        page.getByRole(AriaRole.BUTTON, named("Write a safety plan")).click();
        fill(page, "1. Warning signs, line 1", "Not sleeping for two nights");
        fill(page, "2. What I can do by myself, line 1", "A walk with the dog");
        fill(page, "3. People and places that distract me, line 1", "The library");
        fill(page, "4. People I can ask for help, line 1: name", "My sister");
        fill(page, "4. People I can ask for help, line 1: phone", "+1 212 555 0143");
        fill(page, "6. Making the surroundings safe, line 1", "My sister keeps the tablets");
        page.getByLabel("Read through together with the patient").check();
        page.getByLabel("The patient has a copy").check();
        fill(page, "The patient signs with their name", "The patient");
        Screens.accessible(page);
        page.getByRole(AriaRole.BUTTON, named("Sign the safety plan")).click();
        assertThat(page.getByText("Signed by The patient")).isVisible();

        page.getByRole(AriaRole.BUTTON, named("Resolve the alert")).click();
        assertThat(page.getByText("Safety review open")).isHidden();
        assertThat(page.getByRole(AriaRole.ARTICLE)).containsText("Resolved");
        Screens.picture(page, "safety");
        Screens.accessible(page);
    }

    @Test
    void aPatientReadsToTheEndInSpanishSignsWithAFingerAndTakesItBack() {
        String patient = screened(null);
        Page page = screens.signIn(screens.window(1024, 768, ColorScheme.LIGHT), "demo.nurse1");
        page.navigate("/patients/" + patient + "/consent");
        page.getByRole(AriaRole.BUTTON, named("Sign a consent")).click();
        page.getByRole(AriaRole.COMBOBOX, named("Treatment")).click();
        page.getByRole(AriaRole.OPTION, named("Ketamine, IV")).click();
        page.getByText("Español").click();
        Locator goOn = page.getByRole(AriaRole.BUTTON, named("Lo he leído, continuar"));
        assertThat(goOn).isDisabled();
        Screens.accessible(page);

        page.getByRole(AriaRole.REGION)
                .filter(withText("Consentimiento"))
                .locator("p")
                .last()
                .scrollIntoViewIfNeeded();
        page.mouse().wheel(0, 4_000);
        goOn.click();
        fill(page, "Su nombre completo", "Ana Ejemplo");
        page.getByRole(AriaRole.BUTTON, named("Firmar")).click();
        assertThat(page.getByRole(AriaRole.ALERT).filter(withText("Firme en el recuadro")))
                .isVisible();
        draw(page, page.locator("canvas"));
        Screens.accessible(page);
        Screens.picture(page, "consent-tablet");
        page.getByRole(AriaRole.BUTTON, named("Firmar")).click();
        assertThat(page.getByText("devuelva la tableta")).isVisible();
        page.getByRole(AriaRole.STATUS)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close"))
                .click();

        assertThat(page.getByRole(AriaRole.LISTITEM).filter(withText("Ana Ejemplo (drawn)")))
                .containsText("In force");
        Download document = page.waitForDownload(() ->
                page.getByRole(AriaRole.LINK, named("Document of the consent")).click());
        assertThat(document.suggestedFilename()).endsWith(".pdf");

        page.getByRole(AriaRole.BUTTON, named("Take back")).click();
        fill(page, "In the patient’s words", "I want to think about it");
        page.getByRole(AriaRole.BUTTON, named("Take the consent back")).click();
        assertThat(page.getByRole(AriaRole.LISTITEM).filter(withText("Ana Ejemplo")))
                .containsText("I want to think about it");
        Screens.accessible(page);
    }

    /** A patient of this test's own, screened; in danger when the C-SSRS says so. */
    private String screened(Map<String, Object> cssrs) {
        FrontDoor nurse = clinic.as("demo.nurse1");
        JsonNode referred = nurse.get("/api/patients?status=referred&limit=50").path("items");
        String patient = referred.path(cssrs == null ? 0 : referred.size() - 1)
                .path("id")
                .asString();
        var history = Map.of(
                "conditions",
                List.of(),
                "drugs",
                List.of(),
                "failedTreatments",
                2,
                "systolic",
                120,
                "diastolic",
                78,
                "weightKg",
                70,
                "pregnancy",
                "not-applicable");
        nurse.put(
                "/api/patients/" + patient + "/screening",
                cssrs == null
                        ? Map.of("phq9", List.of(2, 2, 2, 2, 2, 2, 2, 2, 0), "history", history)
                        : Map.of("phq9", List.of(2, 2, 2, 2, 2, 2, 2, 2, 3), "cssrs", cssrs, "history", history));
        return patient;
    }

    private static void draw(Page page, Locator field) {
        BoundingBox box = field.boundingBox();
        page.mouse().move(box.x + 60, box.y + 100);
        page.mouse().down();
        for (int i = 1; i < 30; i++) {
            page.mouse().move(box.x + 60 + i * 10, box.y + 100 + 40 * Math.sin(i / 3.0));
        }
        page.mouse().up();
    }

    private static void fill(Page page, String label, String text) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).fill(text);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Locator.FilterOptions withText(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
