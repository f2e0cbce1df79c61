package clinicops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.cli.FrontDoor;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The tablet beside the chair: without network, with eleven keystrokes, locked and dim. */
class MonitorTest {
    private static final ZoneId CLINIC_ZONE = ZoneId.of("America/New_York");

    private final Screens screens = new Screens();
    private final RunningClinic clinic = RunningClinic.get();
    private final FrontDoor admin = clinic.as("admin");
    private final FrontDoor nurse = clinic.as("demo.nurse1");

    @AfterEach
    void close() {
        screens.close();
    }

    @Test
    void fifteenMinutesWithoutNetworkLoseNothingAndTellNothingTwice() {
        String id = dosing();
        Page nora = tablet("demo.nurse1", id);
        int readings = session(id).path("vitals").size();
        int exits = session(id).path("exits").size();

        nora.context().setOffline(true);
        keyed(nora, "13288977615");
        nora.keyboard().press("Enter");
        assertThat(nora.getByText("Waits to be sent: vitals of")).isVisible();
        assertThat(nora.getByText(Pattern.compile("^No network since"))).isVisible();

        // a drug or a discharge only the server can allow
        nora.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Other actions"))
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Set pump"))
                .click();
        assertThat(nora.getByText("A new dose is locked until the network is back"))
                .isVisible();
        assertThat(form(nora, "Record pump setting")).isDisabled();

        minutesPass(nora, 5);
        // nobody touched it for two minutes, and nobody can check a PIN now
        goOnWithoutNetwork(nora);
        emergency(nora, "Rescue drug");
        choose(nora, "Ondansetron");
        nora.getByLabel("Amount", new Page.GetByLabelOptions().setExact(true)).fill("4");
        form(nora, "Record rescue drug").click();
        assertThat(nora.getByText("Waits to be sent: rescue drug")).isVisible();
        emergency(nora, "Call for help");
        assertThat(nora.getByText("No network: nobody hears this call")).isVisible();
        Screens.accessible(nora);
        form(nora, "Call for help now").click();
        assertThat(nora.getByText("Waits to be sent: call for help")).isVisible();

        minutesPass(nora, 5);
        goOnWithoutNetwork(nora);
        keyed(nora, "14992968818");
        nora.keyboard().press("Enter");
        assertThat(nora.getByText("Waits to be sent: vitals of")).isVisible();
        emergency(nora, "Stop");
        form(nora, "Stop: Adverse event").click();
        assertThat(nora.getByText("Waits to be sent: stop")).isVisible();
        // it is not stopped on record, and nothing says so
        assertThat(nora.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Steps of the session"))
                        .locator("[aria-current=step]"))
                .containsText("Dosing");

        minutesPass(nora, 6);
        goOnWithoutNetwork(nora);
        assertThat(nora.getByRole(AriaRole.ALERT).filter(text("No network for 16")))
                .containsText("5 waiting");
        Locator waiting = nora.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Waits to be sent"));
        assertThat(waiting.getByRole(AriaRole.LISTITEM)).hasText(new Pattern[] {
            Pattern.compile("Vitals: 132/88"),
            Pattern.compile("Rescue drug: ondansetron 4 mg"),
            Pattern.compile("Call for help"),
            Pattern.compile("Vitals: 149/92"),
            Pattern.compile("Stop: adverse event")
        });
        Screens.accessible(nora);
        Screens.picture(nora, "monitor-offline");

        nora.context().setOffline(false);
        assertThat(waiting).isHidden();
        assertThat(nora.getByText(Pattern.compile("^No network"))).hasCount(0);
        JsonNode after = session(id);
        assertThat(after.path("state").asString()).isEqualTo("stopped");
        assertThat(after.path("vitals").size()).isEqualTo(readings + 2);
        assertThat(after.path("exits").size()).isEqualTo(exits + 3);
        Instant first = taken(after, 132);
        assertThat(Duration.between(first, taken(after, 149)).toMinutes()).isBetween(9L, 11L);
        assertThat(Duration.between(first, exit(after, "rescue", exits)).toMinutes())
                .isBetween(4L, 6L);
        assertThat(Duration.between(first, exit(after, "call-for-help", exits)).toMinutes())
                .isBetween(4L, 6L);
        assertThat(Duration.between(
                                first, Instant.parse(after.path("doseEndedAt").asString()))
                        .toMinutes())
                .isBetween(9L, 11L);

        dischargeWaitsForTheLastReading(nora, id, readings + 2);
    }

    /** The network is there, and one reading is not on record yet. */
    private void dischargeWaitsForTheLastReading(Page nora, String id, int readings) {
        unlockByPassword(nora, "demo.nurse1");
        nora.route(Pattern.compile("/vitals(/batch)?$"), route -> route.abort());
        keyed(nora, "13084987214");
        nora.keyboard().press("Enter");
        assertThat(nora.getByText("Waits to be sent: vitals of")).isVisible();
        nora.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Other actions"))
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Start discharge"))
                .click();
        assertThat(nora.getByText(Pattern.compile("^Discharge is locked until")))
                .isVisible();
        assertThat(form(nora, "Discharge")).isDisabled();

        nora.unroute(Pattern.compile("/vitals(/batch)?$"));
        assertThat(nora.getByText(Pattern.compile("^Discharge is locked until")))
                .isHidden();
        assertThat(session(id).path("vitals").size()).isEqualTo(readings + 1);
    }

    @Test
    void aSetOfVitalsIsElevenKeystrokesAndCanBeUndone() {
        String id = dosing();
        Page nora = tablet("demo.nurse1", id);
        int readings = session(id).path("vitals").size();

        keyed(nora, "12880987414");
        assertThat(nora.getByText("Complete: it is recorded in a moment")).isVisible();
        assertThat(nora.getByText("Recorded: vitals of")).isVisible();
        assertThat(session(id).path("vitals").size()).isEqualTo(readings + 1);
        assertThat(session(id).path("vitals").get(readings).path("moaas").asInt())
                .isEqualTo(5);

        // by the pad, and thought better of
        for (String digit : "9995987".split("")) {
            pad(nora, digit).click();
        }
        for (String digit : "4414".split("")) {
            pad(nora, digit).click();
        }
        nora.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Undo"))
                .click();
        assertThat(nora.getByLabel("Breathing")).not().hasValue("");
        nora.clock().fastForward(Duration.ofSeconds(20).toMillis());
        assertThat(nora.getByText("Complete: it is recorded in a moment")).isHidden();
        assertThat(session(id).path("vitals").size()).isEqualTo(readings + 1);
    }

    @Test
    void theBoardIsOneTouchFromTheKeypad() {
        String id = dosing();
        Page nora = screens.signIn(screens.window(1024, 768, ColorScheme.LIGHT), "demo.nurse1");
        nora.navigate("/today");
        Locator card = nora.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Record vitals: "));
        assertThat(card.first()).isVisible();
        card.first().click();
        assertThat(nora.getByRole(AriaRole.FORM, new Page.GetByRoleOptions().setName("One set of vitals")))
                .isVisible();
        assertThat(id).isNotBlank();
    }

    @Test
    void aTabletThatNobodyTouchesLocksAndShowsVitalsAndNoName() {
        String id = dosing();
        nurse.post("/api/me/pin", Map.of("password", clinic.password("demo.nurse1"), "pin", "2580"));
        Page nora = tablet("demo.nurse1", id);
        String name = nora.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))
                .innerText();
        nora.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Dim"))
                .click();
        Screens.accessible(nora);
        nora.getByLabel("Systolic").fill("12");

        nora.clock().fastForward(Duration.ofSeconds(125).toMillis());
        Locator lock = nora.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Locked screen"));
        assertThat(lock).containsText("Blood pressure");
        assertThat(lock).not().containsText(name.split(",")[0]);
        Screens.accessible(nora);
        Screens.picture(nora, "monitor-locked");
        nora.keyboard().press("Escape");
        nora.keyboard().press("Escape");
        assertThat(lock).isVisible();
        // a reload is no way around it
        nora.reload();
        assertThat(lock).isVisible();

        enter(lock, "1379");
        assertThat(lock.getByText("This is not the PIN")).isVisible();
        enter(lock, "2580");
        assertThat(lock).isHidden();
        nora.getByLabel("Systolic").fill("13");

        nora.clock().fastForward(Duration.ofSeconds(125).toMillis());
        assertThat(lock).isVisible();
        enter(lock, "2580");
        assertThat(lock).isHidden();
        // what was typed is still there
        assertThat(nora.getByLabel("Systolic")).hasValue("13");

        nora.clock().fastForward(Duration.ofSeconds(125).toMillis());
        lock.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Somebody else"))
                .click();
        signIn(lock, "demo.nurse2");
        assertThat(lock).isHidden();
        assertThat(nora.getByRole(
                        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Signed in as"))))
                .not()
                .hasAccessibleName(Pattern.compile("Nora"));
        assertThat(nora.getByLabel("Systolic")).hasValue("");
    }

    /** A session whose dose runs, of those that the demo began. */
    private String dosing() {
        LocalDate today = now().atZone(CLINIC_ZONE).toLocalDate();
        return Stream.of(today, today.minusDays(1), today.minusDays(2))
                .flatMap(day -> nurse.get("/api/sessions?limit=200&day=" + day)
                        .path("items")
                        .valueStream())
                .filter(session -> session.path("state").asString().equals("dosing"))
                .map(session -> session.path("id").asString())
                .findFirst()
                .orElseThrow();
    }

    private JsonNode session(String id) {
        return nurse.get("/api/sessions/" + id);
    }

    private Page tablet(String username, String session) {
        Page page = screens.tablet(1024, 768, ColorScheme.LIGHT);
        page.clock().install();
        screens.signIn(page, username);
        page.navigate("/sessions/" + session);
        assertThat(page.getByLabel("Systolic")).isVisible();
        return page;
    }

    /** Typed from the first field on, without another key. */
    private static void keyed(Page page, String digits) {
        page.getByLabel("Systolic").click();
        page.keyboard().type(digits);
    }

    private static Locator pad(Page page, String digit) {
        return page.getByRole(
                        AriaRole.GROUP,
                        new Page.GetByRoleOptions().setName("Keypad").setExact(true))
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(digit).setExact(true));
    }

    /** At the chair and in the clinic. */
    private void minutesPass(Page page, int minutes) {
        admin.put(
                "/api/clock",
                Map.of("now", now().plus(Duration.ofMinutes(minutes)).toString()));
        page.clock().fastForward(Duration.ofMinutes(minutes).toMillis());
    }

    private static void goOnWithoutNetwork(Page page) {
        Locator lock = page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Locked screen"));
        lock.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Go on without it"))
                .click();
        assertThat(lock).isHidden();
    }

    private void unlockByPassword(Page page, String username) {
        Locator lock = page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Locked screen"));
        assertThat(lock).isVisible();
        Locator other = lock.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Somebody else"));
        assertThat(other.or(lock.getByLabel("Username")).first()).isVisible();
        if (other.isVisible()) {
            other.click();
        }
        signIn(lock, username);
        assertThat(lock).isHidden();
        assertThat(page.getByLabel("Systolic")).isVisible();
    }

    private void signIn(Locator lock, String username) {
        lock.getByLabel("Username").fill(username);
        lock.getByLabel("Password", new Locator.GetByLabelOptions().setExact(true))
                .fill(clinic.password(username));
        lock.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign in"))
                .click();
    }

    private static void enter(Locator lock, String pin) {
        Locator pad = lock.getByRole(AriaRole.GROUP, new Locator.GetByRoleOptions().setName("PIN keypad"));
        for (String digit : List.of(pin.split(""))) {
            pad.getByRole(
                            AriaRole.BUTTON,
                            new Locator.GetByRoleOptions().setName(digit).setExact(true))
                    .click();
        }
        pad.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Unlock"))
                .click();
    }

    private static void emergency(Page page, String what) {
        page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Emergency"))
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(what).setExact(true))
                .click();
    }

    private static void choose(Page page, String radio) {
        page.getByRole(
                        AriaRole.RADIO,
                        new Page.GetByRoleOptions().setName(radio).setExact(true))
                .check(new Locator.CheckOptions().setForce(true));
    }

    private static Locator form(Page page, String button) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true));
    }

    private static Locator.FilterOptions text(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static Instant taken(JsonNode session, int systolic) {
        return session.path("vitals")
                .valueStream()
                .filter(reading -> reading.path("systolic").asInt() == systolic)
                .map(reading -> Instant.parse(reading.path("takenAt").asString()))
                .reduce((one, other) -> {
                    throw new AssertionError("twice on record: " + systolic);
                })
                .orElseThrow();
    }

    private static Instant exit(JsonNode session, String action, int before) {
        return session.path("exits")
                .valueStream()
                .skip(before)
                .filter(exit -> exit.path("action").asString().equals(action))
                .map(exit -> Instant.parse(exit.path("at").asString()))
                .reduce((one, other) -> {
                    throw new AssertionError("twice on record: " + action);
                })
                .orElseThrow();
    }

    private Instant now() {
        return Instant.parse(admin.get("/api/clock").path("now").asString());
    }
}
