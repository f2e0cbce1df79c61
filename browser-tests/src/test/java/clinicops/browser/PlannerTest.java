package clinicops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Courses as the front desk plans them with the patient at the telephone, and what two desks do to each other. */
class PlannerTest {
    private final Screens screens = new Screens();
    private final RunningClinic clinic = RunningClinic.get();

    @AfterEach
    void close() {
        screens.close();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator plan(Page page) {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Plan of the course"));
    }

    private static Locator session(Page page, int number) {
        return plan(page)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(Pattern.compile("^" + number + "\\. ")));
    }

    private static void suggested(Page page, String patient) {
        page.navigate("/calendar/planner?patient=" + patient);
        button(page, "Suggest courses").click();
        assertThat(plan(page).getByRole(AriaRole.BUTTON)).hasCount(6);
    }

    @Test
    void aCourseIsSuggestedMovedKeptAndBookedAndThenPlannedAnew() {
        String patient = OwnPatient.bookable(clinic, "Lovelace");
        Page desk = screens.signedIn("demo.frontdesk");
        desk.navigate("/patients/" + patient + "/record");
        desk.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Book the course"))
                .click();
        button(desk, "Suggest courses").click();
        assertThat(session(desk, 1)).containsText("earliest day");
        assertThat(plan(desk)).containsText("Closed");
        Screens.accessible(desk);
        Screens.picture(desk, "planner");

        // a day later by the keyboard: the session is where it was put, and nothing is booked yet
        String before = session(desk, 1).textContent();
        session(desk, 1).focus();
        desk.keyboard().press("ArrowRight");
        assertThat(session(desk, 1)).containsText("as you put it");
        assertThat(button(desk, "Undo what you moved")).isVisible();
        // and by an exact hour
        session(desk, 2).click();
        desk.getByLabel("Start").fill("10:30");
        button(desk, "Show what follows").click();
        assertThat(session(desk, 2)).containsText("10:30");
        button(desk, "Undo what you moved").click();
        assertThat(session(desk, 1)).hasText(before);

        button(desk, "Keep these places while you ask").click();
        assertThat(desk.getByRole(AriaRole.TIMER)).containsText(Pattern.compile("(9:[0-5][0-9]|10:00) left"));
        Screens.accessible(desk);
        Screens.picture(desk, "planner-held");
        button(desk, "Book all 6 sessions").click();
        assertThat(desk).hasURL(Pattern.compile("/patients/[^/]+/record"));

        // the rest is planned anew before anything moves
        desk.navigate("/calendar/planner?patient=" + patient);
        assertThat(desk.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Booked")))
                .isVisible();
        session(desk, 6).focus();
        desk.keyboard().press("ArrowRight");
        button(desk, "Change 1 session")
                .or(button(desk, "Change 2 sessions"))
                .or(desk.getByRole(AriaRole.STATUS))
                .first()
                .waitFor();
        Screens.accessible(desk);
        Screens.picture(desk, "planner-anew");

        // and applied: what was shown is what is booked
        String shown = session(desk, 6).locator("strong").textContent();
        desk.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Change \\d sessions?$")))
                .click();
        assertThat(desk.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Booked")))
                .isVisible();
        assertThat(session(desk, 6).locator("strong")).hasText(shown);
        assertThat(plan(desk).locator("button[data-changed]")).hasCount(0);

        // a session that falls out leaves the course waiting on the board
        String last = booked(clinic, patient).path(5).path("id").asString();
        String path = "/api/sessions/" + last;
        clinic.as("demo.frontdesk").change("POST", path, path + "/cancel", Map.of("reason", "patient"));
        desk.navigate("/today");
        assertThat(desk.getByText(Pattern.compile("(A course|[0-9]+ courses) lost a session")))
                .isVisible();
        desk.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Lovelace"))
                .first()
                .click();
        button(desk, "Plan another one").click();
        button(desk, "Change 1 session").click();
        assertThat(desk.getByText("A session fell out")).not().isVisible();
        assertThat(plan(desk).getByRole(AriaRole.BUTTON)).hasCount(6);
    }

    private static JsonNode booked(RunningClinic clinic, String patient) {
        return clinic.as("demo.frontdesk")
                .get("/api/courses?patientId=" + patient)
                .path("items")
                .path(0)
                .path("sessions");
    }

    @Test
    void aSessionIsDraggedToAnotherDayByTheMouse() {
        Page desk = screens.signedIn("demo.frontdesk");
        suggested(desk, OwnPatient.bookable(clinic, "Somerville"));
        Locator days = plan(desk).getByRole(AriaRole.CELL);
        Locator from = session(desk, 2).locator("xpath=ancestor::td");
        int cell = ((Number) from.evaluate("td => [...td.closest('tbody').querySelectorAll('td')].indexOf(td)"))
                .intValue();
        // Sundays are closed
        int to = cell % 7 == 5 ? cell - 1 : cell + 1;
        String before = session(desk, 2).textContent();

        session(desk, 2).dragTo(days.nth(to));

        assertThat(days.nth(to).getByText("as you put it")).isVisible();
        assertThat(session(desk, 2)).not().hasText(before);
        assertThat(button(desk, "Undo what you moved")).isVisible();
        Screens.picture(desk, "planner-dragged");
    }

    @Test
    void aClosureBreaksSessionsThatTheDeskRepairs() {
        String patient = OwnPatient.bookable(clinic, "Germain");
        Page desk = screens.signedIn("demo.frontdesk");
        suggested(desk, patient);
        button(desk, "Book all 6 sessions").click();
        assertThat(desk).hasURL(Pattern.compile("/patients/[^/]+/record"));
        Instant third =
                Instant.parse(booked(clinic, patient).path(2).path("startsAt").asString());
        String day = LocalDate.ofInstant(third, ZoneId.of("America/New_York")).toString();
        JsonNode closure = clinic.as("admin")
                .create(
                        "/api/availability",
                        Map.of("of", "clinic", "effect", "closed", "firstDay", day, "lastDay", day, "reason", "other"),
                        UUID.randomUUID().toString());

        desk.navigate("/calendar");
        desk.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("See them and where they could go"))
                .click();
        Locator row = desk.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Germain"));
        assertThat(row).containsText("The clinic is closed then");
        Screens.accessible(desk);
        Screens.picture(desk, "broken-sessions");
        row.getByRole(AriaRole.BUTTON).first().click();
        assertThat(row).hasCount(0);
        Instant moved =
                Instant.parse(booked(clinic, patient).path(2).path("startsAt").asString());
        org.assertj.core.api.Assertions.assertThat(moved).isNotEqualTo(third);
        String path = "/api/availability/" + closure.path("id").asString();
        clinic.as("admin")
                .tryAct(
                        "DELETE",
                        path,
                        path,
                        Map.of(),
                        "\"" + closure.path("version").asLong() + "\"");
    }

    @Test
    void twoAdministratorsChangeOneChairAndTheSlowerOneIsTold() {
        Page faster = screens.signedIn("admin");
        Page slower = screens.signIn(screens.window(1280, 800, ColorScheme.DARK), "admin");
        for (Page page : List.of(faster, slower)) {
            page.navigate("/admin/resources");
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions()
                                    .setName("Change Chair 1")
                                    .setExact(true))
                    .click();
            page.getByLabel("Minutes kept free after each session").waitFor();
        }
        faster.getByLabel("Minutes kept free after each session").fill("0");
        button(faster, "Save changes").click();
        assertThat(faster.getByRole(AriaRole.DIALOG)).hasCount(0);

        slower.getByLabel("Minutes kept free after each session").fill("5");
        button(slower, "Save changes").click();
        assertThat(slower.getByText("Somebody else changed this meanwhile")).isVisible();
        assertThat(slower.getByLabel("Minutes kept free after each session")).hasValue("5");
        Screens.accessible(slower);
        Screens.picture(slower, "record-race");

        // what a retirement would break is seen before it is saved
        faster.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Change Chair 1").setExact(true))
                .click();
        faster.getByLabel("Retired from").fill(java.time.Year.now().plusYears(1).getValue() + "-01-02");
        faster.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("See what it would break"))
                .click();
        assertThat(faster.getByText(Pattern.compile("No booked session is in the way|would no longer fit")))
                .isVisible();
        Screens.accessible(faster);
    }

    @Test
    void boostersThatAreDueAreReachedFromTheCalendar() {
        Page prescriber = screens.signedIn("demo.prescriber");
        prescriber.navigate("/calendar");
        prescriber
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("^Boosters due")))
                .click();
        assertThat(prescriber.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Boosters due")))
                .isVisible();
        assertThat(prescriber.getByText("No booster is due")).isVisible();
        Screens.accessible(prescriber);
        Screens.picture(prescriber, "boosters");
    }

    @Test
    void twoDesksWantTheSamePlacesAndTheSlowerOneSeesWhyAndWhatIsFreeNow() {
        String one = OwnPatient.bookable(clinic, "Babbage");
        String other = OwnPatient.bookable(clinic, "Hopper");
        Page faster = screens.signedIn("demo.frontdesk");
        Page slower = screens.signIn(screens.window(1280, 800, ColorScheme.DARK), "demo.frontdesk");
        suggested(faster, one);
        suggested(slower, other);
        String wanted = plan(slower).textContent();

        button(faster, "Book all 6 sessions").click();
        assertThat(faster).hasURL(Pattern.compile("/patients/[^/]+/record"));
        button(slower, "Book all 6 sessions").click();

        assertThat(slower.getByText("Somebody else took one of these places meanwhile"))
                .isVisible();
        assertThat(plan(slower)).not().hasText(wanted);
        Screens.accessible(slower);
        Screens.picture(slower, "planner-race");
        button(slower, "Book all 6 sessions").click();
        assertThat(slower).hasURL(Pattern.compile("/patients/[^/]+/record"));
    }

    @Test
    void theWeekShowsWhatIsBookedByChairAndByNurse() {
        Page desk = screens.signedIn("demo.frontdesk");
        desk.keyboard().press("g");
        desk.keyboard().press("c");
        assertThat(desk.getByRole(AriaRole.ROWHEADER, new Page.GetByRoleOptions().setName("Chair 1")))
                .isVisible();
        Screens.accessible(desk);
        Screens.picture(desk, "calendar-week");
        desk.getByText("By nurse").click();
        assertThat(desk).hasURL(Pattern.compile("by=nurse"));
        desk.getByText("Day", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(desk.getByRole(AriaRole.COLUMNHEADER)).hasCount(2);
    }
}
