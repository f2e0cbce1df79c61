package clinicops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every room of the house as the people who work there see it: usable by keyboard, without a finding of axe, in both schemes. */
class RoomsTest {
    private final Screens screens = new Screens();

    @AfterEach
    void close() {
        screens.close();
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(textBlock = """
            today-nurse,        demo.nurse1,     /today,              Chairs,                     1280, 800,  LIGHT
            today-dark,         demo.prescriber, /today,              Chairs,                     1280, 800,  DARK
            today-tablet,       demo.nurse2,     /today,              Chairs,                     768,  1024, LIGHT
            patients,           demo.frontdesk,  /patients,           Patients,                   1280, 800,  LIGHT
            patients-dark,      demo.therapist,  /patients,           Patients,                   1024, 768,  DARK
            to-bill,            demo.biller,     /money,              Sessions without a claim,   1280, 800,  LIGHT
            claims,             demo.biller,     /money?view=paid,    Claims: paid,                     1280, 800,  LIGHT
            balances-dark,      demo.biller,     /money?view=balances, Balances,                  1280, 800,  DARK
            messages,           demo.nurse1,     /messages,           Notices to patients,        1280, 800,  LIGHT
            staff,              admin,           /admin/staff,        Staff accounts,             1280, 800,  LIGHT
            resources,          admin,           /admin/resources,    Chairs and rooms,           1280, 800,  LIGHT
            resources-dark,     admin,           /admin/resources,    Credentials,                1280, 800,  DARK
            broken-sessions,    demo.frontdesk,  /calendar/broken,    Everything that is booked fits, 1280, 800, LIGHT
            insurers,           admin,           /admin/insurers,     Insurers at the FHIR door,  1280, 800,  LIGHT
            mail,               admin,           /admin/mail,         Mail,                       1280, 800,  LIGHT
            dead-letters-dark,  admin,           /admin/dead-letters, Dead letters,               1280, 800,  DARK
            """)
    void aRoomIsThereForItsPeople(
            String picture, String who, String address, String shows, int width, int height, ColorScheme scheme) {
        Page page = screens.signIn(screens.window(width, height, scheme), who);
        page.navigate(address);
        assertThat(page.getByRole(AriaRole.MAIN)
                        .getByText(shows, new Locator.GetByTextOptions().setExact(true))
                        .or(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(shows)))
                        .first())
                .isAttached();
        assertThat(page.locator("[aria-busy=true]")).hasCount(0);
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasCount(1);
        Screens.accessible(page);
        Screens.picture(page, picture);
        assertThat(screens.consoleErrors)
                .filteredOn(e -> e.contains("Content Security Policy"))
                .isEmpty();
    }

    @Test
    void aPatientIsFoundByNameAndTheNameStaysOutOfTheAddress() {
        Page page = screens.signedIn("demo.frontdesk");
        page.keyboard().press("Control+k");
        page.getByPlaceholder("A patient’s name, or where to go").fill("Riv");
        page.getByRole(AriaRole.DIALOG).getByText("Rivera").first().click();

        assertThat(page).hasURL(Pattern.compile("/patients/[0-9a-f-]{36}$"));
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .containsText("Rivera");
        assertThat(page.title()).doesNotContain("Rivera");
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Journey")))
                .isVisible();
        Screens.accessible(page);
        Screens.picture(page, "journey");

        page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Patient’s pages"))
                .getByText("Record")
                .click();
        assertThat(page.getByText("Consent").first()).isVisible();
        Screens.accessible(page);
        Screens.picture(page, "record");
        page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Patient’s pages"))
                .getByText("Money")
                .click();
        assertThat(page.getByText("With insurers").first()).isVisible();
        Screens.accessible(page);
        Screens.picture(page, "patient-money");
    }

    @Test
    void theKeyboardAloneLeadsEverywhere() {
        Page page = screens.signedIn("demo.nurse1");
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Chairs")))
                .isVisible();
        page.keyboard().press("g");
        page.keyboard().press("p");
        assertThat(page).hasURL(Pattern.compile("/patients$"));
        assertThat(page.getByRole(AriaRole.SEARCHBOX)).isVisible();
        page.keyboard().press("/");
        assertThat(page.getByRole(AriaRole.SEARCHBOX)).isFocused();
        page.keyboard().press("Escape");
        page.getByRole(AriaRole.MAIN).focus();
        page.keyboard().press("?");
        assertThat(page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Keys")))
                .isVisible();
    }

    @Test
    void anAccountIsOpenedAndSomebodyElsesChangeIsNotOverwritten() {
        Page page = screens.signedIn("admin");
        page.navigate("/admin/staff");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Open an account"))
                .click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Name", new Locator.GetByLabelOptions().setExact(true))
                .fill("Iris Intern");
        dialog.getByLabel("Username").fill("iris");
        dialog.getByLabel("First password", new Locator.GetByLabelOptions().setExact(true))
                .fill("short");
        dialog.getByRole(AriaRole.CHECKBOX, new Locator.GetByRoleOptions().setName("Nurse"))
                .check();
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Open the account"))
                .click();
        assertThat(dialog).containsText("Not accepted");
        assertThat(dialog.getByLabel("Username")).hasValue("iris");
        dialog.getByLabel("First password", new Locator.GetByLabelOptions().setExact(true))
                .fill("a long enough one 7!");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Open the account"))
                .click();
        assertThat(dialog).isHidden();

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Change iris"))
                .click();
        assertThat(dialog).containsText("Iris Intern");
        // meanwhile, elsewhere
        var elsewhere = RunningClinic.get().as("admin");
        var roles = java.util.Map.<String, Object>of("roles", java.util.List.of("nurse", "therapist"), "active", true);
        elsewhere.tryPut(
                "/api/staff/iris", roles, elsewhere.tryGet("/api/staff/iris").etag());
        dialog.getByRole(AriaRole.CHECKBOX, new Locator.GetByRoleOptions().setName("Biller"))
                .check();
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save changes"))
                .click();
        assertThat(dialog).containsText("Somebody else changed this meanwhile");
        assertThat(dialog.getByRole(AriaRole.CHECKBOX, new Locator.GetByRoleOptions().setName("Biller")))
                .isChecked();
        Screens.accessible(page);
    }
}
