package clinicops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a prescriber orders for a course, how it changes, and what became of all who were treated. */
class PlanTest {
    private final Screens screens = new Screens();
    private final RunningClinic clinic = RunningClinic.get();

    @AfterEach
    void close() {
        screens.close();
    }

    @Test
    void aPrescriberAloneApprovesAPlanWithinTheLimitsAndRevisesIt() {
        String patient = OwnPatient.clearedAndConsented(clinic, "Thackeray");
        String address = "/patients/" + patient + "/plan";
        Page nora = screens.signedIn("demo.nurse1");
        nora.navigate(address);
        assertThat(nora.getByText("No plan yet")).isVisible();
        assertThat(button(nora, "Write the plan")).hasCount(0);

        Page paula = screens.signIn(screens.window(1024, 768, ColorScheme.LIGHT), "demo.prescriber");
        paula.navigate(address);
        button(paula, "Write the plan").click();
        // what the evaluation found is not asked again
        assertThat(diagnosis(paula)).hasValue("F33.2 Recurrent depression, severe");
        assertThat(paula.getByText("At 71.5 kg: 35.8 mg")).isVisible();
        paula.getByLabel("Greatest dose").fill("1.2");
        assertThat(paula.getByText("above 1.0 mg/kg")).isVisible();
        button(paula, "Approve the plan").click();
        assertThat(paula.getByRole(AriaRole.ALERT)).containsText("A dose is 0.1 to 1.0 mg/kg");
        assertThat(paula.getByText("Source of the limits: Dose of 0.5 mg/kg: Sanacora"))
                .isVisible();
        Screens.accessible(paula);
        Screens.picture(paula, "plan-refused");

        paula.getByLabel("Greatest dose").fill("1.0");
        button(paula, "Approve the plan").click();
        assertThat(paula.getByText("Revision 1, approved by demo.prescriber")).isVisible();
        assertThat(paula.getByText("0.5 to 1.0 mg/kg of measured weight: 35.8 mg to 71.5 mg at 71.5 kg"))
                .isVisible();
        Screens.accessible(paula);
        Screens.picture(paula, "plan");
        // the nurse's screen hears of it
        assertThat(nora.getByText("Revision 1, approved by demo.prescriber")).isVisible();
        assertThat(button(nora, "Revise the plan")).hasCount(0);

        button(paula, "Revise the plan").click();
        diagnosis(paula).fill("F33.9");
        paula.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("F33.9"))
                .click();
        paula.getByLabel("Sessions").fill("4");
        paula.getByLabel("Therapist").fill("Thea Brandt");
        button(paula, "Approve the revision").click();
        assertThat(paula.getByText("Revision 2, approved by demo.prescriber")).isVisible();
        Locator changes = paula.getByRole(AriaRole.LIST)
                .filter(new Locator.FilterOptions().setHasText("revision 2"))
                .first();
        assertThat(changes).containsText("4 in 14 to 21 days");
        assertThat(changes).containsText("Thea Brandt");
        Screens.accessible(paula);
        Screens.picture(paula, "plan-revised");

        Page dark = screens.signIn(screens.window(768, 1024, ColorScheme.DARK), "demo.therapist");
        dark.navigate(address);
        assertThat(dark.getByText("Revision 2, approved by demo.prescriber")).isVisible();
        Screens.accessible(dark);
        Screens.picture(dark, "plan-dark");
    }

    /** The demo's first days treat too few for a figure; what the service answers for many stands in here. */
    @Test
    void theReportNarrowsToACohortAndItsChartSaysWhatItsTableSays() {
        Page paula = screens.signedIn("demo.prescriber");
        List<String> asked = new ArrayList<>();
        paula.route(Pattern.compile("/api/outcomes/cohorts"), route -> cohort(route, asked));
        paula.navigate("/reports");
        Locator table =
                paula.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Outcomes by number of sessions"));
        assertThat(table.getByRole(AriaRole.ROW)).hasCount(4);
        assertThat(table.getByRole(AriaRole.ROW).nth(2)).containsText("17");
        assertThat(table.getByRole(AriaRole.ROW).nth(2)).containsText("47 %");
        assertThat(table.getByRole(AriaRole.ROW).nth(3)).containsText("Fewer than 5 patients: withheld");
        assertThat(paula.locator(".recharts-bar-rectangle")).hasCount(4);
        assertThat(paula.getByText("Mean PHQ-9")).isVisible();
        Screens.accessible(paula);
        Screens.picture(paula, "outcomes");

        paula.getByLabel("Route").selectOption("iv");
        paula.getByLabel("Diagnosis").selectOption("F33");
        paula.getByLabel("After sessions").selectOption("6");
        paula.getByLabel("Scored from").fill("2026-01-01");
        assertThat(table.getByRole(AriaRole.ROW)).hasCount(2);
        assertThat(asked.getLast())
                .contains(
                        "instrument=phq-9",
                        "scale=total",
                        "route=iv",
                        "diagnosis=F33",
                        "sessions=6",
                        "from=2026-01-01");

        Page dark = screens.signIn(screens.window(768, 1024, ColorScheme.DARK), "demo.prescriber");
        dark.route(Pattern.compile("/api/outcomes/cohorts"), route -> cohort(route, asked));
        dark.navigate("/reports");
        assertThat(dark.locator(".recharts-bar-rectangle")).hasCount(4);
        Screens.accessible(dark);
        Screens.picture(dark, "outcomes-dark");
    }

    private static void cohort(Route route, List<String> asked) {
        String query = URI.create(route.request().url()).getQuery();
        asked.add(query);
        String three = sessions(3, figures(22, 0.27, 0.09, -6.1, 12.4));
        String six = sessions(6, figures(17, 0.47, 0.29, -9.6, 8.3));
        String ten = sessions(
                10,
                "{\"patients\":null,\"fewerThan\":5,\"responseRate\":null,\"remissionRate\":null,\"meanChange\":null,\"meanValue\":null}");
        String rows = query.contains("sessions=6") ? six : String.join(",", three, six, ten);
        route.fulfill(new Route.FulfillOptions()
                .setContentType("application/json")
                .setBody("{\"instrument\":\"phq-9\",\"scale\":\"total\",\"all\":%s,\"bySession\":[%s]}"
                        .formatted(figures(24, 0.42, 0.25, -8.9, 9.1), rows)));
    }

    private static String sessions(int sessions, String figures) {
        return "{\"sessions\":%d,\"figures\":%s}".formatted(sessions, figures);
    }

    private static String figures(int patients, double response, double remission, double change, double mean) {
        return "{\"patients\":%d,\"fewerThan\":null,\"responseRate\":%s,\"remissionRate\":%s,\"meanChange\":%s,\"meanValue\":%s}"
                .formatted(patients, response, remission, change, mean);
    }

    private static Locator diagnosis(Page page) {
        return page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Diagnosis"));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
