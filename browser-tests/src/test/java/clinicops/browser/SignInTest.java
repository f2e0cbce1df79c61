package clinicops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignInTest {
    private final Screens screens = new Screens();

    @AfterEach
    void close() {
        screens.close();
    }

    @Test
    void aWrongPasswordIsSaidPlainlyAndTheUsernameIsKept() {
        Page page = screens.window(1280, 800, ColorScheme.LIGHT);
        page.navigate("/");
        page.getByLabel("Username").fill("demo.nurse1");
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill("not this one");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Username or password is not right");
        assertThat(page.getByLabel("Username")).hasValue("demo.nurse1");
        Screens.accessible(page);
    }

    @Test
    void aNurseLandsOnTodayAndABillerInMoney() {
        assertThat(screens.signedIn("demo.nurse1")).hasURL(java.util.regex.Pattern.compile("/today$"));
        assertThat(screens.signedIn("demo.biller")).hasURL(java.util.regex.Pattern.compile("/money$"));
        assertThat(screens.consoleErrors)
                .filteredOn(e -> e.contains("Content Security Policy"))
                .isEmpty();
    }

    @Test
    void somebodyNewChangesThePasswordThatTheyWereHanded() {
        RunningClinic.get()
                .as("admin")
                .post(
                        "/api/staff",
                        Map.of(
                                "username",
                                "wendy",
                                "name",
                                "Wendy New",
                                "password",
                                "handed over on paper",
                                "roles",
                                List.of("nurse")));
        Page page = screens.window(1280, 800, ColorScheme.LIGHT);
        page.navigate("/");
        signIn(page, "handed over on paper");
        page.getByRole(AriaRole.BUTTON, named("Signed in as Wendy New")).click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Change password"))
                .click();
        Locator dialog = page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Change your password"));
        typed(dialog, "Present password").fill("not what was handed over");
        typed(dialog, "New password").fill("only Wendy knows this");
        typed(dialog, "New password again").fill("only Wendy knows this");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Change password"))
                .click();
        assertThat(dialog).containsText("this is not your present password");
        Screens.accessible(page);

        typed(dialog, "Present password").fill("handed over on paper");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Change password"))
                .click();
        assertThat(page.getByLabel("Username")).isVisible();

        Page next = screens.window(1280, 800, ColorScheme.LIGHT);
        next.navigate("/");
        signIn(next, "only Wendy knows this");
        assertThat(next).hasURL(java.util.regex.Pattern.compile("/today$"));
    }

    private static void signIn(Page page, String password) {
        page.getByLabel("Username").fill("wendy");
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(password);
        page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Locator typed(Locator dialog, String label) {
        return dialog.getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
    }
}
