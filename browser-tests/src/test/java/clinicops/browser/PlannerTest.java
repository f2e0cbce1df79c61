package clinicops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
