package clinicops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import clinicops.cli.FrontDoor;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens in the clinic shows by itself; and when it can't, the screen says so. */
class LiveTest {
    private final Screens screens = new Screens();
    private final RunningClinic clinic = RunningClinic.get();

    @AfterEach
    void close() {
        screens.close();
    }

    @Test
    void aPaymentTakenElsewhereAppearsInTheJourneyWithoutAReload() {
        FrontDoor desk = clinic.as("demo.frontdesk");
        String patient = desk.get("/api/patients?status=cleared&limit=2")
                .path("items")
                .path(1)
                .path("id")
                .asString();
        Page page = screens.signedIn("demo.biller");
        page.navigate("/patients/" + patient);
        assertThat(page.getByRole(
                        AriaRole.IMG,
                        new Page.GetByRoleOptions().setName("Live").setExact(true)))
                .isVisible();
        Locator payments =
                page.getByRole(AriaRole.MAIN).getByText("Payment", new Locator.GetByTextOptions().setExact(false));
        int before = payments.count();

        desk.create(
                "/api/payments",
                Map.of("patientId", patient, "amount", Map.of("cents", 777, "currency", "USD"), "method", "cash"),
                "live-test-" + patient);

        page.waitForCondition(() -> payments.count() > before);
    }

    @Test
    void aClinicThatDiedIsSaidToBeGoneAndComesBackByItself() {
        Page page = screens.signedIn("demo.nurse1");
        assertThat(page.getByRole(
                        AriaRole.IMG,
                        new Page.GetByRoleOptions().setName("Live").setExact(true)))
                .isVisible();
        Locator interrupted = page.getByText("The connection to the clinic is interrupted");

        clinic.kill();
        assertThat(interrupted).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
        assertThat(page.getByText("As of ")).isVisible();
        Screens.accessible(page);

        clinic.start();
        assertThat(interrupted).isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(60_000));
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .isVisible();
    }
}
