package clinicops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.cli.FrontDoor;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From the first question to the two clearances, at the screens of the people who ask, measure, evaluate and decide. */
class ScreeningTest {
    private final Screens screens = new Screens();
    private final RunningClinic clinic = RunningClinic.get();

    @AfterEach
    void close() {
        screens.close();
    }

    @Test
    void aNurseAsksAPhq9InPartsAndItem9OpensTheCssrsThereAndThen() {
        String patient = registered("Halloran", "1979-02-11");
        Page nora = screens.signedIn("demo.nurse1");
        nora.navigate("/patients/" + patient + "/instruments");
        link(nora, "Ask PHQ-9").first().click();
        assertThat(item(nora, "1")).isVisible();
        keys(nora, "322");
        assertThat(score(nora)).containsText("Provisional: 3 of 9 answered");
        assertThat(score(nora)).containsText("All answers saved");
        link(nora, "Go on later").click();

        assertThat(nora.getByText("3 of 9")).isVisible();
        Screens.accessible(nora);
        link(nora, "Go on PHQ-9").click();
        assertThat(nora.getByText("Going on where it was left")).isVisible();
        assertThat(item(nora, "4").getByRole(AriaRole.RADIO).first()).isFocused();
        keys(nora, "333221");

        assertThat(nora.getByText("Stay with the patient")).isVisible();
        assertThat(nora.getByRole(AriaRole.ALERT)).containsText("988");
        assertThat(nora.getByRole(AriaRole.ALERT)).containsText("911");
        Locator cssrs = nora.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("C-SSRS screener"));
        assertThat(cssrs.getByRole(AriaRole.RADIO).first()).isFocused();
        keys(nora, "yn1");
        assertThat(cssrs).containsText("Low risk");
        Screens.accessible(nora);
        Screens.picture(nora, "phq-9-item-9");
        button(cssrs, "Complete the C-SSRS screener").click();
        assertThat(cssrs).containsText("Scored");
        button(score(nora), "Complete and score").click();
        assertThat(score(nora)).containsText("Scored");
        assertThat(score(nora)).containsText("21");
        assertThat(score(nora)).containsText("Severe");
        Screens.accessible(nora);

        link(nora, "Back to instruments").click();
        assertThat(nora.getByText("PHQ-9 over time")).isVisible();
        assertThat(nora.getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName("PHQ-9, every time").setExact(true)))
                .containsText("21");
        assertThat(nora.locator(".recharts-surface")).isVisible();
        nora.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Answers")))
                .first()
                .click();
        assertThat(nora.getByRole(AriaRole.DIALOG)).containsText("Little interest or pleasure in doing things");
        Screens.accessible(nora);
        Screens.picture(nora, "instruments");
    }

    @Test
    void twoProfessionalsEvaluateAndClearAndTheSlowerPrescriberIsToldWhoWasFaster() {
        String patient = registered("Ingersoll", "1968-09-30");
        screened(patient);
        String address = "/patients/" + patient + "/clearance";

        Page nora = screens.signIn(screens.window(1024, 768, ColorScheme.LIGHT), "demo.nurse1");
        nora.navigate(address);
        assertThat(nora.getByText("2 findings for a prescriber to review")).isVisible();
        Locator findings = nora.getByRole(
                AriaRole.LIST, new Page.GetByRoleOptions().setName("Findings").setExact(true));
        assertThat(findings).containsText("Esketamine nasal spray, US prescribing information");
        assertThat(findings).containsText("Cleared by a prescriber, with a reason");
        result(nora, "Prescription-monitoring query", "As expected");
        result(nora, "Urine drug screen", "As expected");
        Locator dialog = nora.getByRole(AriaRole.DIALOG);
        button(nora, "Enter Weight, measured").click();
        Screens.accessible(nora);
        dialog.getByLabel("Weight", new Locator.GetByLabelOptions().setExact(true))
                .fill("71.5");
        button(dialog, "Record").click();
        assertThat(dialog).isHidden();
        assertThat(nora.getByText("Complete", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        Screens.accessible(nora);
        Screens.picture(nora, "clearance-nurse");

        Page thea = screens.signedIn("demo.therapist");
        thea.navigate(address);
        link(thea, "Write the evaluation (mental health)").click();
        button(thea, "Sign the evaluation").click();
        assertThat(thea.getByText("Needed for the signature").first()).isVisible();
        thea.getByLabel("Diagnoses").first().fill("F33.2");
        thea.keyboard().press("Enter");
        for (String field : List.of(
                "Present illness and psychiatric history",
                "Appearance and behaviour",
                "Speech",
                "Mood and affect",
                "Thought",
                "Perception",
                "Cognition",
                "Insight and judgement",
                "Risk and protective factors",
                "Treatment resistance")) {
            thea.getByLabel(field, new Page.GetByLabelOptions().setExact(true)).fill("Looked at: " + field);
        }
        button(thea, "Save draft").click();
        assertThat(thea.getByText(Pattern.compile("^Saved"))).isVisible();
        choose(thea, "Treat");
        Screens.accessible(thea);
        Screens.picture(thea, "evaluation");
        button(thea, "Sign the evaluation").click();
        assertThat(thea.getByText("What is signed never changes")).isVisible();
        Screens.accessible(thea);
        link(thea, "Clearance").last().click();
        decide(thea, "mental-health clearance");
        button(thea.getByRole(AriaRole.DIALOG), "Give mental-health clearance").click();
        assertThat(thea.getByRole(AriaRole.DIALOG)).isHidden();
        assertThat(thea.getByText("Given by demo.therapist")).isVisible();

        Page paula = screens.signedIn("demo.prescriber");
        paula.navigate(address);
        link(paula, "Write the evaluation (medical)").click();
        for (String field :
                List.of("Review of systems", "Physical examination", "Airway", "Heart", "Results reviewed")) {
            paula.getByLabel(field, new Page.GetByLabelOptions().setExact(true)).fill("Looked at: " + field);
        }
        for (var vital : Map.of("Systolic", "152", "Diastolic", "88", "Pulse", "72", "SpO2", "98")
                .entrySet()) {
            paula.getByLabel(vital.getKey(), new Page.GetByLabelOptions().setExact(true))
                    .fill(vital.getValue());
        }
        choose(paula, "2: mild disease");
        choose(paula, "Treat, with conditions");
        button(paula, "Sign the evaluation").click();
        assertThat(paula.getByText("What is signed never changes")).isVisible();
        paula.navigate(address);
        decide(paula, "medical clearance");
        Locator hers = paula.getByRole(AriaRole.DIALOG);
        button(hers, "Give medical clearance").click();
        assertThat(hers).containsText("Every finding needs a reason to go on");
        hers.getByRole(AriaRole.TEXTBOX).all().forEach(reason -> reason.fill("Weighed; watched during each session"));
        Screens.accessible(paula);
        Screens.picture(paula, "findings-review");

        // another prescriber has the same form open
        Page paul = otherPrescriber();
        paul.navigate(address);
        decide(paul, "medical clearance");
        Locator his = paul.getByRole(AriaRole.DIALOG);
        his.getByRole(AriaRole.TEXTBOX).all().forEach(reason -> reason.fill("No objection"));

        button(hers, "Give medical clearance").click();
        assertThat(hers).isHidden();
        assertThat(paula.getByText("2 findings, all reviewed")).isVisible();
        assertThat(paula.getByText("Given by demo.prescriber")).isVisible();
        Screens.accessible(paula);
        Screens.picture(paula, "clearance");

        // told who was faster, before anything of his goes out; what he wrote is kept
        assertThat(his).containsText("demo.prescriber was faster");
        assertThat(button(his, "Give medical clearance")).isDisabled();
        assertThat(his.getByRole(AriaRole.TEXTBOX).first()).hasValue("No objection");
        Screens.accessible(paul);
        Locator replay = paula.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Replay"))
                .first();
        replay.click();
        assertThat(paula.getByText("The same findings again").first()).isVisible();
    }

    @Test
    void outcomesOfFewPatientsAreWithheld() {
        Page paula = screens.signIn(screens.window(1280, 800, ColorScheme.DARK), "demo.prescriber");
        paula.navigate("/reports");
        assertThat(paula.getByText("Fewer than 5").first()).isVisible();
        Screens.accessible(paula);
        Screens.picture(paula, "reports-dark");
    }

    /** A new patient, referred for depression. */
    private String registered(String familyName, String birthDate) {
        JsonNode patient = clinic.as("demo.frontdesk")
                .create(
                        "/api/patients",
                        Map.ofEntries(
                                Map.entry("givenName", "Quinn"),
                                Map.entry("familyName", familyName),
                                Map.entry("birthDate", birthDate),
                                Map.entry("sex", "female"),
                                Map.entry("email", familyName.toLowerCase(java.util.Locale.ROOT) + "@example.org"),
                                Map.entry("language", "en"),
                                Map.entry("emailAllowed", true),
                                Map.entry("smsAllowed", false),
                                Map.entry("indication", "depression"),
                                Map.entry("urgency", "routine")),
                        UUID.randomUUID().toString());
        return patient.path("id").asString();
    }

    /** With raised blood pressure and a benzodiazepine. */
    private void screened(String patient) {
        FrontDoor.Answer answer = clinic.as("demo.nurse1")
                .tryPut(
                        "/api/patients/" + patient + "/screening",
                        Map.of(
                                "phq9",
                                List.of(3, 3, 2, 3, 2, 2, 2, 1, 0),
                                "history",
                                Map.of(
                                        "conditions",
                                        List.of(),
                                        "drugs",
                                        List.of("lorazepam"),
                                        "failedTreatments",
                                        3,
                                        "systolic",
                                        152,
                                        "diastolic",
                                        88,
                                        "weightKg",
                                        71.5,
                                        "pregnancy",
                                        "not-applicable")),
                        null);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    }

    /** Paul, at a screen of his own. */
    private Page otherPrescriber() {
        String password = "another-prescriber-7";
        clinic.as("admin")
                .tryPost(
                        "/api/staff",
                        Map.of(
                                "username",
                                "paul",
                                "name",
                                "Paul Prescriber",
                                "password",
                                password,
                                "roles",
                                List.of("prescriber")),
                        null);
        Page page = screens.window(1280, 800, ColorScheme.LIGHT);
        page.navigate("/");
        page.getByLabel("Username").fill("paul");
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(password);
        button(page, "Sign in").click();
        page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Main"))
                .waitFor();
        return page;
    }

    private static void result(Page page, String kind, String result) {
        button(page, "Enter " + kind).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel(result, new Locator.GetByLabelOptions().setExact(true))
                .check(forced());
        button(dialog, "Record").click();
        assertThat(dialog).isHidden();
    }

    private static void decide(Page page, String clearance) {
        button(page, "Decide on the " + clearance).click();
        choose(page, "Safe: clear");
    }

    private static void choose(Page page, String answer) {
        page.getByRole(
                        AriaRole.RADIO,
                        new Page.GetByRoleOptions().setName(answer).setExact(true))
                .check(forced());
    }

    /** The input lies, unseen, over its whole button. */
    private static Locator.CheckOptions forced() {
        return new Locator.CheckOptions().setForce(true);
    }

    private static void keys(Page page, String keys) {
        for (char key : keys.toCharArray()) {
            Locator focused = page.locator("fieldset:focus-within");
            String before = focused.getAttribute("data-item");
            page.keyboard().press(String.valueOf(key));
            // it leads on to the next item, or to the button after the last
            assertThat(page.locator("fieldset[data-item='" + before + "']:focus-within"))
                    .hasCount(0);
        }
    }

    private static Locator item(Page page, String id) {
        return page.locator("fieldset[data-item='" + id + "']");
    }

    private static Locator score(Page page) {
        return page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("Score"));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
