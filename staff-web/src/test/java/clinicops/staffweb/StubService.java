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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** A service as the front door sees it from outside, which a test can make fail, hang and count. */
public final class StubService {
    private static final String QUIET = "{\"now\":\"%s\",\"demo\":%s,\"nextDueAt\":%s,\"dueNow\":false,"
            + "\"unsentEvents\":%d,\"consumerLag\":%d}";

    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int failWith;
    private volatile CountDownLatch hanging = new CountDownLatch(0);
    private volatile boolean demo;
    private volatile Instant now = Instant.EPOCH;
    private volatile String nextDueAt = "null";
    private volatile long lag;
    private volatile long unsent;

    StubService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> asked() {
        return asked;
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
        try {
            hanging.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failWith != 0) {
            send(exchange, failWith, "{\"rule\":\"stub-fails\"}");
            return;
        }
        switch (request) {
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
