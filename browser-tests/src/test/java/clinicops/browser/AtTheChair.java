package clinicops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;

/** What a nurse does on a session's page. */
final class AtTheChair {
    private AtTheChair() {}

    /** Typed without a single Tab: the fields advance by themselves. */
    static void vitals(Page page, int systolic, int diastolic, int spo2, int heartRate, int breathing, String cadss) {
        Locator form = page.getByRole(AriaRole.FORM, new Page.GetByRoleOptions().setName("One set of vitals"));
        form.getByLabel("Systolic").click();
        for (int value : List.of(systolic, diastolic, spo2, heartRate, breathing)) {
            page.keyboard().type(String.valueOf(value));
        }
        page.keyboard().type(cadss);
        choose(form, "5");
        form.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Record vitals"))
                .click();
        assertThat(page.getByText("Recorded: vitals of")).isVisible();
    }

    static void choose(Locator group, String radio) {
        group.getByRole(
                        AriaRole.RADIO,
                        new Locator.GetByRoleOptions().setName(radio).setExact(true))
                .check(new Locator.CheckOptions().setForce(true));
    }

    static void choose(Locator group, Pattern radio) {
        group.getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName(radio))
                .first()
                .check(new Locator.CheckOptions().setForce(true));
    }
}
