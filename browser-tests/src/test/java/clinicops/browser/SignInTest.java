package clinicops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
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
}
