package clinicops.cli.demo;

import clinicops.cli.CommandFailed;
import clinicops.cli.FrontDoor;
import clinicops.cli.FrontDoor.Answer;
import clinicops.cli.SignIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A waiting list lived through, from the county's CSV to zero balances: weeks of clinic in minutes, by the clinic's own
 * movable clock and through nothing but its public API.
 */
public final class Demo {
    private static final List<String> WEEKDAYS =
            List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY");

    private final SignIn signIn;
    private final FrontDoor admin;
    private final DemoClock clock;
    private final Tally tally = new Tally();
    private final DemoOptions options;
    private boolean stopped;
    private @Nullable Staff hired;
    private @Nullable Insurers registered;

    private Demo(SignIn signIn, DemoOptions options) {
        this.signIn = signIn;
        this.options = options;
        this.admin = signIn.open();
        this.clock = new DemoClock(admin);
    }

    /** @return 0 when every patient reached an end state and nothing is there twice or missing, or the wanted busy moment came; 1 otherwise */
    public static int run(SignIn signIn, DemoOptions options) {
        long began = System.nanoTime();
        Demo demo = new Demo(signIn, options);
        List<Journey> journeys = demo.play();
        if (demo.stopped) {
            return 0;
        }
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        return demo.report(journeys, seconds, options.json());
    }

    private List<Journey> play() {
        say("turning the empty clinic into a demo clinic");
        openDemoClinic();
        Staff staff = Staff.hire(admin, signIn);
        hired = staff;
        if (options.accounts() != null) {
            staff.leaveAccounts(options.accounts());
        }
        furnish(staff);
        Insurers insurers = Insurers.registered(admin, signIn.urls());
        registered = insurers;
        WaitingList list = WaitingList.load();
        List<Journey> journeys = importReferrals(staff, insurers, list);

        say("screening " + journeys.size() + " patients");
        for (Journey journey : journeys) {
            journey.screen();
            switch (journey.status()) {
                case "excluded" -> tally.excluded++;
                case "awaiting-safety-review" -> tally.highRisk++;
                case "needs-review" -> tally.needsReview++;
                default -> {}
            }
        }
        var scripts = new PriorityQueue<SessionScript.Step>(Comparator.comparing(SessionScript.Step::at));
        for (Journey journey : journeys) {
            switch (journey.status()) {
                case "excluded" -> {}
                case "awaiting-safety-review" -> journey.acknowledgeAlert();
                default -> treat(staff, insurers, journey, scripts);
            }
        }
        say("living through " + scripts.size() + " steps of " + tally.courses + " courses");
        liveThrough(staff, scripts);
        clock.settle();
        if (stopped) {
            return journeys;
        }
        say("collecting what patients owe");
        journeys.forEach(j -> collect(staff, j));
        clock.settle();
        return journeys;
    }

    private void openDemoClinic() {
        Answer answer = admin.tryPost("/api/demo-clinic", Map.of(), null);
        boolean already =
                answer.status() == 409 && admin.get("/api/clock").path("demo").asBoolean();
        boolean patients = !admin.get("/api/journeys?limit=1").path("items").isEmpty();
        if (patients || !(answer.ok() || already)) {
            throw new CommandFailed("the demo wants an empty clinic, and this one has patients or refused ("
                    + answer.status() + "). Start one: ./clinic up --fresh --data DIR");
        }
    }

    /** A shipment that has come: nothing can be drawn of what the drug log does not know. */
    private static void stock(FrontDoor nurse, String drug, int mgPerVial, int vials, String ndc, String lot) {
        JsonNode ordered = nurse.post(
                "/api/drug-stock",
                Map.of(
                        "drug",
                        drug,
                        "ndc",
                        ndc,
                        "container",
                        "vial",
                        "mgPerUnit",
                        mgPerVial,
                        "supply",
                        "buy-and-bill",
                        "units",
                        vials));
        Answer received = nurse.tryPost(
                "/api/drug-stock/" + ordered.path("id").asString() + "/receipt",
                Map.of("lot", lot, "expiresOn", "2035-12-31", "units", vials),
                "\"" + ordered.path("version").asString() + "\"");
        if (!received.ok()) {
            throw new CommandFailed("the shipment of " + drug + " was refused: " + received.body());
        }
    }

    /** Chairs, pumps, nurses, hours, stock and payers, as an administrator makes them. */
    private void furnish(Staff staff) {
        for (String chair : List.of("Chair 1", "Chair 2", "Chair 3", "Chair 4")) {
            admin.post("/api/chairs", Map.of("name", chair));
        }
        for (String pump : List.of("Pump 1", "Pump 2", "Pump 3", "Pump 4")) {
            admin.post("/api/resources/pumps", Map.of("name", pump));
        }
        for (FrontDoor nurse : List.of(staff.nurse(), staff.secondNurse())) {
            admin.post("/api/nurses", Map.of("username", nurse.username(), "name", nameOf(nurse), "maxChairs", 2));
        }
        admin.post(
                "/api/prescribers",
                Map.of("username", staff.prescriber().username(), "name", nameOf(staff.prescriber())));
        List<Map<String, String>> hours = WEEKDAYS.stream()
                .map(day -> Map.of("day", day, "opens", "08:00", "closes", "18:00"))
                .toList();
        Answer current = admin.tryGet("/api/opening-hours");
        Answer answer = admin.tryPut("/api/opening-hours", Map.of("hours", hours), current.etag());
        if (!answer.ok()) {
            throw new CommandFailed("opening hours were refused: " + answer.body());
        }
        stock(staff.nurse(), "ketamine", 200, 200, "42023-0113-10", "KET26A");
        stock(staff.nurse(), "midazolam", 5, 20, "00409-2305-17", "MID26A");
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
        admin.post(
                "/api/payers",
                Map.of(
                        "code",
                        "NORTH",
                        "name",
                        "Northern Mutual",
                        "payerClass",
                        "commercial",
                        "authorizationRequired",
                        false));
    }

    /** As colleagues call them, not as they sign in. */
    private static String nameOf(FrontDoor person) {
        return person.get("/api/me").path("name").asString();
    }

    private List<Journey> importReferrals(Staff staff, Insurers insurers, WaitingList list) {
        JsonNode loaded = staff.frontDesk().postCsv("/api/referrals/import", list.csv());
        tally.referrals = loaded.path("loaded").asInt();
        say(tally.referrals + " referrals loaded, " + loaded.path("rejected").size() + " rows refused:");
        for (JsonNode row : loaded.path("rejected")) {
            JsonNode first = row.path("errors").path(0);
            say("  line " + row.path("line").asInt() + ": "
                    + first.path("field").asString() + " "
                    + first.path("message").asString());
        }
        JsonNode again = staff.frontDesk().postCsv("/api/referrals/import", list.csv());
        if (again.path("loaded").asInt() != 0) {
            throw new CommandFailed(
                    "importing the same list again loaded " + again.path("loaded") + " referrals twice");
        }
        Map<Integer, String> idByLine = new HashMap<>();
        loaded.path("patients")
                .forEach(p ->
                        idByLine.put(p.path("line").asInt(), p.path("patientId").asString()));
        List<Journey> journeys = new ArrayList<>();
        int most = options.patients() == null ? Integer.MAX_VALUE : options.patients();
        for (WaitingList.Person person : list.people().stream().limit(most).toList()) {
            String patientId = idByLine.get(person.line());
            if (patientId == null) {
                throw new CommandFailed(person.referral() + " (line " + person.line() + ") was not loaded");
            }
            journeys.add(new Journey(staff, insurers, tally, clock, person, patientId));
        }
        return journeys;
    }

    private void treat(Staff staff, Insurers insurers, Journey journey, PriorityQueue<SessionScript.Step> scripts) {
        journey.decideClearances();
        if (!journey.status().equals("cleared")) {
            return;
        }
        tally.cleared++;
        journey.consentAndPlan();
        journey.arrangeMoney();
        for (JsonNode session : journey.book()) {
            scripts.addAll(new SessionScript(staff, insurers, journey, tally, session).steps());
        }
        tally.courses++;
        say(journey.person().referral() + " booked");
    }

    private void liveThrough(Staff staff, PriorityQueue<SessionScript.Step> scripts) {
        int total = scripts.size();
        int done = 0;
        while (!scripts.isEmpty()) {
            SessionScript.Step step = scripts.poll();
            clock.moveTo(step.at());
            step.act().run();
            done++;
            if (options.busy() != null && done % 4 == 0 && isBusy(staff, step.at(), options.busy())) {
                say("stopped at " + step.at() + ", in the middle of a busy day"
                        + (options.accounts() == null
                                ? ""
                                : ": sign in with one of the accounts in " + options.accounts()));
                stopped = true;
                return;
            }
            if (done % Math.max(1, total / 20) == 0) {
                say(String.format("%3d %%  %s", 100 * done / total, step.at()));
            }
        }
    }

    private boolean isBusy(Staff staff, Instant at, int treated) {
        LocalDate day = at.atZone(Journey.CLINIC_ZONE).toLocalDate();
        Map<String, Integer> states = new HashMap<>();
        staff.frontDesk()
                .get("/api/sessions?limit=200&day=" + day)
                .path("items")
                .forEach(session -> states.merge(session.path("state").asString(), 1, Integer::sum));
        int now = List.of("dosing", "stopped", "recovering").stream()
                .mapToInt(state -> states.getOrDefault(state, 0))
                .sum();
        return now >= treated && states.getOrDefault("booked", 0) > 0;
    }

    private void collect(Staff staff, Journey journey) {
        if (!journey.status().equals("cleared")) {
            return;
        }
        String path = "/api/balances/" + journey.patientId();
        JsonNode balance = Awaiting.until("the balance of " + journey.person().referral(), () -> {
            Answer answer = staff.biller().tryGet(path);
            return answer.ok() && answer.body().path("openClaims").asInt() == 0
                    ? Optional.of(answer.body().path("balance"))
                    : Optional.empty();
        });
        long cents = balance.path("cents").asLong();
        if (cents > 0) {
            staff.frontDesk()
                    .create(
                            "/api/payments",
                            Map.of("patientId", journey.patientId(), "amount", Journey.usd(cents), "method", "card"),
                            "demo-payment-" + journey.patientId());
        }
    }

    private int report(List<Journey> journeys, long seconds, @Nullable String jsonFile) {
        List<Map<String, String>> unfinished = new ArrayList<>();
        System.out.printf(
                "%n%-6s %-14s %-24s %-14s %-24s %-22s %s%n",
                "", "patient", "intake", "scheduling", "billing", "notices", "end state");
        for (Journey journey : journeys) {
            JsonNode state = Awaiting.until("the journey of " + journey.person().referral(), () -> {
                Answer answer = admin.tryGet("/api/journeys/" + journey.patientId());
                return answer.ok() ? Optional.of(answer.body()) : Optional.empty();
            });
            String end = state.path("endState").asString("unfinished");
            if (end.equals("unfinished")) {
                unfinished.add(Map.of("referral", journey.person().referral(), "patientId", journey.patientId()));
            }
            JsonNode billing = state.path("billing");
            System.out.printf(
                    "%-6s %-14s %-24s %-14s %-24s %-22s %s%n",
                    journey.person().referral(),
                    journey.person().name(),
                    state.path("intake").path("status").asString("-"),
                    state.path("scheduling").path("sessionsDone").asInt(0) + " sessions",
                    "USD %.2f, %d open"
                            .formatted(
                                    billing.path("balance").path("cents").asLong(0) / 100.0,
                                    billing.path("openClaims").asInt(0)),
                    state.path("notices").path("delivered").asInt(0) + " delivered",
                    end);
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("referrals", tally.referrals);
        result.put("cleared", tally.cleared);
        result.put("needsReview", tally.needsReview);
        result.put("excluded", tally.excluded);
        result.put("highRisk", tally.highRisk);
        result.put("courses", tally.courses);
        result.put("sessionsCompleted", tally.sessionsCompleted);
        result.put("claims", tally.claims);
        result.put("claimsPaid", tally.claimsPaid);
        result.put("claimsDenied", tally.claimsDenied);
        result.put("claimsAnsweredByFhir", tally.claimsAnsweredByFhir);
        result.put("authorizationsAnsweredByFhir", tally.authorizationsAnsweredByFhir);
        result.put("noticesDelivered", noticesDelivered());
        result.put("unfinished", unfinished);
        List<String> wrong = new ArrayList<>(Inspection.of(Objects.requireNonNull(hired), tally, journeys));
        wrong.addAll(Objects.requireNonNull(registered).wrong());
        result.put("wrong", wrong);
        result.put("seconds", seconds);
        String json = FrontDoor.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(result);
        System.out.println("\n" + json);
        if (jsonFile != null) {
            try {
                Files.writeString(Path.of(jsonFile), json + "\n");
            } catch (IOException e) {
                throw new CommandFailed("cannot write " + jsonFile + ": " + e.getMessage());
            }
        }
        return unfinished.isEmpty() && wrong.isEmpty() ? 0 : 1;
    }

    private int noticesDelivered() {
        return admin.all("/api/notices?status=delivered&").size();
    }

    private static void say(String text) {
        System.out.println(text);
    }
}
