package clinicops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import clinicops.cli.FrontDoor;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** The board, the chairs' alarms on every screen, and a calendar that is followed from outside. */
class BoardTest {
    private final Screens screens = new Screens();
    private final RunningClinic clinic = RunningClinic.get();

    @AfterEach
    void close() {
        screens.close();
    }

    @Test
    void aCallForHelpSoundsOnEveryScreenUntilSomebodyLooksAfterIt() {
        FrontDoor nurse = clinic.as("demo.nurse1");
        String session = somebody(nurse);
        Page page = screens.signedIn("demo.nurse2");
        page.navigate("/today");
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Chairs")))
                .isVisible();

        nurse.post("/api/sessions/" + session + "/call-for-help", Map.of());

        Locator bell = page.getByRole(
                AriaRole.BUTTON,
                new Page.GetByRoleOptions()
                        .setName(java.util.regex.Pattern.compile("alarms? at the chairs$|escalated$")));
        assertThat(bell.first()).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(10_000));
        bell.first().click();
        Locator alarm = page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.ARTICLE)
                .filter(new Locator.FilterOptions().setHasText("Called for help"))
                .first();
        assertThat(alarm).isVisible();
        Screens.accessible(page);
        alarm.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("I look after it"))
                .click();
        assertThat(alarm).not().isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(10_000));
    }

    /** A session of today whose patient may still be anywhere. */
    private static String somebody(FrontDoor nurse) {
        var cards = nurse.get("/api/board").path("cards");
        return cards.valueStream()
                .map(card -> card.path("session"))
                .filter(session -> !session.path("state").asString().equals("cancelled"))
                .map(session -> session.path("id").asString())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aVerdictNamesWhoClearsWhatAndLeadsThere() {
        FrontDoor desk = clinic.as("demo.frontdesk");
        var blocked = desk.get("/api/board")
                .path("cards")
                .valueStream()
                .filter(card -> card.path("session").path("state").asString().equals("booked")
                        && !card.path("session").path("escortNamed").asBoolean())
                .findFirst();
        Page page = screens.signedIn("demo.frontdesk");
        page.navigate("/today");
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Chairs")))
                .isVisible();
        Screens.accessible(page);
        if (blocked.isPresent()) {
            page.navigate(
                    "/sessions/" + blocked.get().path("session").path("id").asString());
            assertThat(page.getByRole(
                            AriaRole.REGION, new Page.GetByRoleOptions().setName("Can this patient be treated today?")))
                    .containsText("No escort named");
        }
    }

    @Test
    void aFeedIsFollowedByItsLinkUntilItIsRevoked() throws Exception {
        Page page = screens.signedIn("admin");
        page.navigate("/admin/calendars");
        page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Calendar of"))
                .click();
        page.getByRole(AriaRole.OPTION).first().click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Make a link"))
                .click();
        Locator link = page.getByLabel("Link of the feed");
        assertThat(link).isVisible();
        Screens.accessible(page);
        URI address = URI.create(link.innerText().strip());

        var followed = follow(address);
        Assertions.assertEquals(200, followed.statusCode());
        Assertions.assertTrue(followed.body().startsWith("BEGIN:VCALENDAR"));

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Revoke the feed of"))
                .first()
                .click();
        assertThat(link).not().isVisible();
        Assertions.assertEquals(404, follow(address).statusCode());
    }

    private static HttpResponse<String> follow(URI address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
