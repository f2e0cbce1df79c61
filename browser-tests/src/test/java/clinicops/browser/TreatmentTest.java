package clinicops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import clinicops.cli.FrontDoor;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What surrounds the doses: the talk after each, tablets for the days between, and the calls that follow. */
class TreatmentTest {
    private final Screens screens = new Screens();
    private final RunningClinic clinic = RunningClinic.get();

    @BeforeEach
    void furnish() {
        FrontDoor admin = clinic.as("admin");
        boolean known = admin.get("/api/resources/therapists?limit=200")
                .path("items")
                .valueStream()
                .anyMatch(one -> one.path("username").asString().equals("demo.therapist"));
        if (!known) {
            admin.create(
                    "/api/resources/therapists",
                    Map.of("username", "demo.therapist", "name", "Thea Calloway", "external", false),
                    UUID.randomUUID().toString());
            admin.create(
                    "/api/chairs",
                    Map.of("name", "Quiet room", "kind", "room"),
                    UUID.randomUUID().toString());
        }
    }

    @AfterEach
    void close() {
        screens.close();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator rows(Page page, String table) {
        return page.getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName(table).setExact(true))
                .locator("tbody tr");
    }

    private static void choose(Page page, String field, String option) {
        page.getByRole(
                        AriaRole.COMBOBOX,
                        new Page.GetByRoleOptions().setName(field).setExact(true))
                .click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(option))
                .click();
    }

    @Test
    void aCourseIsBookedWithTheTalksAfterItAndTheTherapistMovesOne() {
        String patient = OwnPatient.bookable(clinic, "Franklin");
        Page desk = screens.signedIn("demo.frontdesk");
        desk.navigate("/calendar/planner?patient=" + patient);
        button(desk, "Suggest courses").click();
        desk.getByLabel("Integration sessions with").selectOption("Thea Calloway");
        button(desk, "Book all 6 sessions").click();
        assertThat(desk).hasURL(Pattern.compile("/patients/[^/]+/record"));

        Page thea = screens.signIn(screens.window(1280, 800, ColorScheme.DARK), "demo.therapist");
        thea.navigate("/patients/" + patient);
        thea.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Treatment").setExact(true))
                .click();
        Locator talks = rows(thea, "Integration sessions of the patient");
        assertThat(talks).hasCount(6);
        assertThat(talks.first()).containsText("Quiet room");
        assertThat(rows(thea, "Sessions of the course")).hasCount(6);
        // whoever reflects with the patient prescribes nothing and sees no money
        assertThat(button(thea, "Prescribe tablets")).hasCount(0);
        assertThat(thea.getByText("$")).hasCount(0);
        assertThat(thea.getByText("Self-pay")).hasCount(0);

        String before = talks.first().textContent();
        thea.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Move, after session 1"))
                .click();
        thea.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Free place"))
                .click();
        thea.getByRole(AriaRole.OPTION).nth(3).click();
        Screens.accessible(thea);
        Screens.picture(thea, "treatment-therapist");
        button(thea, "Move it").click();
        assertThat(button(thea, "Move it")).hasCount(0);
        assertThat(talks.first()).not().hasText(before);

        thea.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel, after session 2"))
                .click();
        button(thea, "Cancel it").click();
        assertThat(thea.getByText("Cancelled: by the patient")).isVisible();

        thea.navigate("/today");
        button(thea, "The clinic’s day").click();
        thea.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Integration sessions"))
                .click();
        assertThat(thea.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(Pattern.compile("^Yours, "))))
                .isVisible();
        Screens.accessible(thea);
        Screens.picture(thea, "integration-day");
    }

    @Test
    void tabletsForHomeAreAskedForInFullAndFollowedByACall() {
        String patient = OwnPatient.bookable(clinic, "Hodgkin");
        FrontDoor nurse = clinic.as("demo.nurse1");
        String path = "/api/patients/" + patient;
        String text =
                nurse.get("/api/consent-texts/ketamine/oral/en").path("version").asString();
        Page paula = screens.signedIn("demo.prescriber");
        paula.navigate(path.replace("/api", "") + "/treatment");
        button(paula, "Prescribe tablets").click();
        choose(paula, "Strength", "100 mg");
        paula.getByLabel("Tablets", new Page.GetByLabelOptions().setExact(true)).fill("7");
        choose(paula, "Directions", "One between sessions");
        paula.getByLabel("Pharmacy").fill("Corner pharmacy");
        // the work-up knows when the monitoring programme was asked
        assertThat(paula.getByLabel("Monitoring programme asked on"))
                .hasValue(Pattern.compile("^\\d{4}-\\d\\d-\\d\\d$"));
        String asked = paula.getByLabel("Monitoring programme asked on").inputValue();
        paula.getByLabel("Seen in person on").fill(asked);
        button(paula, "Prescribe").click();
        assertThat(paula.getByText("at most 6 tablets").first()).isVisible();
        Screens.accessible(paula);

        paula.getByLabel("Tablets", new Page.GetByLabelOptions().setExact(true)).fill("6");
        button(paula, "Prescribe").click();
        assertThat(paula.getByText(Pattern.compile("not consented to tablets at home"))
                        .first())
                .isVisible();
        nurse.change(
                "PUT",
                path,
                path + "/consents/oral",
                Map.of("drug", "ketamine", "textVersion", text, "signature", "Willa Hodgkin"));
        Awaitility.await().untilAsserted(() -> {
            if (button(paula, "Prescribe").isVisible()) {
                button(paula, "Prescribe").click();
            }
            assertThat(rows(paula, "Prescriptions")).hasCount(1);
        });
        assertThat(rows(paula, "Prescriptions").first()).containsText("6 of 6");
        assertThat(rows(paula, "Calls to the patient").first()).containsText("Tablets at home");

        button(paula, "Count").click();
        paula.getByLabel("Tablets left").fill("2");
        button(paula, "Record count").click();
        assertThat(rows(paula, "Prescriptions").first()).containsText("2 of 6");
        Screens.accessible(paula);
        Screens.picture(paula, "treatment-tablets");

        Page nora = screens.signIn(screens.window(1024, 768, ColorScheme.DARK), "demo.nurse1");
        nora.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("calls? (due|overdue)")))
                .click();
        Locator call = rows(nora, "Calls that are due").filter(new Locator.FilterOptions().setHasText("Hodgkin"));
        call.getByRole(AriaRole.BUTTON).click();
        choose(nora, "Outcome", "A concern: a prescriber calls next");
        button(nora, "Record outcome").click();
        assertThat(nora.getByText("write down what is wrong").first()).isVisible();
        nora.getByLabel("What the patient said").fill("Dizzy for two days");
        Screens.accessible(nora);
        Screens.picture(nora, "calls-due");
        button(nora, "Record outcome").click();
        // the next call is the prescriber's alone
        assertThat(call).containsText("a prescriber calls");
        assertThat(call.getByRole(AriaRole.BUTTON)).hasCount(0);
        List<JsonNode> calls = nurse.get("/api/calls?patientId=" + patient)
                .path("items")
                .valueStream()
                .toList();
        org.assertj.core.api.Assertions.assertThat(calls)
                .extracting(one -> one.path("reason").asString())
                .containsExactlyInAnyOrder("home-tablets", "concern");
    }

    @Test
    void aPlanOfTabletsAloneNeedsNoChair() {
        String patient = OwnPatient.clearedAndConsented(clinic, "Lonsdale");
        FrontDoor nurse = clinic.as("demo.nurse1");
        String path = "/api/patients/" + patient;
        String text =
                nurse.get("/api/consent-texts/ketamine/oral/en").path("version").asString();
        nurse.change(
                "PUT",
                path,
                path + "/consents/oral",
                Map.of("drug", "ketamine", "textVersion", text, "signature", "Willa Lonsdale"));
        Page paula = screens.signedIn("demo.prescriber");
        paula.navigate("/patients/" + patient + "/plan");
        button(paula, "Write the plan").click();
        choose(paula, "Drug and route", "Ketamine, By mouth");
        assertThat(paula.getByText("No sessions: nothing is planned in a chair"))
                .isVisible();
        assertThat(paula.getByLabel("Sessions", new Page.GetByLabelOptions().setExact(true)))
                .hasCount(0);
        choose(paula, "Strength of a tablet", "100 mg");
        Screens.accessible(paula);
        Screens.picture(paula, "plan-tablets");
        button(paula, "Approve the plan").click();
        assertThat(paula.getByText("Tablets of 100 mg, prescribed few at a time"))
                .isVisible();

        // scheduling hears of it: no chair, no payment, but tablets of that strength
        Page desk = screens.signedIn("demo.frontdesk");
        desk.navigate("/calendar/planner?patient=" + patient);
        assertThat(desk.getByText("Nothing to plan in a chair").first()).isVisible();
        assertThat(button(desk, "Suggest courses")).hasCount(0);
        Screens.accessible(desk);

        paula.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Tablets at home"))
                .click();
        button(paula, "Prescribe tablets").click();
        assertThat(paula.getByRole(
                        AriaRole.COMBOBOX,
                        new Page.GetByRoleOptions().setName("Strength").setExact(true)))
                .hasValue("100 mg");
        paula.getByLabel("Tablets", new Page.GetByLabelOptions().setExact(true)).fill("4");
        choose(paula, "Directions", "One between sessions");
        paula.getByLabel("Pharmacy").fill("Corner pharmacy");
        paula.getByLabel("Seen in person on")
                .fill(paula.getByLabel("Monitoring programme asked on").inputValue());
        button(paula, "Prescribe").click();
        assertThat(rows(paula, "Prescriptions").first()).containsText("4 of 4");
        Screens.accessible(paula);
        org.assertj.core.api.Assertions.assertThat(nurse.get("/api/home-prescriptions?patientId=" + patient)
                        .path("items")
                        .path(0)
                        .path("planRevision")
                        .asInt())
                .isEqualTo(1);
    }
}
