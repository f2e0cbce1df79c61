package clinicops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.cli.FrontDoor;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The front desk's day with somebody new: entering them, finding them twice, filling in their registration, keeping their papers. */
class RegistrationTest {
    private final Screens screens = new Screens();
    private final RunningClinic clinic = RunningClinic.get();
    private final FrontDoor desk = clinic.as("demo.frontdesk");

    @AfterEach
    void close() {
        screens.close();
    }

    @Test
    void somebodyWhoIsThereAlreadyIsNoticedMergedAndTakenApartAgain() {
        String family = someName();
        String known = entered("Marisol", family, "1979-03-14");
        Page page = screens.signedIn("demo.frontdesk");
        page.navigate("/patients");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New patient"))
                .click();
        page.getByLabel("Given name").fill("Marisol");
        page.getByLabel("Family name").fill(family);
        page.getByLabel("Birth date").fill("1979-03-14");

        // warned while typing, and not let through without having looked
        assertThat(page.getByText("This person may be there already")).isVisible();
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(family + ", Marisol")))
                .isVisible();
        button(page, "Enter patient").click();
        assertThat(page.getByText("Open the patient who is there, or confirm")).isVisible();
        Screens.accessible(page);
        Screens.picture(page, "new-patient");
        page.getByLabel("I have looked: this is somebody else").check();
        button(page, "Enter as somebody new").click();
        assertThat(page).hasURL(Pattern.compile("/patients/[0-9a-f-]{36}/registration$"));
        String second = page.url().replaceAll(".*/patients/([^/]+)/.*", "$1");
        assertThat(second).isNotEqualTo(known);

        // the pair waits among the duplicates, and is compared side by side
        awaitPair(known, second);
        page.navigate("/patients/duplicates");
        Locator compare = page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("Compare.*" + family)));
        assertThat(compare).isVisible();
        Screens.accessible(page);
        Screens.picture(page, "duplicates");
        compare.click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        button(dialog, "Merge: they are one person").click();
        assertThat(dialog.getByText("Either decision takes a reason")).isVisible();
        Screens.accessible(page);
        Screens.picture(page, "compare");
        dialog.getByLabel("How do you know?").fill("Confirmed by phone");
        button(dialog, "Merge: they are one person").click();
        assertThat(page.getByText("The two are one patient now")).isVisible();

        // the one that was folded in stays readable and leads to the other, until the merging is taken back
        String merged = status(known).equals("merged") ? known : second;
        page.navigate("/patients/" + merged + "/registration");
        assertThat(page.getByText("Merged: this person goes on as another patient"))
                .isVisible();
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Edit:"))))
                .hasCount(0);
        Screens.accessible(page);
        button(page, "Undo the merge").click();
        dialog.getByLabel("Why are they two people?").fill("Twins with one phone");
        button(dialog, "Undo the merge").click();
        assertThat(dialog).isHidden();
        assertThat(page.getByText("Merged: this person goes on")).isHidden();
        assertThat(status(merged)).isEqualTo("referred");
    }

    @Test
    void theWorkListNarrowsToWhatIsMissingAndToAName() {
        String family = someName();
        entered("Ines", family, "1990-05-05");
        Page page = screens.signIn(screens.window(1280, 800, ColorScheme.DARK), "demo.nurse1");
        page.navigate("/patients");
        Locator list = page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Work-list"));
        page.getByRole(AriaRole.SEARCHBOX).fill(family);
        assertThat(list.getByRole(AriaRole.ROW)).hasCount(2);
        assertThat(list).containsText("Take screening");
        assertThat(list).containsText("Paperwork");

        page.getByLabel("What is missing").selectOption("paperwork");
        assertThat(page).hasURL(Pattern.compile("missing=paperwork"));
        assertThat(list.getByRole(AriaRole.ROW)).hasCount(2);
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Consent").setExact(true))
                .click();
        assertThat(page.getByText("Nobody in the work-list is found by this")).isVisible();
        // what somebody searched for stays out of the address
        assertThat(page.url()).doesNotContain(family);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Everything to do"))
                .click();
        assertThat(list.getByRole(AriaRole.ROW)).hasCount(2);
        Screens.accessible(page);
        Screens.picture(page, "worklist-dark");
        page.getByRole(AriaRole.SEARCHBOX).press("ArrowDown");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile("/patients/[0-9a-f-]{36}/"));
    }

    @Test
    void twoPeopleFillTheSameRegistrationAndNothingIsOverwrittenUnseen() {
        String patient = entered("Tomas", someName(), "1966-11-30");
        Page page = screens.signedIn("demo.frontdesk");
        page.navigate("/patients/" + patient + "/registration");
        button(page, "Fill in: Emergency contact").click();
        Locator form = page.getByRole(AriaRole.FORM, new Page.GetByRoleOptions().setName("Emergency contact"));
        form.getByLabel("Name").fill("Rosa");
        button(form, "Save").click();
        assertThat(form.getByText("Needed")).isVisible();
        form.getByLabel("Phone").fill("212 555 0142");

        // somebody else fills another section: nobody is bothered
        fill(patient, "allergies", Map.of("allergies", java.util.List.of()));
        button(form, "Save").click();
        assertThat(form).isHidden();
        assertThat(page.getByText("+12125550142")).isVisible();

        // somebody else fills this very section: both versions show
        button(page, "Edit: Emergency contact").click();
        form.getByLabel("Relationship").fill("Sister");
        var other = new HashMap<String, Object>();
        other.put("name", "Rosa Maria");
        other.put("relationship", "Mother");
        other.put("phone", "+12125550142");
        fill(patient, "emergency-contact", other);
        button(form, "Save").click();
        Locator both = form.getByRole(AriaRole.REGION, new Locator.GetByRoleOptions().setName("Both versions"));
        assertThat(both).containsText("Mother");
        assertThat(both).containsText("Sister");
        assertThat(form.getByLabel("Relationship")).hasValue("Sister");
        assertThat(button(form, "Cancel")).isEnabled();
        Screens.accessible(page);
        Screens.picture(page, "registration-conflict");
        button(form, "Save mine over theirs").click();
        assertThat(form).isHidden();
        assertThat(page.getByText("Sister")).isVisible();
        Screens.accessible(page);
        Screens.picture(page, "registration");
    }

    @Test
    void paperworkIsSentByALinkAndTakenBack() {
        String patient = entered("Greta", someName(), "1971-02-02");
        Page page = screens.signIn(screens.window(768, 1024, ColorScheme.LIGHT), "demo.frontdesk");
        page.navigate("/patients/" + patient + "/registration");
        button(page, "Send paperwork").click();
        assertThat(page.getByText("Sent, not opened yet")).isVisible();
        Screens.accessible(page);
        button(page, "Take back: Paperwork").click();
        assertThat(page.getByText("Taken back", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
    }

    @Test
    void aDocumentIsRefusedForWhatItIsAndAnotherIsKeptAndRemoved() {
        String patient = entered("Odile", someName(), "1958-08-08");
        Page page = screens.signedIn("demo.frontdesk");
        page.navigate("/patients/" + patient + "/documents");
        assertThat(page.getByText("No document yet")).isVisible();
        Locator files = page.getByLabel("Files to add");
        files.setInputFiles(file("notes.docx", "PK"));
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The clinic takes PDF files");
        button(page, "Take away").click();

        // a false name is seen through
        files.setInputFiles(file("letter.pdf", "this is no PDF at all"));
        page.getByLabel("Kind").selectOption("referral-letter");
        button(page, "Add the document").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("whatever its name says");
        button(page, "Take away").click();

        files.setInputFiles(file("Letter_of_Dr_Ng.pdf", "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"));
        button(page, "Add the document").click();
        assertThat(page.getByText("Choose what it is")).isVisible();
        page.getByLabel("Kind").selectOption("referral-letter");
        page.getByLabel("Title").fill("Letter of Dr. Ng");
        button(page, "Add the document").click();
        assertThat(page.getByText("Kept: Letter of Dr. Ng")).isVisible();
        Screens.accessible(page);
        Screens.picture(page, "documents");

        var download = page.waitForDownload(
                () -> page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download Letter of Dr. Ng"))
                        .click());
        assertThat(download.suggestedFilename()).isEqualTo("Letter of Dr. Ng.pdf");

        button(page, "Remove Letter of Dr. Ng").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Reason").fill("Belongs to another patient");
        button(dialog, "Remove the document").click();
        assertThat(dialog).isHidden();
        assertThat(page.getByText("1 removed")).isVisible();
        assertThat(page.getByText("No document yet")).isVisible();
    }

    private static FilePayload file(String name, String content) {
        return new FilePayload(name, "application/octet-stream", content.getBytes(StandardCharsets.UTF_8));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** A family name that nobody else has or is like. */
    private static String someName() {
        String letters = UUID.randomUUID().toString().replaceAll("[^a-f]", "");
        return "Zy" + letters.substring(0, Math.min(8, letters.length()));
    }

    private String entered(String given, String family, String born) {
        var person = new HashMap<String, Object>();
        person.put("givenName", given);
        person.put("familyName", family);
        person.put("birthDate", born);
        person.put("sex", "female");
        person.put("email", given.toLowerCase() + "@" + family.toLowerCase() + ".example");
        person.put("zone", "America/New_York");
        person.put("language", "en");
        person.put("emailAllowed", true);
        person.put("smsAllowed", false);
        person.put("indication", "depression");
        person.put("urgency", "routine");
        person.put("confirmedNew", true);
        return desk.create("/api/patients", person, UUID.randomUUID().toString())
                .path("id")
                .asString();
    }

    private void fill(String patient, String section, Map<String, Object> body) {
        String registration = "/api/patients/" + patient + "/registration";
        var now = desk.tryGet(registration);
        String version = now.body().path("version").asLong() == 0 ? null : now.etag();
        assertThat(desk.tryPut(registration + "/" + section, body, version).status())
                .isEqualTo(200);
    }

    private String status(String patient) {
        return desk.get("/api/patients/" + patient).path("status").asString();
    }

    private void awaitPair(String one, String other) {
        Awaitility.await().until(() -> desk.all("/api/duplicates?").stream()
                .map(JsonNode::toString)
                .anyMatch(pair -> pair.contains(one) && pair.contains(other)));
    }
}
