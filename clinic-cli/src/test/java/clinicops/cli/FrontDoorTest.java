package clinicops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A clinic that breaks off in the middle must not be told anything twice. */
class FrontDoorTest {
    /** What happens to the next requests: done and answered, done with the answer lost, or not done. */
    private enum Fate {
        ANSWERED,
        LOST,
        DOWN
    }

    private final List<Fate> fates = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final AtomicInteger effects = new AtomicInteger();
    private final AtomicInteger signIns = new AtomicInteger();
    private HttpServer server;
    private int version = 1;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/login", exchange -> {
            if (exchange.getRequestMethod().equals("POST")) {
                signIns.incrementAndGet();
            }
            answer(exchange, 200, "{}");
        });
        server.createContext("/api/me", exchange -> answer(exchange, 200, "{}"));
        server.createContext("/api/claims", this::claims);
        server.createContext("/api/sessions/1", this::session);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Fate fate() {
        return fates.isEmpty() ? Fate.ANSWERED : fates.removeFirst();
    }

    private void claims(HttpExchange exchange) throws IOException {
        Fate fate = fate();
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (fate == Fate.DOWN) {
            answer(exchange, 503, "{\"rule\":\"service-down\"}");
            return;
        }
        if (!keys.contains(key)) {
            keys.add(key);
            effects.incrementAndGet();
        }
        if (fate == Fate.LOST) {
            exchange.close();
        } else {
            answer(exchange, 201, "{\"id\":\"claim-1\"}");
        }
    }

    private void session(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("ETag", "\"" + version + "\"");
        if (exchange.getRequestMethod().equals("GET")) {
            answer(exchange, 200, "{\"state\":\"after-" + effects.get() + "\"}");
            return;
        }
        Fate fate = fate();
        String meant = exchange.getRequestHeaders().getFirst("If-Match");
        if (fate == Fate.DOWN) {
            answer(exchange, 504, "{\"rule\":\"service-slow\"}");
        } else if (meant != null && !meant.equals("\"" + version + "\"")) {
            answer(exchange, 412, "{\"rule\":\"stale-version\"}");
        } else {
            version++;
            effects.incrementAndGet();
            exchange.getResponseHeaders().set("ETag", "\"" + version + "\"");
            if (fate == Fate.LOST) {
                exchange.close();
            } else {
                answer(exchange, 200, "{\"state\":\"after-" + effects.get() + "\"}");
            }
        }
    }

    private URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private FrontDoor nurse() {
        return FrontDoor.signIn(url(), "nora", "secret");
    }

    @Test
    void aCreationWhoseAnswerWasLostIsAskedForAgainUnderItsKey() {
        fates.addAll(List.of(Fate.LOST, Fate.DOWN, Fate.ANSWERED));
        assertThat(nurse().post("/api/claims", Map.of("sessionId", "1"))
                        .path("id")
                        .asString())
                .isEqualTo("claim-1");
        assertThat(effects).hasValue(1);
        assertThat(keys).hasSize(1).doesNotContainNull();
    }

    @Test
    void twoCreationsAreTwo() {
        FrontDoor nurse = nurse();
        nurse.post("/api/claims", Map.of("sessionId", "1"));
        nurse.post("/api/claims", Map.of("sessionId", "1"));
        assertThat(effects).hasValue(2);
    }

    @Test
    void aChangeWhoseAnswerWasLostIsNotMadeAgain() {
        fates.add(Fate.LOST);
        var answer = nurse().tryAct("POST", "/api/sessions/1", "/api/sessions/1/rescue", Map.of(), "\"1\"");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.etag()).isEqualTo("\"2\"");
        assertThat(answer.body().path("state").asString()).isEqualTo("after-1");
        assertThat(effects).hasValue(1);
    }

    @Test
    void aChangeThatWasNotMadeIsMadeOnceTheServiceIsBack() {
        fates.addAll(List.of(Fate.DOWN, Fate.DOWN));
        var answer = nurse().tryAct("POST", "/api/sessions/1", "/api/sessions/1/rescue", Map.of(), "\"1\"");
        assertThat(answer.etag()).isEqualTo("\"2\"");
        assertThat(effects).hasValue(1);
    }

    @Test
    void aChangeByAnotherIsNotTakenForTheOwn() {
        version = 7;
        var answer = nurse().tryAct("POST", "/api/sessions/1", "/api/sessions/1/rescue", Map.of(), "\"1\"");
        assertThat(answer.status()).isEqualTo(412);
        assertThat(effects).hasValue(0);
    }

    @Test
    void whatHasNeitherKeyNorVersionIsLookedForFirst() {
        fates.add(Fate.LOST);
        nurse().postUnless(() -> effects.get() > 0, "/api/sessions/1/vitals", Map.of());
        assertThat(effects).hasValue(1);
        fates.add(Fate.DOWN);
        nurse().postUnless(() -> effects.get() > 1, "/api/sessions/1/vitals", Map.of());
        assertThat(effects).hasValue(2);
    }

    @Test
    void anotherCopyOfTheFrontDoorTakesOver() throws IOException {
        URI dead;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = URI.create("http://localhost:" + socket.getLocalPort());
        }
        FrontDoor.requireAnswer(List.of(dead, url()));
        FrontDoor nurse = FrontDoor.signIn(List.of(dead, url()), "nora", "secret");
        nurse.post("/api/claims", Map.of("sessionId", "1"));
        nurse.post("/api/claims", Map.of("sessionId", "2"));
        assertThat(effects).hasValue(2);
        assertThatThrownBy(() -> FrontDoor.requireAnswer(List.of(dead)))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("./clinic up");
    }
}
