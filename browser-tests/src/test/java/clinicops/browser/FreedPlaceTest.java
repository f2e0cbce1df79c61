package clinicops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.cli.FrontDoor;
import clinicops.cli.FrontDoor.Answer;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A patient cancels late; what it costs is said before, and somebody who waits gets the place. */
class FreedPlaceTest {
    private final Screens screens = new Screens();
    private final RunningClinic clinic = RunningClinic.get();

    @AfterEach
    void close() {
        screens.close();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    /** The first session is within a day, and not so near that nobody else could come. */
    private static JsonNode bookedSoon(FrontDoor desk, String patient, Instant now) {
        Instant quarter = now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(4));
        for (Instant at = quarter; at.isBefore(now.plus(Duration.ofHours(23))); at = at.plus(Duration.ofMinutes(30))) {
            Answer suggestion = desk.tryPost(
                    "/api/courses/suggestions",
                    Map.of("patientId", patient, "fixed", List.of(Map.of("number", 1, "startsAt", at.toString()))),
                    null);
            if (suggestion.ok()) {
                return OwnPatient.booked(desk, patient, suggestion.body());
            }
        }
        throw new IllegalStateException("the clinic has no place within a day");
    }

    @Test
    void aLateCancellationCostsWhatWasSaidIsWaivedAndThePlaceGoesToWhoWaits() {
        FrontDoor desk = clinic.as("demo.frontdesk");
        Instant now =
                Instant.parse(clinic.as("admin").get("/api/clock").path("now").asString());
        String leaving = bookedSoon(desk, OwnPatient.bookable(clinic, "Curie"), now)
                .path("id")
                .asString();
        String waiting = OwnPatient.bookable(clinic, "Noether");
        JsonNode later = OwnPatient.booked(
                desk,
                waiting,
                desk.tryPost(
                                "/api/courses/suggestions",
                                Map.of(
                                        "patientId",
                                        waiting,
                                        "from",
                                        now.plus(Duration.ofDays(5)).toString().substring(0, 10)),
                                null)
                        .body());

        // on the wait-list, from the patient's page
        Page page = screens.signedIn("demo.frontdesk");
        page.navigate("/patients/" + waiting + "/record");
        button(page, "Put on the wait-list").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog.getByLabel("An earlier session")).isChecked();
        Screens.accessible(page);
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Put on the list"))
                .click();
        assertThat(button(page, "Take off the list")).isVisible();

        // what it costs is said before, and waived with a reason
        page.navigate("/sessions/" + leaving);
        button(page, "Cancel session").click();
        page.getByLabel("The clinic cancels").check();
        assertThat(page.getByText("Costs the patient nothing")).isVisible();
        page.getByLabel("The patient cancels").check();
        assertThat(page.getByText("Costs the patient $75.00: less than 24 hours before the start"))
                .isVisible();
        Screens.accessible(page);
        Screens.picture(page, "cancellation-cost");
        button(page, "Cancel this session").click();
        assertThat(page.getByText("Late cancellation: $75.00, due")).isVisible();
        button(page, "Waive the fee").click();
        page.getByLabel("Why the clinic does without it").fill("The road was closed");
        Screens.accessible(page);
        button(page, "Waive $75.00").click();
        assertThat(page.getByText("Late cancellation: $75.00, waived")).isVisible();
        assertThat(page.getByText("The road was closed").first()).isVisible();
        Screens.picture(page, "fee-waived");

        // the place is held for who waits, and theirs when they say so
        page.keyboard().press("g");
        page.keyboard().press("w");
        Locator row = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Noether"));
        assertThat(row).containsText("Held for");
        assertThat(row).containsText("Routine");
        Screens.accessible(page);
        Screens.picture(page, "waitlist-offer");
        row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Accept for Noether")))
                .click();
        assertThat(row).hasCount(0);
        JsonNode moved = desk.get("/api/sessions/" + later.path("id").asString());
        assertThat(Instant.parse(moved.path("startsAt").asString()))
                .isBefore(Instant.parse(later.path("startsAt").asString()));
    }
}
