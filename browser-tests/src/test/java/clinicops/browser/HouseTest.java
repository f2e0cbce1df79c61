package clinicops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The house around the sessions: controlled drugs, permissions, and the end of the day. */
class HouseTest {
    private final Screens screens = new Screens();

    @AfterEach
    void close() {
        screens.close();
    }

    private static Locator row(Page page, String region, String text) {
        return page.getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName(region).setExact(true))
                .getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText(text))
                .first();
    }

    private static Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void wasteIsWitnessedFromASecondBrowser() {
        Page nora = screens.signedIn("demo.nurse1");
        nora.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("The clinic’s day"))
                .click();
        nora.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Controlled drugs"))
                .click();
        Locator shipment = row(nora, "Shipments", "MID26A");
        assertThat(shipment).containsText("100 mg");
        button(shipment, "Waste").click();
        nora.getByLabel("Amount in mg").fill("1000");
        nora.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Record waste"))
                .click();
        assertThat(nora.getByRole(AriaRole.ALERT)
                        .or(nora.getByRole(AriaRole.STATUS))
                        .first())
                .isVisible();
        nora.getByLabel("Amount in mg").fill("5");
        nora.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Record waste"))
                .click();
        assertThat(row(nora, "Waste that waits", "midazolam")).containsText("somebody else confirms it");
        // nothing is wasted yet
        assertThat(row(nora, "Shipments", "MID26A")).containsText("100 mg");
        Screens.accessible(nora);
        Screens.picture(nora, "drugs");

        Page ned = screens.signIn(screens.window(1280, 800, ColorScheme.DARK), "demo.nurse2");
        ned.navigate("/today/drugs");
        button(row(ned, "Waste that waits", "midazolam"), "I saw it wasted").click();
        assertThat(ned.getByText("No waste waits")).isVisible();
        assertThat(row(ned, "Shipments", "MID26A")).containsText("95 mg");
        ned.getByLabel("Drug of the log").selectOption("midazolam");
        assertThat(row(ned, "Drug log", "Wasted")).containsText("demo.nurse2");
        Screens.accessible(ned);
    }

    @Test
    void aPrescriberSignsAStandingOrderAndAnAdministratorRecordsTheCertification() {
        Page paula = screens.signedIn("demo.prescriber");
        paula.navigate("/today/orders");
        Locator order = row(paula, "Standing orders", "ondansetron");
        assertThat(order).containsText("Not signed");
        order.getByRole(AriaRole.BUTTON).click();
        assertThat(row(paula, "Standing orders", "ondansetron")).containsText("demo.prescriber");
        Screens.accessible(paula);

        Page admin = screens.signedIn("admin");
        admin.navigate("/admin/standing-orders");
        admin.getByLabel("Number").fill("S-1001");
        admin.getByLabel("Certified from").fill("2026-01-01");
        admin.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Save").setExact(true))
                .click();
        assertThat(admin.getByText("Certified", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        Screens.accessible(admin);

        Page nora = screens.signedIn("demo.nurse1");
        nora.navigate("/today/rems");
        assertThat(nora.getByText("No form is due")).isVisible();
        Screens.accessible(nora);
    }

    @Test
    void theDayIsClosedWhenWhatIsLeftHasAnOwner() {
        Page nora = screens.signedIn("demo.nurse1");
        nora.navigate("/today/close");
        assertThat(nora.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Close the day").setExact(true)))
                .isDisabled();
        nora.getByLabel("Cash in the drawer, $").fill("12.50");
        nora.getByLabel("Card terminal says, $").fill("0");
        nora.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Record money"))
                .click();
        assertThat(row(nora, "How the day balances", "Cash")).containsText("$12.50");
        Screens.accessible(nora);
        // other tests' patients of this day leave what they leave: whatever doesn't balance gets its owner
        Locator unowned = nora.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("I see to: "));
        Locator close = nora.getByRole(
                AriaRole.BUTTON,
                new Page.GetByRoleOptions().setName("Close the day").setExact(true));
        while (unowned.count() > 0) {
            Locator mine = button(nora.locator("main"), unowned.first().getAttribute("aria-label"));
            mine.click();
            assertThat(mine).hasCount(0);
        }
        assertThat(close).isEnabled();
        Screens.picture(nora, "day-close");
        close.click();
        assertThat(nora.getByText("is closed")).isVisible();
    }
}
