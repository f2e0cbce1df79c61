package clinicops.benchmarks;

import clinicops.cli.FrontDoor;
import clinicops.cli.InsurerDoor;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * The clinic's doors under load: insurers who search and answer claims through the front door, and staff who wait for their screens.
 * The whole clinic runs in a process of its own, on a mongod that the raw limits are measured on too.
 */
final class DoorsBench {
    static final List<String> PARTS = List.of("search", "strict", "validated", "screen");
    private static final int CLIENTS = 8;
    private static final int VALIDATORS = 2;
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(60);
    private static final int ROUNDS = 8_000;
    private static final int VALIDATED_ROUNDS = 1_000;
    private static final Duration MEASURED = Duration.ofSeconds(8);
    private static final Duration RAW = Duration.ofSeconds(4);
    /** Where the clinic counts its days. */
    private static final ZoneId CLINIC_ZONE = ZoneId.of("America/New_York");

    private final BenchedClinic clinic;
    private final RawLimits raw;
    private final SeededClaims claims;
    private final Map<String, InsurerDoor> insurers = new HashMap<>();
    private final String fhirBase;

    private DoorsBench(BenchedClinic clinic, RawLimits raw, SeededClaims claims) {
        this.clinic = clinic;
        this.raw = raw;
        this.claims = claims;
        this.fhirBase = clinic.door() + "/fhir";
    }

    /** @param parts what to measure, of {@link #PARTS} */
    static List<Figure> run(List<String> parts) throws Exception {
        return BenchedClinic.measured((clinic, mongo) -> {
            FrontDoor admin = clinic.admin();
            Instant now = Instant.parse(admin.get("/api/clock").path("now").asString());
            var claims = new SeededClaims(now.atZone(CLINIC_ZONE).toLocalDate(), now);
            say("storing %d claims".formatted(SeededClaims.CLAIMS));
            var billing = mongo.getDatabase("billing");
            claims.store(billing.getCollection("claims"), billing.getCollection("accounts"));
            var bench = new DoorsBench(clinic, new RawLimits(mongo, claims), claims);
            bench.register(admin);
            return bench.measure(admin, parts);
        });
    }

    private void register(FrontDoor admin) throws Exception {
        for (String payer : SeededClaims.PAYERS) {
            insurers.put(
                    payer,
                    InsurerDoor.registered(
                            admin,
                            List.of(clinic.door()),
                            "Bench of " + payer,
                            payer,
                            payer.toLowerCase(java.util.Locale.ROOT),
                            new ECKeyGenerator(Curve.P_384).keyID(payer).generate()));
        }
    }

    private List<Figure> measure(FrontDoor admin, List<String> parts) throws Exception {
        List<Figure> figures = new ArrayList<>();

        if (parts.contains("search")) {
            searching(figures);
        }
        if (parts.contains("strict")) {
            strictly(figures);
        }
        if (parts.contains("validated")) {
            validated(figures);
        }
        if (parts.contains("screen")) {
            toTheScreen(figures, admin);
        }
        return figures;
    }

    private void toTheScreen(List<Figure> figures, FrontDoor admin) throws Exception {
        say("from a command to the screen");
        try (EventToScreen screens = EventToScreen.open(clinic, admin)) {
            screens.warmUp();
            double p99 = screens.p99Millis();
            figures.add(Figure.lower("event-to-screen-p99-ms", p99, "ms", 300, raw.changeStreamP99Millis()));
        }
        BenchedClinic.frontendWeight()
                .ifPresentOrElse(
                        weight -> figures.add(weight(weight)),
                        () -> say("this build has no staff app: nothing to weigh"));
    }

    private void searching(List<Figure> figures) throws Exception {
        say("searching claims");
        warmUp(ROUNDS, this::searches);
        Load searched = told(this::searches);
        Load found = Load.of(CLIENTS, RAW, () -> random -> raw.find(Question.any(claims, random)));
        say("  plain queries: " + found);
        figures.add(Figure.higher("claim-search-per-s", searched.perSecond(), "searches/s", 900, found.perSecond()));
        figures.add(Figure.told("claim-search-p99-ms", searched.p99Millis(), "ms", "lower", found.p99Millis()));
    }

    private void strictly(List<Figure> figures) throws Exception {
        say("answering claims, strict");
        warmUp(ROUNDS, time -> answers("STRICT", time));
        Load strict = told(time -> answers("STRICT", time));
        raw.prepare();
        Load written = Load.of(CLIENTS, RAW, () -> random -> raw.write(random));
        say("  plain transactions: " + written);
        figures.add(Figure.higher(
                "claim-response-create-per-s", strict.perSecond(), "answers/s", 1500, written.perSecond()));
        figures.add(
                Figure.told("claim-response-create-p99-ms", strict.p99Millis(), "ms", "lower", written.p99Millis()));
    }

    private void validated(List<Figure> figures) throws Exception {
        say("answering claims, validated");
        warmUp(VALIDATED_ROUNDS, time -> answers("VALIDATED", time));
        Load validated = told(time -> answers("VALIDATED", time));
        String sample = claims.response(SeededClaims.CLAIMS - 1, fhirBase);
        var validator = new PlainValidator();
        validator.requireSound(sample);
        warmUp(VALIDATED_ROUNDS, time -> Load.of(VALIDATORS, time, () -> random -> validator.requireSound(sample)));
        Load alone = Load.of(VALIDATORS, RAW, () -> random -> validator.requireSound(sample));
        say("  the validator alone: " + alone);
        figures.add(Figure.higher(
                "claim-response-create-validated-per-s", validated.perSecond(), "answers/s", 100, alone.perSecond()));
        figures.add(Figure.told(
                "claim-response-create-validated-p99-ms", validated.p99Millis(), "ms", "lower", alone.p99Millis()));
    }

    private static Figure weight(JsonNode weight) {
        return Figure.lower(
                "first-screen-script-kb",
                weight.path("first-screen-script-kb").asDouble(),
                "KB",
                200,
                weight.path("limit").asDouble(200));
    }

    private interface Run {
        Load over(Duration time) throws Exception;
    }

    /**
     * Until the clinic's JVM has compiled what matters, which takes so many rounds, not so much time: a machine with other work to
     * do gets there later, and one that has too much of it not at all.
     */
    private static void warmUp(int rounds, Run run) throws Exception {
        long latest = System.nanoTime() + LONGEST_WARM_UP.toNanos();
        int done = 0;
        while (done < rounds && System.nanoTime() < latest) {
            done += run.over(WARM_UP).done();
            // under full load the compiler itself gets nowhere
            Thread.sleep(Duration.ofSeconds(1));
        }
        if (done < rounds) {
            say("  not warm: %d of %d rounds in %d s".formatted(done, rounds, LONGEST_WARM_UP.toSeconds()));
        }
    }

    private Load searches(Duration time) throws Exception {
        Map<String, String> bearers = bearers();
        return Load.of(CLIENTS, time, () -> {
            var wire = new Wire(clinic.door());
            return new Load.Client() {
                @Override
                public void once(java.util.SplittableRandom random) throws Exception {
                    Question question = Question.any(claims, random);
                    wire.get("/fhir/Claim?" + question.query(), bearer(bearers, question.payer()))
                            .expect(200);
                }

                @Override
                public void close() throws IOException {
                    wire.close();
                }
            };
        });
    }

    private Load answers(String payer, Duration time) throws Exception {
        String bearer = bearer(bearers(), payer);
        return Load.of(CLIENTS, time, () -> {
            var wire = new Wire(clinic.door());
            return new Load.Client() {
                @Override
                public void once(java.util.SplittableRandom random) throws Exception {
                    String response = claims.response(claims.nextOpen(payer), fhirBase);
                    wire.post("/fhir/ClaimResponse", bearer, response.getBytes(StandardCharsets.UTF_8))
                            .expect(201);
                }

                @Override
                public void close() throws IOException {
                    wire.close();
                }
            };
        });
    }

    private Map<String, String> bearers() {
        Map<String, String> bearers = new HashMap<>();
        insurers.forEach((payer, door) -> bearers.put(payer, door.bearer()));
        return bearers;
    }

    private static String bearer(Map<String, String> bearers, String payer) {
        return Objects.requireNonNull(bearers.get(payer));
    }

    /** Says what came of it, and whose CPU each one took: on a machine with other work to do, that is what can be compared. */
    private Load told(Run run) throws Exception {
        long clinicBefore = micros(clinic.process());
        long mongodBefore = micros(mongod());
        long clientsBefore = micros(ProcessHandle.current());
        Load load = run.over(MEASURED);
        say("  %s; CPU of each: clinic %d us, mongod %d us, clients %d us"
                .formatted(
                        load,
                        (micros(clinic.process()) - clinicBefore) / load.done(),
                        (micros(mongod()) - mongodBefore) / load.done(),
                        (micros(ProcessHandle.current()) - clientsBefore) / load.done()));
        return load;
    }

    private static ProcessHandle mongod() {
        return ProcessHandle.current()
                .children()
                .filter(p -> p.info().command().orElse("").endsWith("mongod"))
                .findFirst()
                .orElseThrow();
    }

    private static long micros(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1000;
    }

    private static void say(String text) {
        System.err.println(text);
    }
}
