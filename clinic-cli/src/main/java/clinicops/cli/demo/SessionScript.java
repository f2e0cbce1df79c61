package clinicops.cli.demo;

import clinicops.cli.CommandFailed;
import clinicops.cli.FrontDoor;
import clinicops.cli.FrontDoor.Answer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One session from check-in to the paid claim, as a list of things done at their times. */
final class SessionScript {

    /** One thing that somebody does at a time. */
    record Step(Instant at, Runnable act) {}

    private static final int INFUSION_MINUTES = 40;
    private static final BigDecimal MG_PER_KG = new BigDecimal("0.5");
    private static final BigDecimal VIAL_MG_PER_ML = BigDecimal.TEN;
    private static final String NDC = "42023-0113-10";

    private final Staff staff;
    private final Insurers insurers;
    private final Journey journey;
    private final Tally tally;
    private final String id;
    private final int number;
    private final Instant starts;
    private final List<Step> steps = new ArrayList<>();
    private @Nullable String version;

    SessionScript(Staff staff, Insurers insurers, Journey journey, Tally tally, JsonNode session) {
        this.staff = staff;
        this.insurers = insurers;
        this.journey = journey;
        this.tally = tally;
        this.id = session.path("id").asString();
        this.number = session.path("number").asInt();
        this.starts = Instant.parse(session.path("startsAt").asString());
    }

    List<Step> steps() {
        WaitingList.Person person = journey.person();
        at(-11, this::checkHouse);
        at(-10, () -> act(staff.frontDesk(), "check-in", Map.of()));
        if (person.held(number)) {
            at(0, () -> vitals(starts, 164, 102));
            at(2, () -> expect("held", gate()));
        }
        int first = person.held(number) ? 12 : 0;
        at(first, () -> vitals(at(first), 128, 80));
        at(first + 4, () -> expect("ready-to-dose", gate()));
        at(first + 8, () -> act(staff.prescriber(), "order", Map.of("doseMgPerKg", MG_PER_KG, "weightKg", weight())));
        at(first + 12, this::drawAndSetPump);
        at(first + 14, this::secondPersonChecks);
        at(first + 15, () -> act(staff.nurse(), "start", Map.of()));
        int began = first + 15;
        vitalsAt(began + 15);
        int ended = began + INFUSION_MINUTES;
        if (person.stopped(number)) {
            ended = began + 22;
            at(ended, () -> act(staff.nurse(), "stop", Map.of("reason", "adverse-event")));
            at(
                    ended + 1,
                    () -> act(staff.nurse(), "adverse-event", Map.of("effect", "nausea", "severity", "moderate")));
            at(ended + 2, () -> act(staff.nurse(), "rescue", Map.of("drug", "ondansetron", "amountMg", 4)));
            at(ended + 30, this::effectsEnd);
        } else {
            vitalsAt(began + 30);
            at(ended, () -> act(staff.nurse(), "finish", Map.of()));
        }
        for (int minutes = 10; minutes <= 60; minutes += 15) {
            vitalsAt(ended + minutes);
        }
        vitalsAt(ended + 61);
        at(ended + 62, () -> act(staff.nurse(), "discharge", discharge()));
        at(ended + 64, () -> act(staff.prescriber(), "sign-note", Map.of()));
        at(ended + 70, this::settleMoney);
        return steps;
    }

    /** Whoever has the first session of the day looks after crash cart, oxygen and AED. */
    private void checkHouse() {
        if (!staff.nurse().get("/api/house-checks").path("ready").asBoolean()) {
            for (String item : List.of("crash-cart", "oxygen", "aed")) {
                staff.nurse().post("/api/house-checks", Map.of("item", item, "ok", true));
            }
        }
    }

    private Instant at(int minutes) {
        return starts.plus(Duration.ofMinutes(minutes));
    }

    private void at(int minutes, Runnable act) {
        steps.add(new Step(at(minutes), act));
    }

    private void vitalsAt(int minutes) {
        at(minutes, () -> vitals(at(minutes), 132, 82));
    }

    private void vitals(Instant takenAt, int systolic, int diastolic) {
        Map<String, Object> reading = new HashMap<>();
        reading.put("takenAt", takenAt.toString());
        reading.put("systolic", systolic);
        reading.put("diastolic", diastolic);
        reading.put("spo2", 98);
        reading.put("heartRate", 74);
        reading.put("respiratoryRate", 14);
        reading.put("moaas", 5);
        reading.put("cadss6", 2);
        staff.nurse().postUnless(() -> isTaken(takenAt), path() + "/vitals", reading);
    }

    private boolean isTaken(Instant takenAt) {
        return staff.nurse()
                .get(path())
                .path("vitals")
                .valueStream()
                .anyMatch(reading ->
                        takenAt.equals(Instant.parse(reading.path("takenAt").asString())));
    }

    private JsonNode gate() {
        Map<String, Object> answers = new HashMap<>();
        answers.put("fastingSolidsHours", 8);
        answers.put("fastingLiquidsHours", 3);
        String pregnancy = journey.person()
                .script()
                .path("screening")
                .path("history")
                .path("pregnancy")
                .asString();
        answers.put("pregnancyTest", pregnancy.equals("not-applicable") ? "not-applicable" : "negative");
        answers.put("drugsChanged", false);
        return act(staff.nurse(), "gate", answers);
    }

    private static void expect(String state, JsonNode session) {
        if (!session.path("state").asString().equals(state)) {
            throw new CommandFailed("expected a session that is " + state + ": " + session);
        }
    }

    private BigDecimal weight() {
        return journey.person()
                .script()
                .path("screening")
                .path("history")
                .path("weightKg")
                .decimalValue();
    }

    private Map<String, Object> draw() {
        BigDecimal mg = MG_PER_KG.multiply(weight()).setScale(1, RoundingMode.HALF_UP);
        return Map.of(
                "ndc",
                NDC,
                "vialMgPerMl",
                VIAL_MG_PER_ML,
                "volumeMl",
                mg.divide(VIAL_MG_PER_ML, 2, RoundingMode.HALF_UP),
                "lot",
                "KET26A");
    }

    private void drawAndSetPump() {
        JsonNode pump = act(staff.nurse(), "draw", draw()).path("suggestedPump");
        act(
                staff.nurse(),
                "pump",
                Map.of(
                        "volumeMl", pump.path("volumeMl").decimalValue(),
                        "rateMlPerH", pump.path("rateMlPerH").decimalValue()));
    }

    /** Who drew the dose may not check it: the demo tries once, is refused, and asks a colleague. */
    private void secondPersonChecks() {
        if (number == 1) {
            JsonNode session = staff.nurse().get(path());
            Answer refused = staff.nurse()
                    .tryPost(
                            path() + "/second-check",
                            Map.of(),
                            "\"" + session.path("version").asString() + "\"");
            if (refused.ok()) {
                throw new CommandFailed("a nurse checked her own draw of session " + id);
            }
        }
        act(staff.secondNurse(), "second-check", Map.of());
    }

    private void effectsEnd() {
        staff.nurse().get(path()).path("adverseEvents").valueStream().forEach(effect -> {
            if (effect.path("endedAt").isNull()) {
                act(
                        staff.nurse(),
                        "end-effect",
                        Map.of("adverseEventId", effect.path("id").asString(), "done", "ondansetron 4 mg"));
            }
        });
    }

    private static Map<String, Object> discharge() {
        Map<String, Object> gate = new HashMap<>();
        gate.put("aldrete", Map.of("activity", 2, "breathing", 2, "circulation", 2, "consciousness", 2, "spo2", 2));
        gate.put("moaas", 5);
        gate.put("dissociationOver", true);
        gate.put("walksSteadily", true);
        gate.put("ivOut", true);
        gate.put("instructionsGiven", true);
        gate.put("cssrsHigh", false);
        gate.put("escortPresent", true);
        gate.put("escortIdSeenBy", "demo.nurse1");
        return gate;
    }

    /** The biller claims what is insured; the insurer's own program answers. */
    private void settleMoney() {
        tally.sessionsCompleted++;
        WaitingList.Person person = journey.person();
        if (!person.insured() || person.authorizationDenied()) {
            return;
        }
        JsonNode claim = Awaiting.until("the charges of session " + id, () -> {
            Answer answer = staff.biller().tryPost("/api/claims", Map.of("sessionId", id), null);
            if (answer.status() == 400 || answer.status() == 403) {
                throw new CommandFailed("claiming was refused: " + answer.body());
            }
            return answer.ok() ? Optional.of(answer.body()) : Optional.empty();
        });
        tally.claims++;
        String claimId = claim.path("id").asString();
        String payersNumber = "PCN-" + person.referral() + "-" + number;
        LocalDate day = starts.atZone(Journey.CLINIC_ZONE).toLocalDate();
        if (person.claimDenied(number)) {
            insurers.deny(person, claimId, payersNumber, day);
            String its = "/api/claims/" + claimId;
            staff.biller()
                    .change(
                            "POST",
                            its,
                            its + "/write-off",
                            Map.of("reason", "Appeal judged hopeless by the medical director"));
            tally.claimsDenied++;
        } else {
            long charged = claim.path("charged").path("cents").asLong();
            long contractual = charged / 5;
            long copay = Math.min(4_000, charged - contractual);
            insurers.pay(
                    person,
                    claimId,
                    payersNumber,
                    day,
                    List.of(
                            new Insurers.Adjustment("CO", "45", contractual),
                            new Insurers.Adjustment("PR", "3", copay)));
            tally.claimsPaid++;
        }
        tally.claimsAnsweredByFhir++;
    }

    /** With the version that the last answer showed; somebody else may have changed the session since. */
    private JsonNode act(FrontDoor who, String action, Map<String, ?> body) {
        if (version == null) {
            version = who.tryGet(path()).etag();
        }
        Answer answer = who.tryAct("POST", path(), path() + "/" + action, body, version);
        if (answer.status() == 412) {
            version = who.tryGet(path()).etag();
            answer = who.tryAct("POST", path(), path() + "/" + action, body, version);
        }
        if (!answer.ok()) {
            throw new CommandFailed(
                    action + " of session " + id + " answered " + answer.status() + ": " + answer.body());
        }
        version = answer.etag();
        return answer.body();
    }

    private String path() {
        return "/api/sessions/" + id;
    }
}
