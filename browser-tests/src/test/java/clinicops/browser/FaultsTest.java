package clinicops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.cli.FrontDoor;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Whatever goes wrong between browser and server: what was typed is kept, nothing is shown as done that the server did not say, and
 * trying again does it once. The front desk takes a payment; the faults are put on the wire between its browser and the real clinic.
 */
class FaultsTest {
    private final Screens screens = new Screens();
    private final RunningClinic clinic = RunningClinic.get();
    private FrontDoor desk;
    private Page page;
    private String patient;
    private long paidBefore;

    @BeforeEach
    void theFrontDeskIsAboutToTakeAPayment() {
        desk = clinic.as("demo.frontdesk");
        patient = desk.get("/api/patients?status=cleared&limit=1")
                .path("items")
                .path(0)
                .path("id")
                .asString();
        paidBefore = payments();
        page = screens.signedIn("demo.frontdesk");
        page.navigate("/patients/" + patient + "/money");
        button("Take a payment").click();
        dialog().getByLabel("Amount in dollars").fill("12.34");
        dialog().getByLabel("By").selectOption("cash");
    }

    @AfterEach
    void close() {
        screens.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(textBlock = """
            409, payment-impossible,   Not possible as things are now
            412, stale-version,        Somebody else changed this meanwhile
            422, amount-too-large,     Not accepted
            428, version-required,     Somebody else changed this meanwhile
            429, too-many-requests,    Too many requests at once
            500, internal-error,       The server made a mistake
            503, service-down,         A part of the clinic’s system is not available
            504, service-slow,         The answer did not come in time
            """)
    void aRefusalIsExplainedAndTheInputKept(int status, String rule, String title) {
        page.route("**/api/payments", route -> {
            if (route.request().method().equals("POST")) {
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(status)
                        .setContentType("application/problem+json")
                        .setBody(
                                "{\"status\":%d,\"title\":\"no\",\"detail\":\"the rule %s says no\",\"rule\":\"%s\",\"errors\":[]}"
                                        .formatted(status, rule, rule)));
            } else {
                route.resume();
            }
        });
        take().click();

        assertThat(dialog()).containsText(title);
        assertThat(dialog().getByLabel("Amount in dollars")).hasValue("12.34");
        assertThat(dialog().getByLabel("By")).hasValue("cash");
        assertThat(payments()).isEqualTo(paidBefore);

        page.unroute("**/api/payments");
        take().click();
        assertThat(dialog()).isHidden();
        assertThat(payments()).isEqualTo(paidBefore + 1);
    }

    @Test
    void anAnswerThatGotLostIsNotPaidTwice() {
        var sent = new AtomicInteger();
        page.route("**/api/payments", route -> {
            if (route.request().method().equals("POST") && sent.getAndIncrement() == 0) {
                route.fetch(); // the clinic takes the payment
                route.abort("connectionreset"); // and the browser never hears of it
            } else {
                route.resume();
            }
        });
        take().click();
        assertThat(dialog()).containsText("No answer from the clinic");
        assertThat(dialog()).containsText("Whether it was done is not known");
        assertThat(dialog().getByLabel("Amount in dollars")).hasValue("12.34");
        Screens.accessible(page);

        take().click();
        assertThat(dialog()).isHidden();
        assertThat(sent.get()).isEqualTo(2);
        assertThat(payments()).isEqualTo(paidBefore + 1);
    }

    @Test
    void aSlowServerIsWaitedForAndNothingIsShownAsDone() {
        page.route("**/api/payments", route -> {
            if (route.request().method().equals("POST")) {
                page.waitForTimeout(1_500);
            }
            route.resume();
        });
        take().click();
        assertThat(dialog()).isVisible();
        assertThat(take()).isDisabled();
        assertThat(dialog()).isHidden();
        assertThat(payments()).isEqualTo(paidBefore + 1);
    }

    @ParameterizedTest(name = "all cookies lost: {0}")
    @ValueSource(booleans = {false, true})
    void aSessionThatEndsInTheMiddleOfAFormKeepsWhatWasTyped(boolean allCookies) {
        page.context()
                .clearCookies(
                        allCookies
                                ? new BrowserContext.ClearCookiesOptions()
                                : new BrowserContext.ClearCookiesOptions().setName("clinicops"));
        take().click();

        Locator again = page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("You were signed out"));
        assertThat(again).isVisible();
        Screens.accessible(page);
        again.getByLabel("Password", new Locator.GetByLabelOptions().setExact(true))
                .fill(clinic.password("demo.frontdesk"));
        again.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign in"))
                .click();
        assertThat(again).isHidden();

        assertThat(dialog().getByLabel("Amount in dollars")).hasValue("12.34");
        assertThat(payments()).isEqualTo(paidBefore);
        take().click();
        assertThat(dialog()).isHidden();
        assertThat(payments()).isEqualTo(paidBefore + 1);
    }

    private Locator dialog() {
        return page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Take a payment"));
    }

    private Locator take() {
        return dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Take $12.34"));
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    /** How many payments of that amount the clinic knows of the patient. */
    private long payments() {
        JsonNode all = desk.get("/api/payments?limit=200&patientId=" + patient);
        return StreamSupport.stream(all.path("items").spliterator(), false)
                .filter(payment -> payment.path("amount").path("cents").asLong() == 1234)
                .count();
    }
}
