package clinicops.benchmarks;

import clinicops.cli.FrontDoor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Somebody at the front desk does something, and a colleague's screen shows it: from the moment at which the command's 2xx is there,
 * over outbox, Kafka, journey and live push, until the colleague's client has fetched the changed journey. What the browser
 * takes to paint is not in it.
 */
final class EventToScreen implements AutoCloseable {
    private static final int WARM_UP = 60;
    private static final int COMMANDS = 300;
    /** Ten commands a second: a busy hour, not a load test. */
    private static final Duration BEAT = Duration.ofMillis(100);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HEADER =
            "system,id,given_name,family_name,birth_date,sex,email,phone,zone,language,email_ok,sms_ok,indication,urgency,referred_on,payer_code,plan,member_id\n";

    private final FrontDoor frontDesk;
    private final URI door;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient colleague = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final ExecutorService screens = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Long> shown = new ConcurrentHashMap<>();
    private int commands;

    private EventToScreen(FrontDoor frontDesk, URI door) {
        this.frontDesk = frontDesk;
        this.door = door;
    }

    static EventToScreen open(BenchedClinic clinic, FrontDoor admin) throws IOException, InterruptedException {
        String password =
                "Bench-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + "-clinicops";
        admin.post(
                "/api/staff",
                Map.of(
                        "username",
                        "bench.desk",
                        "name",
                        "Bench Desk",
                        "password",
                        password,
                        "roles",
                        java.util.List.of("front-desk")));
        var bench = new EventToScreen(FrontDoor.signIn(clinic.door(), "bench.desk", password), clinic.door());
        bench.follow(password);
        return bench;
    }

    private void follow(String password) throws IOException, InterruptedException {
        ask(HttpRequest.newBuilder(door.resolve("/login")).GET());
        HttpResponse<?> signedIn = ask(HttpRequest.newBuilder(door.resolve("/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .header(
                        "X-XSRF-TOKEN",
                        cookies.getCookieStore().getCookies().stream()
                                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                                .findFirst()
                                .orElseThrow()
                                .getValue())
                .POST(BodyPublishers.ofString("username=bench.desk&password=" + password)));
        if (signedIn.statusCode() >= 400) {
            throw new IllegalStateException("the colleague could not sign in: " + signedIn.statusCode());
        }
        var live = colleague.send(
                HttpRequest.newBuilder(door.resolve("/api/live"))
                        .header("Accept", "text/event-stream")
                        .build(),
                BodyHandlers.ofInputStream());
        if (live.statusCode() != 200) {
            throw new IllegalStateException("no live stream: " + live.statusCode());
        }
        Thread.ofPlatform().daemon(true).start(() -> {
            try (var lines = new BufferedReader(new InputStreamReader(live.body(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data:") && line.contains("\"patientId\"")) {
                        String patient = FrontDoor.JSON
                                .readTree(line.substring(5))
                                .path("patientId")
                                .asString();
                        screens.execute(() -> fetch(patient));
                    }
                }
            } catch (IOException closed) {
                // the bench is over
            }
        });
    }

    private void fetch(String patient) {
        try {
            var journey = ask(HttpRequest.newBuilder(door.resolve("/api/journeys/" + patient))
                    .header("Accept", "application/json")
                    .GET());
            if (journey.statusCode() == 200) {
                shown.putIfAbsent(patient, System.nanoTime());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<String> ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        return colleague.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    }

    void warmUp() throws InterruptedException {
        nanos(WARM_UP);
    }

    double p99Millis() throws InterruptedException {
        long[] nanos = nanos(COMMANDS);
        System.err.printf(
                "  median %.1f ms, p99 %.1f ms, longest %.1f ms of %d%n",
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6,
                nanos[nanos.length - 1] / 1e6,
                nanos.length);
        return nanos[(int) (nanos.length * 0.99)] / 1e6;
    }

    private long[] nanos(int many) throws InterruptedException {
        Map<String, Long> done = new ConcurrentHashMap<>();
        for (int i = 0; i < many; i++) {
            long began = System.nanoTime();
            String patient = refer(++commands);
            done.put(patient, System.nanoTime());
            long rest = BEAT.toNanos() - (System.nanoTime() - began);
            if (rest > 0) {
                Thread.sleep(Duration.ofNanos(rest));
            }
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!shown.keySet().containsAll(done.keySet())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("some patients never came on the screen");
            }
            Thread.sleep(20);
        }
        return done.entrySet().stream()
                // the screen may be faster than the one who did it
                .mapToLong(d -> Math.max(0, Objects.requireNonNull(shown.get(d.getKey())) - d.getValue()))
                .sorted()
                .toArray();
    }

    /** A referral of one patient: the first thing that a journey shows. */
    private String refer(int number) {
        String row =
                "bench,B-%1$d,Bench,Patient,1980-01-01,female,bench%1$d@example.com,+12125550100,America/New_York,en,true,true,depression,routine,2026-03-02,,,%n"
                        .formatted(number);
        String patient = frontDesk
                .postCsv("/api/referrals/import", HEADER + row)
                .at("/patients/0/patientId")
                .asString("");
        if (patient.isEmpty()) {
            throw new IllegalStateException("the referral was not taken");
        }
        return patient;
    }

    @Override
    public void close() {
        screens.shutdownNow();
        colleague.shutdownNow();
    }
}
