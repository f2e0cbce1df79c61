package clinicops.staffweb;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A service as the front door sees it from outside, which a test can make fail, hang and count. */
public final class StubService {
    private static final String QUIET = "{\"now\":\"%s\",\"demo\":%s,\"nextDueAt\":%s,\"dueNow\":false,"
            + "\"unsentEvents\":%d,\"consumerLag\":%d}";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile HttpServer server;
    private volatile Map<String, List<String>> heard = Map.of();
    private volatile int failWith;
    private volatile CountDownLatch hanging = new CountDownLatch(0);
    private volatile boolean demo;
    private volatile Instant now = Instant.EPOCH;
    private volatile String nextDueAt = "null";
    private volatile long lag;
    private volatile long unsent;

    StubService() {
        server = serve(0);
    }

    private HttpServer serve(int port) {
        try {
            var made = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
            made.createContext("/", this::answer);
            made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            made.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** While it is down nobody listens. */
    void down(boolean down) {
        if (down) {
            server.stop(0);
        } else {
            server = serve(server.getAddress().getPort());
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> asked() {
        return asked;
    }

    /** Headers of the latest request, names in lower case. */
    Map<String, List<String>> heard() {
        return heard;
    }

    /** 0 for no failure. */
    void failWith(int status) {
        failWith = status;
    }

    /** While it hangs it takes requests and answers none. */
    void hang(boolean hang) {
        hanging.countDown();
        hanging = new CountDownLatch(hang ? 1 : 0);
    }

    void nextDueAt(Instant at) {
        nextDueAt = "\"" + at + "\"";
    }

    void quiet() {
        lag = 0;
        unsent = 0;
        nextDueAt = "null";
    }

    void busy(long unsentEvents, long consumerLag) {
        unsent = unsentEvents;
        lag = consumerLag;
    }

    Instant now() {
        return now;
    }

    boolean demo() {
        return demo;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(request + (body.isEmpty() ? "" : " " + body));
        heard = exchange.getRequestHeaders().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
        try {
            hanging.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failWith != 0) {
            send(exchange, failWith, "{\"rule\":\"stub-fails\"}");
            return;
        }
        if (exchange.getRequestURI().getPath().startsWith("/fhir/")) {
            fhir(exchange);
            return;
        }
        switch (request) {
            case "POST /links/redemption" -> redeem(exchange, body);
            case "GET /api/clock" -> send(exchange, 200, clock());
            case "PUT /api/demo-mode" -> {
                demo = true;
                send(exchange, 200, clock());
            }
            case "PUT /api/clock" -> {
                Instant to = Instant.parse(
                        JsonMapper.shared().readTree(body).path("now").asString());
                if (to.isBefore(now)) {
                    send(exchange, 409, "{\"rule\":\"clock-forward-only\"}");
                } else {
                    now = to;
                    send(exchange, 200, clock());
                }
            }
            default -> send(exchange, 404, "{\"rule\":\"no-such-route\"}");
        }
    }

    /** A door that lets in who brings any bearer token, and tries to say more than it may. */
    private static void fhir(HttpExchange exchange) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/fhir+json;charset=utf-8");
        headers.set("Set-Cookie", "clinicops=overwritten");
        headers.set("X-Of-The-Service", "inside");
        int status;
        if (!exchange.getRequestHeaders().containsKey("Authorization")
                && !exchange.getRequestURI().getPath().endsWith("/metadata")) {
            headers.set("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            status = 401;
        } else if (exchange.getRequestMethod().equals("POST")) {
            headers.set("Location", "http://localhost/fhir/ClaimResponse/r1/_history/1");
            status = 201;
        } else {
            status = 200;
        }
        headers.set("ETag", "W/\"3\"");
        headers.set("Last-Modified", "Mon, 23 Nov 2026 01:00:00 GMT");
        byte[] bytes = "{\"resourceType\":\"OperationOutcome\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /** Knows two links, which tests call good and late. */
    private static void redeem(HttpExchange exchange, String body) throws IOException {
        switch (JsonMapper.shared().readTree(body).path("token").asString()) {
            case "good" ->
                send(
                        exchange,
                        200,
                        "{\"linkId\":\"l1\",\"patientId\":\"p1\",\"purpose\":\"paperwork\",\"resource\":\"registration\","
                                + "\"expiresAt\":\"2026-12-01T00:00:00Z\",\"language\":\"es\"}");
            case "late" -> send(exchange, 409, "{\"rule\":\"link-expired\"}");
            default -> send(exchange, 422, "{\"rule\":\"link-refused\"}");
        }
    }

    private String clock() {
        return QUIET.formatted(now, demo, nextDueAt, unsent, lag);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
