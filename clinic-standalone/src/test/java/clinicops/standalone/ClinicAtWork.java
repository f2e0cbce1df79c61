package clinicops.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.cli.FrontDoor;
import clinicops.cli.FrontDoor.Answer;
import clinicops.cli.SignIn;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** A demo clinic with one account per role, as the journey test's people use it: through the front door only. */
final class ClinicAtWork implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ClinicFolder folder;
    private final StandaloneClinic clinic;
    private final SignIn firstSignIn;
    final FrontDoor admin;
    final FrontDoor frontDesk;
    final FrontDoor nurse;
    final FrontDoor secondNurse;
    final FrontDoor prescriber;
    final FrontDoor therapist;
    final FrontDoor biller;

    private ClinicAtWork(ClinicFolder folder, StandaloneClinic clinic) {
        this.folder = folder;
        this.clinic = clinic;
        this.firstSignIn = SignIn.read(folder.file("first-sign-in.json"), null);
        this.admin = firstSignIn.open();
        admin.post("/api/demo-clinic", Map.of());
        frontDesk = hire("fran", "front-desk");
        nurse = hire("nora", "nurse");
        secondNurse = hire("ned", "nurse");
        prescriber = hire("petra", "prescriber");
        therapist = hire("theo", "therapist");
        biller = hire("bea", "biller");
        furnish();
    }

    static ClinicAtWork open(Path path) {
        ClinicFolder folder = ClinicFolder.open(path, false);
        var options = new StandaloneOptions(path, FreePorts.five(), false, null, false);
        return new ClinicAtWork(folder, StandaloneClinic.start(options, folder, _ -> {}));
    }

    private FrontDoor hire(String username, String role) {
        String password = "long enough for " + username + " 7!";
        admin.post(
                "/api/staff",
                Map.of("username", username, "name", username, "password", password, "roles", List.of(role)));
        return FrontDoor.signIn(firstSignIn.url(), username, password);
    }

    /** Crash cart, oxygen and AED are ready today. */
    void checkHouse() {
        for (String item : List.of("crash-cart", "oxygen", "aed")) {
            nurse.post("/api/house-checks", Map.of("item", item, "ok", true));
        }
    }

    private void furnish() {
        admin.post("/api/chairs", Map.of("name", "Chair 1"));
        for (FrontDoor each : List.of(nurse, secondNurse)) {
            admin.post("/api/nurses", Map.of("username", each.username(), "name", each.username(), "maxChairs", 2));
        }
        admin.post("/api/prescribers", Map.of("username", "petra", "name", "petra"));
        var hours = List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY").stream()
                .map(day -> Map.of("day", day, "opens", "08:00", "closes", "18:00"))
                .toList();
        Answer answer = admin.tryPut(
                "/api/opening-hours",
                Map.of("hours", hours),
                admin.tryGet("/api/opening-hours").etag());
        assertThat(answer.ok()).as("%s", answer).isTrue();
        var vials = nurse.post(
                "/api/drug-stock",
                Map.of(
                        "drug",
                        "ketamine",
                        "ndc",
                        "42023-0113-10",
                        "container",
                        "vial",
                        "mgPerUnit",
                        200,
                        "supply",
                        "buy-and-bill",
                        "units",
                        50));
        Answer received = nurse.tryPost(
                "/api/drug-stock/" + vials.path("id").asString() + "/receipt",
                Map.of("lot", "KET26A", "expiresOn", "2035-12-31", "units", 50),
                "\"" + vials.path("version").asString() + "\"");
        assertThat(received.ok()).as("%s", received).isTrue();
        admin.post(
                "/api/payers",
                Map.of(
                        "code",
                        "ACME",
                        "name",
                        "Acme Health",
                        "payerClass",
                        "commercial",
                        "authorizationRequired",
                        true));
    }

    URI url() {
        return firstSignIn.url();
    }

    Instant now() {
        return Instant.parse(admin.get("/api/clock").path("now").asString());
    }

    /** Lives through the time until then, stopping at all that falls due. */
    void clockStrikes(Instant target) {
        while (true) {
            JsonNode state = settled();
            String due = state.path("nextDueAt").asString("");
            Instant next = due.isEmpty() || !Instant.parse(due).isBefore(target) ? target : Instant.parse(due);
            if (next.isAfter(Instant.parse(state.path("now").asString()))) {
                admin.put("/api/clock", Map.of("now", next.toString()));
            }
            if (!next.isBefore(target)) {
                return;
            }
        }
    }

    JsonNode settled() {
        return eventually(() -> admin.get("/api/clock"), s -> s.path("settled").asBoolean());
    }

    /** Other services hear a moment later. */
    static <T> T eventually(Supplier<T> look, Predicate<T> asWished) {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(25)).until(look::get, asWished::test);
    }

    /** A refusal names its rule, is a 4xx, and nothing else. */
    static void refused(Answer answer, String rule) {
        assertThat(answer.status()).as("%s", answer).isBetween(400, 499);
        assertThat(answer.rule()).as("%s", answer).isEqualTo(rule);
    }

    @Override
    public void close() {
        clinic.close();
        folder.close();
    }
}
