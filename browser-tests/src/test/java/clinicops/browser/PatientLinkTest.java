package clinicops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.cli.FrontDoor;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A patient at home with a phone, a link from the mail, and nobody to ask. */
class PatientLinkTest {
    private static final Pattern LINK = Pattern.compile("http://localhost:\\d+(/p#[A-Za-z0-9_-]{43})(?=\\s|$)");
    private static final AtomicInteger PATIENTS = new AtomicInteger();

    private final RunningClinic clinic = RunningClinic.get();
    private final Screens screens = new Screens();

    @BeforeEach
    void somebodyIsOnCall() {
        FrontDoor admin = clinic.as("admin");
        FrontDoor.Answer roster = admin.tryGet("/api/on-call");
        if (!roster.body().path("standing").isObject()) {
            admin.tryAct(
                    "PUT",
                    "/api/on-call",
                    "/api/on-call",
                    Map.of("standing", Map.of("person", "Dr. Okafor", "phone", "+12125550199"), "shifts", List.of()),
                    null);
        }
    }

    @AfterEach
    void close() {
        screens.close();
    }

    /** Somebody whom a practice referred, who reads Spanish and may be written to. */
    private record Patient(String id, String email) {}

    private Patient referred() {
        int number = PATIENTS.incrementAndGet();
        String email = "rosa" + number + "@example.org";
        JsonNode report = clinic.as("demo.frontdesk")
                .postCsv(
                        "/api/referrals/import",
                        "system,id,given_name,family_name,birth_date,sex,email,phone,zone,language,email_ok,sms_ok,"
                                + "indication,urgency,referred_on,payer_code,plan,member_id\n"
                                + "link-test,L-" + number + ",Rosa,Quintero" + "abcdefgh".charAt(number)
                                + ",198" + number + "-03-1" + number + ",female," + email
                                + ",(212) 555-017" + number
                                + ",America/New_York,es,yes,yes,depression,routine,2026-01-05,,,\n");
        return new Patient(report.path("patients").path(0).path("patientId").asString(), email);
    }

    /** The link of the newest mail, as the patient taps it. */
    private String mailed(Patient patient, Map<String, Object> what) {
        clinic.as("demo.frontdesk").post("/api/patients/" + patient.id() + "/links", what);
        FrontDoor admin = clinic.as("admin");
        List<String> links = new ArrayList<>();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            links.clear();
            for (JsonNode mail : admin.all("/api/inbox?to=" + patient.email() + "&")) {
                var found = LINK.matcher(mail.path("body").asString());
                if (found.find()) {
                    links.add(found.group(1));
                }
            }
            return !links.isEmpty();
        });
        return links.getLast();
    }

    private Page phone(int width, int height, ColorScheme scheme) {
        return screens.window(width, height, scheme);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void title(Page page, String text) {
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText(text);
    }

    private static void choose(Page page, String text) {
        page.getByLabel(text, new Page.GetByLabelOptions().setExact(true)).check();
    }

    private static void next(Page page) {
        button(page, "Siguiente").click();
    }

    /** Nothing sticks out to the right. */
    private static void fits(Page page) {
        assertThat((Boolean) page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"))
                .as("fits the width of the phone")
                .isTrue();
    }

    @Test
    void fillsThePaperworkInSpanishLeavesAndGoesOn() {
        Patient rosa = referred();
        String link = mailed(rosa, Map.of("purpose", "paperwork"));
        Page page = phone(390, 844, ColorScheme.LIGHT);
        page.navigate(link);

        title(page, "Hola, Rosa");
        assertThat(page).hasURL(Pattern.compile("/p$"));
        assertThat(page.getByRole(AriaRole.CONTENTINFO)).containsText("988");
        assertThat(page.getByRole(AriaRole.BANNER)).containsText("555-0100");
        Screens.accessible(page);
        Screens.picture(page, "patient-welcome");
        button(page, "Empezar").click();

        title(page, "¿Cómo se llama?");
        assertThat(page.getByLabel("Nombre", new Page.GetByLabelOptions().setExact(true)))
                .hasValue("Rosa");
        Screens.accessible(page);
        Screens.picture(page, "patient-name");
        next(page);
        title(page, "¿Cómo quiere que le llamemos?");
        page.getByLabel("Pronombres").fill("ella");
        next(page);
        title(page, "¿Cuándo nació?");
        next(page);
        title(page, "¿Cuál es su sexo?");
        next(page);
        title(page, "¿Qué idiomas habla?");
        choose(page, "Español");
        Screens.accessible(page);
        next(page);
        title(page, "¿Cómo podemos contactarle?");
        page.getByLabel("Teléfono").fill("12");
        next(page);
        assertThat(page.getByText("Esto no es un número al que podamos llamar."))
                .isVisible();
        Screens.accessible(page);
        page.getByLabel("Teléfono").fill("212 555 0171");
        next(page);
        title(page, "¿Dónde vive?");

        // the phone goes into the pocket; later the same link, even on another phone
        button(page, "Dejarlo por ahora").click();
        title(page, "Sus respuestas están guardadas");
        page = phone(320, 640, ColorScheme.DARK);
        page.navigate(link);
        title(page, "Hola, Rosa");
        button(page, "Seguir donde lo dejé").click();
        title(page, "¿Cómo podemos contactarle?");
        next(page);
        title(page, "¿Dónde vive?");
        page.getByLabel("Calle y número").fill("12 Elm Street");
        page.getByLabel("Ciudad").fill("New York");
        page.getByLabel("Estado").fill("ny");
        page.getByLabel("Código postal").fill("10001");
        fits(page);
        Screens.accessible(page);
        Screens.picture(page, "patient-address-dark-320");
        next(page);
        title(page, "¿Cómo podemos escribirle o llamarle?");
        next(page);
        title(page, "¿A quién llamamos si le pasa algo?");
        page.getByLabel("Nombre", new Page.GetByLabelOptions().setExact(true)).fill("Luis Quintero");
        page.getByLabel("Teléfono").fill("212 555 0188");
        next(page);
        title(page, "¿Va a un terapeuta o psicólogo?");
        next(page);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Por favor elija una respuesta.");
        choose(page, "No");
        next(page);
        title(page, "¿Tiene o ha tenido alguna de estas cosas?");
        fits(page);
        Screens.picture(page, "patient-history-dark-320");
        next(page);
        next(page);
        Screens.accessible(page);
        choose(page, "Apnea del sueño (pausas al respirar mientras duerme)");
        next(page);
        title(page, "¿Otra enfermedad que debamos conocer?");
        next(page);
        title(page, "¿Podría estar embarazada?");
        choose(page, "No");
        next(page);
        title(page, "¿Toma ahora alguna medicina?");
        choose(page, "Sí");
        next(page);
        title(page, "¿Qué medicina?");
        page.getByLabel("Nombre de la medicina").fill("sertralina");
        page.getByLabel("Cuánto y cuándo").fill("50 mg por la mañana");
        button(page, "Poner en la lista").click();
        title(page, "Sus medicinas");
        assertThat(page.getByRole(AriaRole.LISTITEM)).containsText("sertralina");
        Screens.accessible(page);
        fits(page);
        Screens.picture(page, "patient-medicines-dark-320");
        next(page);
        title(page, "¿Es alérgico a algo?");
        choose(page, "No");
        next(page);
        title(page, "¿Ha tenido ya tratamiento para esto?");
        choose(page, "No");
        next(page);
        title(page, "¿Tiene seguro médico?");
        choose(page, "Sí");
        next(page);
        title(page, "¿Qué dice su tarjeta del seguro?");
        page.getByLabel("Compañía de seguros").fill("Acme Health");
        page.getByLabel("Número de miembro").fill("M-7731");
        fits(page);
        next(page);
        title(page, "¿Está todo?");
        Screens.accessible(page);
        Screens.picture(page, "patient-review-dark-320");
        button(page, "Enviar mis formularios").click();
        title(page, "Gracias");

        JsonNode registration = clinic.as("demo.nurse1").get("/api/patients/" + rosa.id() + "/registration");
        assertThat(registration.path("drugs").path("drugs").path(0).path("name").asString())
                .isEqualTo("sertralina");
        assertThat(registration.path("history").path("conditions").toString()).contains("sleep-apnoea");
        assertThat(registration.path("coverage").path(0).path("memberIdEnding").asString())
                .isEqualTo("7731");
        assertThat(registration.path("contact").path("address").path("state").asString())
                .isEqualTo("NY");
        assertThat(screens.consoleErrors).noneMatch(error -> error.contains("Content Security Policy"));
    }

    @Test
    void item9ShowsTheCrisisLinesAtOnceAndAsksTheScreenerThereAndThen() {
        Patient rosa = referred();
        String link = mailed(rosa, Map.of("purpose", "assessment", "instrument", "phq-9"));
        Page page = phone(390, 844, ColorScheme.LIGHT);
        page.navigate(link);
        title(page, "Hola, Rosa");
        Screens.accessible(page);
        Screens.picture(page, "patient-questions-welcome");
        button(page, "Empezar").click();
        title(page, "Poco interés o placer en hacer cosas");
        button(page, "Siguiente").click();
        assertThat(page.getByText("Por favor elija una respuesta.")).isVisible();
        for (int item = 1; item <= 8; item++) {
            choose(page, item % 2 == 0 ? "Varios días" : "Ningún día");
            assertThat(page.getByText("Guardado")).isVisible();
            if (item == 4) {
                Screens.accessible(page);
                Screens.picture(page, "patient-phq-9");
                // a reload, as phones do to tabs in the background, loses nothing
                page.reload();
                button(page, "Seguir donde lo dejé").click();
                continue;
            }
            next(page);
        }
        title(page, "Pensamientos de que estaría mejor muerto(a) o de lastimarse de alguna manera");
        choose(page, "Varios días");
        Locator crisis = page.getByRole(AriaRole.ALERT);
        assertThat(crisis).containsText("988");
        assertThat(crisis.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Llamar al 911")))
                .hasAttribute("href", "tel:911");
        assertThat(crisis.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Llamar al 988")))
                .hasAttribute("href", "tel:988");
        Screens.accessible(page);
        Screens.picture(page, "patient-crisis");
        button(page, "Enviar mis respuestas").click();

        assertThat(page.getByText("Quisiéramos hacerle ahora algunas preguntas más"))
                .isVisible();
        Screens.accessible(page);
        Screens.picture(page, "patient-crisis-more");
        next(page);
        title(page, "Deseo de estar muerto(a)");
        page.setViewportSize(320, 640);
        fits(page);
        Screens.picture(page, "patient-screener-320");
        for (int item = 1; item <= 4; item++) {
            choose(page, "Sí");
            assertThat(page.getByText("Guardado")).isVisible();
            next(page);
        }
        choose(page, "No");
        assertThat(page.getByText("Guardado")).isVisible();
        next(page);
        title(page, "Conducta suicida");
        choose(page, "No");
        button(page, "Enviar mis respuestas").click();
        title(page, "Gracias");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("988");

        JsonNode alerts = clinic.as("demo.nurse1").get("/api/safety-alerts?patientId=" + rosa.id());
        assertThat(alerts.path("items").path(0).path("raisedThrough").asString())
                .isEqualTo("link");
        button(page, "English").click();
        title(page, "Thank you");
    }

    @Test
    void aLinkThatDoesNotWorkSaysWhomToCall() {
        Page page = phone(320, 640, ColorScheme.LIGHT);
        page.navigate("/p");
        title(page, "Please open the link in your message");
        Screens.accessible(page);
        fits(page);
        page.navigate("/p#" + "A".repeat(43));
        title(page, "This link does not work any more");
        assertThat(page.getByRole(AriaRole.BANNER).getByRole(AriaRole.LINK)).hasAttribute("href", "tel:5550100");
        Screens.accessible(page);
        Screens.picture(page, "patient-link-refused-320");
        button(page, "Español").click();
        title(page, "Este enlace ya no funciona");
    }
}
