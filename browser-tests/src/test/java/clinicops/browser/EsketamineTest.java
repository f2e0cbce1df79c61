package clinicops.browser;

import static clinicops.browser.AtTheChair.choose;
import static clinicops.browser.AtTheChair.vitals;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.cli.FrontDoor;
import clinicops.cli.FrontDoor.Answer;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Esketamine under its REMS: what stands against the first session, two devices, and the form that follows. The last: it takes hours of the
 * clinic's day with it.
 */
@Order(Integer.MAX_VALUE)
class EsketamineTest {
    private static final ZoneId CLINIC_ZONE = ZoneId.of("America/New_York");
    private static final String NDC = "50458-0028-02";
    private static final int SESSIONS = 8;

    private final Screens screens = new Screens();
    private final RunningClinic clinic = RunningClinic.get();
    private final FrontDoor admin = clinic.as("admin");
    private final FrontDoor nurse = clinic.as("demo.nurse1");
    private final FrontDoor desk = clinic.as("demo.frontdesk");

    @AfterEach
    void close() {
        screens.close();
    }

    @Test
    void twoDevicesAreGivenWhenTheProgrammeAllowsItAndTheFormIsSent() {
        String lot = "SPR" + UUID.randomUUID().toString().substring(0, 4).toUpperCase();
        delivered(lot);
        String patient = esketaminePatient("Montagu");
        JsonNode session = bookedNext(patient);
        String id = session.path("id").asString();
        Instant starts = Instant.parse(session.path("startsAt").asString());
        if (now().isBefore(starts.minus(Duration.ofMinutes(10)))) {
            moveTo(starts.minus(Duration.ofMinutes(10)));
        }
        readyHouse();
        String address = "/sessions/" + id;

        Page front = screens.signedIn("demo.frontdesk");
        front.navigate(address);
        clearTheWay(front, address, patient);
        next(front, "Check in");
        send(front, "Check in");
        done(front, "check in");

        Page nora = screens.signIn(screens.window(1024, 768, ColorScheme.LIGHT), "demo.nurse1");
        nora.navigate(address);
        vitals(nora, 124, 78, 98, 72, 14, "00");
        gate(nora);
        next(nora, "Order dose");
        assertThat(nora.getByText("Fixed by the plan, whatever the weight")).isVisible();
        nora.getByLabel("Weight, measured today").fill("71.5");
        send(nora, "Order dose");
        done(nora, "order dose");
        next(nora, "Start dose");
        assertThat(nora.getByText("2 devices of 28 mg, 5 min from one to the next"))
                .isVisible();
        send(nora, "Start dose: 56 mg");
        done(nora, "start dose");
        devices(nora, lot);

        String over = recovered(id);
        nora.reload();
        // the discharge gate lets pass what is one point above the baseline; for the form it is not over
        vitals(nora, 126, 80, 98, 72, 14, "01");
        discharge(nora);
        form(nora, id, lot, over);
    }

    /** The verdict says what stands against the dose; each is cleared by the button beside it. */
    private void clearTheWay(Page front, String address, String patient) {
        Locator verdict = verdict(front);
        assertThat(verdict).containsText("Can’t be treated yet");
        assertThat(verdict).containsText("the patient is not enrolled in the REMS");
        assertThat(verdict).containsText("No escort named");
        if (!nurse.get("/api/rems/setting").path("certified").asBoolean()) {
            assertThat(verdict).containsText("the clinic is not certified");
            admin.put(
                    "/api/rems/setting",
                    Map.of(
                            "number",
                            "S-1001",
                            "certifiedFrom",
                            today().minusDays(30).toString()));
            assertThat(verdict).not().containsText("the clinic is not certified");
        }
        Screens.accessible(front);
        Screens.picture(front, "esketamine-blocked");
        button(verdict, "Name escort").click();
        front.getByLabel("Escort’s name").fill("Eva Montagu");
        front.getByLabel("Phone").fill("+1 212 555 0100");
        front.getByLabel("Relation").fill("sister");
        send(front, "Save escort");
        front.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("The escort has it"))
                .click();
        assertThat(verdict).not().containsText("No escort named");
        // nobody at the desk enrols a patient
        assertThat(button(verdict, "Open the record")).hasCount(0);

        Page ned = screens.signedIn("demo.nurse2");
        ned.navigate(address);
        verdict(ned)
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Open the record"))
                .click();
        assertThat(ned).hasURL(Pattern.compile("/patients/" + patient + "/record"));
        ned.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Enrol").setExact(true))
                .click();
        ned.getByLabel("Enrolment number").fill("P-77");
        ned.getByLabel("Enrolled on").fill(today().toString());
        ned.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Save").setExact(true))
                .click();
        assertThat(ned.getByText("Enrolled since")).isVisible();
        Screens.accessible(ned);
        // the desk's page hears of it
        assertThat(verdict).not().containsText("not enrolled");
        assertThat(verdict).containsText("Nothing against treatment so far");
    }

    private static void gate(Page nora) {
        next(nora, "Pre-dose gate");
        nora.getByLabel("Last solid food").fill("3");
        nora.getByLabel("Last clear liquid").fill("1");
        nora.getByLabel("Nasal steroid or decongestant").fill("0.5");
        assertThat(nora.getByText("Less than 1 h: the gate will hold the patient"))
                .isVisible();
        nora.getByLabel("Nasal steroid or decongestant").fill("12");
        assertThat(nora.getByText("the gate will hold the patient")).hasCount(0);
        choose(group(nora, "Drugs changed"), "No");
        choose(group(nora, "Pregnancy test"), "Not applicable");
        Screens.accessible(nora);
        Screens.picture(nora, "esketamine-gate");
        send(nora, "Ask the gate");
        done(nora, "pre-dose gate");
    }

    /** The second one five minutes after the first, and not before. */
    private void devices(Page nora, String lot) {
        next(nora, "Device used");
        nora.getByLabel("NDC").fill(NDC);
        nora.getByLabel("Lot").fill("GONE");
        send(nora, "Device 1 of 2 is used");
        assertThat(refusal(nora)).isVisible();
        nora.getByLabel("Lot").fill(lot);
        send(nora, "Device 1 of 2 is used");
        done(nora, "device used");

        nora.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("1 of 2 devices used"))
                .click();
        assertThat(nora.getByText(Pattern.compile("^Next device in"))).isVisible();
        assertThat(nora.getByLabel("Lot")).hasValue(lot);
        send(nora, "Device 2 of 2 is used");
        assertThat(refusal(nora)).isVisible();
        Screens.accessible(nora);
        Screens.picture(nora, "esketamine-second-device");
        moveTo(now().plus(Duration.ofMinutes(5)));
        nora.reload();
        next(nora, "Device used");
        send(nora, "Device 2 of 2 is used");
        done(nora, "device used");
        next(nora, "End dose");
        send(nora, "The dose has ended");
        done(nora, "end dose");
    }

    /**
     * Two hours of observation, told by HTTP; what the patient still feels of it is for the form to say.
     *
     * @return a time of day, by the clinic's clock
     */
    private String recovered(String id) {
        int[][] readings = {
            {15, 138, 4, 9}, {20, 142, 5, 6}, {20, 130, 5, 4}, {20, 126, 5, 3}, {25, 126, 5, 1}, {21, 126, 5, 1}
        };
        for (int[] reading : readings) {
            moveTo(now().plus(Duration.ofMinutes(reading[0])));
            Map<String, Object> told = new HashMap<>();
            told.put("takenAt", now().toString());
            told.put("systolic", reading[1]);
            told.put("diastolic", 80);
            told.put("spo2", 98);
            told.put("heartRate", 72);
            told.put("respiratoryRate", 14);
            told.put("moaas", reading[2]);
            told.put("cadss6", reading[3]);
            nurse.post("/api/sessions/" + id + "/vitals", told);
        }
        return DateTimeFormatter.ofPattern("HH:mm").format(now().atZone(CLINIC_ZONE));
    }

    private static void discharge(Page nora) {
        next(nora, "Start discharge");
        for (String part : List.of("Activity", "Breathing", "Circulation, from baseline", "Consciousness")) {
            choose(group(nora, part), Pattern.compile("^2"));
        }
        choose(
                nora.getByRole(
                        AriaRole.GROUP,
                        new Page.GetByRoleOptions().setName("SpO2").setExact(true)),
                Pattern.compile("^2"));
        Locator form = nora.locator("form").filter(new Locator.FilterOptions().setHasText("Aldrete"));
        choose(form.getByRole(AriaRole.GROUP, new Locator.GetByRoleOptions().setName("MOAA")), "5");
        for (String check : List.of("Dissociation is over", "Walks steadily", "Instructions given", "Escort is here")) {
            form.getByRole(AriaRole.CHECKBOX, new Locator.GetByRoleOptions().setName(check))
                    .check();
        }
        // a spray has no line
        assertThat(form.getByLabel("IV line is out")).hasCount(0);
        choose(form.getByRole(AriaRole.GROUP, new Locator.GetByRoleOptions().setName("C-SSRS")), "No");
        form.getByLabel("Escort’s ID seen by").fill("Nora Nurse");
        send(nora, "Discharge");
        done(nora, "discharge");
    }

    /** Filled in from the session, but for what only somebody can tell. */
    private void form(Page nora, String id, String lot, String over) {
        nora.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Today").setExact(true))
                .first()
                .click();
        nora.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("The clinic’s day"))
                .click();
        nora.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("REMS forms"))
                .click();
        assertThat(nora).hasURL(Pattern.compile("/today/rems$"));
        Locator row = nora.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Montagu"));
        assertThat(row).containsText("7 days left");
        Screens.accessible(nora);
        Screens.picture(nora, "rems-due");
        row.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Open form"))
                .click();
        Locator main = nora.getByRole(AriaRole.MAIN);
        assertThat(main).containsText("Montagu, Willa");
        assertThat(main).containsText("P-77");
        assertThat(main).containsText("56 mg; 28 mg, lot " + lot + "; 28 mg, lot " + lot);
        assertThat(main).containsText("124/78 mmHg");
        assertThat(main).containsText("142/80 mmHg");
        assertThat(main).containsText("126/80 mmHg");
        Locator sedation = nora.getByRole(
                AriaRole.COMBOBOX,
                new Page.GetByRoleOptions().setName("Sedation").setExact(true));
        assertThat(sedation).hasValue("yes");
        assertThat(nora.getByLabel("Sedation was over at")).not().hasValue("");
        assertThat(main).containsText("Still empty: dissociation, and when it was over.");
        Locator submit = nora.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Mark as sent"));
        assertThat(submit).isDisabled();
        Screens.accessible(nora);
        Screens.picture(nora, "rems-form");

        // what a cuff had read wrong is corrected, beside what the session has
        Locator before = nora.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions()
                        .setHasText("Blood pressure before")
                        .setHasNotText("leaving"));
        button(before, "Correct: Blood pressure before").click();
        nora.getByLabel("Blood pressure before: systolic").fill("70");
        assertThat(before).containsText("The systolic pressure is above the diastolic");
        assertThat(button(before, "Take")).isDisabled();
        nora.getByLabel("Blood pressure before: systolic").fill("128");
        Screens.accessible(nora);
        Screens.picture(nora, "rems-correct");
        button(before, "Take").click();
        assertThat(before).containsText("128/78 mmHg");
        nora.getByLabel("Dissociation was over at").fill(over);
        Locator drugs = nora.getByLabel("Other sedating drugs, one a line");
        drugs.click();
        nora.keyboard().type("diphenhydramine");
        nora.keyboard().press("Enter");
        nora.keyboard().type("melatonin");
        nora.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Save").setExact(true))
                .click();
        assertThat(main).containsText("Everything is filled in.");
        assertThat(before).containsText("The session has 124/78 mmHg");
        assertThat(before).containsText("corrected by demo.nurse1");
        assertThat(drugs).hasValue("diphenhydramine\nmelatonin");

        String href = nora.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("PDF without name"))
                .getAttribute("href");
        APIResponse pdf = nora.context().request().get(href);
        assertThat(pdf.status()).isEqualTo(200);
        assertThat(pdf.headers().get("content-type")).startsWith("application/pdf");
        assertThat(new String(pdf.body(), 0, 4, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("%PDF");

        submit.click();
        assertThat(main).containsText("Sent by demo.nurse1");
        assertThat(submit).hasCount(0);
        Screens.accessible(nora);
        nora.navigate("/today/rems");
        assertThat(nora.getByText("No form is due")).isVisible();
        nora.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show what was sent"))
                .click();
        assertThat(row).containsText("Sent by demo.nurse1");
        Screens.accessible(nora);
        JsonNode sent = nurse.get("/api/rems/forms/" + id);
        assertThat(sent.path("content").path("otherSedatingDrugs").valueStream().map(JsonNode::asString))
                .containsExactly("diphenhydramine", "melatonin");
    }

    /** Ten devices that have come, of a lot of their own. */
    private void delivered(String lot) {
        JsonNode ordered = nurse.post(
                "/api/drug-stock",
                Map.of(
                        "drug",
                        "esketamine",
                        "ndc",
                        NDC,
                        "container",
                        "device",
                        "mgPerUnit",
                        28,
                        "supply",
                        "buy-and-bill",
                        "units",
                        10));
        String shipment = "/api/drug-stock/" + ordered.path("id").asString();
        Answer received = nurse.tryPost(
                shipment + "/receipt",
                Map.of("lot", lot, "expiresOn", "2035-12-31", "units", 10),
                "\"" + ordered.path("version").asString() + "\"");
        assertThat(received.ok()).as("receipt: %s", received.body()).isTrue();
    }

    /** Cleared and consented, with a plan of 56 mg twice a week that the insurer pays without being asked. */
    private String esketaminePatient(String familyName) {
        String id = OwnPatient.clearedAndConsented(
                clinic, familyName, Map.of("payerCode", "NORTH", "plan", "Gold", "memberId", "N-" + familyName));
        String path = "/api/patients/" + id;
        String text = nurse.get("/api/consent-texts/esketamine/nasal/en")
                .path("version")
                .asString();
        nurse.change(
                "PUT",
                path,
                path + "/consents/nasal",
                Map.of("drug", "esketamine", "textVersion", text, "signature", "Willa " + familyName));
        clinic.as("demo.prescriber")
                .change(
                        "PUT",
                        path,
                        path + "/plan",
                        Map.of(
                                "diagnosisCode",
                                "F33.2",
                                "drug",
                                "esketamine",
                                "route",
                                "nasal",
                                "fixedDoseMg",
                                56,
                                "sessions",
                                SESSIONS,
                                "minGapDays",
                                2,
                                "courseMinDays",
                                21,
                                "courseMaxDays",
                                63));
        FrontDoor biller = clinic.as("demo.biller");
        JsonNode coverage = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> biller.get("/api/coverages?patientId=" + id)
                                .path("items")
                                .path(0),
                        found -> !found.isMissingNode());
        String of = "/api/coverages/" + coverage.path("id").asString();
        biller.change(
                "PUT",
                of,
                of + "/benefits",
                Map.of("active", true, "authorizationRequired", false, "checkedOn", today().toString()));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> desk.tryGet("/api/readiness/" + id)
                .body()
                .path("canBook")
                .asBoolean());
        return id;
    }

    /** The first session of a course at the next hour that is free, today if there is one. */
    private JsonNode bookedNext(String patient) {
        // a chair and a nurse of its own: it takes no place that another test counts on
        admin.post("/api/chairs", Map.of("name", "Spray room"));
        admin.post("/api/nurses", Map.of("username", "demo.spray", "name", "Sprig Spray", "maxChairs", 1));
        Instant soon = now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        Answer last = null;
        for (Instant at = soon; at.isBefore(soon.plus(Duration.ofDays(4))); at = at.plus(Duration.ofMinutes(30))) {
            int hour = at.atZone(CLINIC_ZONE).getHour();
            if (hour < 8 || hour > 15) {
                continue;
            }
            last = desk.tryPost(
                    "/api/courses/suggestions",
                    Map.of("patientId", patient, "fixed", List.of(Map.of("number", 1, "startsAt", at.toString()))),
                    null);
            if (last.ok()) {
                return OwnPatient.booked(desk, patient, last.body());
            }
        }
        throw new IllegalStateException("the clinic has no place: " + (last == null ? "" : last.body()));
    }

    private void readyHouse() {
        if (!nurse.get("/api/house-checks").path("ready").asBoolean()) {
            for (String item : List.of("crash-cart", "oxygen", "aed")) {
                nurse.post("/api/house-checks", Map.of("item", item, "ok", true));
            }
        }
    }

    private LocalDate today() {
        return now().atZone(CLINIC_ZONE).toLocalDate();
    }

    private Instant now() {
        return Instant.parse(admin.get("/api/clock").path("now").asString());
    }

    private void moveTo(Instant time) {
        admin.put("/api/clock", Map.of("now", time.toString()));
    }

    private static Locator verdict(Page page) {
        return page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName("Can this patient be treated today?"));
    }

    private static Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void next(Page page, String action) {
        button(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Next step")), action)
                .click();
    }

    private static void send(Page page, String name) {
        button(page.locator("form"), name).click();
    }

    private static void done(Page page, String what) {
        assertThat(page.getByText("Done: " + what)).isVisible();
    }

    private static Locator refusal(Page page) {
        return page.getByText(Pattern.compile("^(Not accepted|Not possible as things are now)$"));
    }

    private static Locator group(Page page, String name) {
        return page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName(name));
    }
}
