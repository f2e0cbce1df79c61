package clinicops.cli;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One person signed in at the clinic's front door, as a browser would be: session cookie, CSRF token, JSON. Signs in again
 * when the session has ended.
 *
 * <p>Rides out what is down for a while. A request whose outcome is not known (a broken connection, 502 to 504) is sent again
 * only where that cannot do a thing twice: reads, puts of a whole state, creations with their idempotency key, changes with the
 * version that they were meant for. A change that then finds its version gone was done by the first try. Several copies of the
 * front door are asked in turn.
 */
public final class FrontDoor {
    public static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    static final Duration PATIENCE = Duration.ofSeconds(40);
    /** The longest that anything may be down. */
    private static final Duration OUTAGE = Duration.ofMinutes(4);
    /** An answer that says that something broke inside is asked for again, in case it was part of an outage. */
    private static final Duration BROKEN = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Set<Integer> OUTCOME_UNKNOWN = Set.of(500, 502, 503, 504);

    private final List<URI> copies;
    private final AtomicInteger turn = new AtomicInteger();
    private final String username;
    private final String password;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private FrontDoor(List<URI> copies, String username, String password) {
        this.copies = List.copyOf(copies);
        this.username = username;
        this.password = password;
    }

    /**
     * @param copies addresses of the front door; one or more
     * @throws CommandFailed when the front door does not know the person
     */
    public static FrontDoor signIn(List<URI> copies, String username, String password) {
        FrontDoor door = new FrontDoor(copies, username, password);
        door.signIn();
        return door;
    }

    /** @throws CommandFailed when the front door does not know the person */
    public static FrontDoor signIn(URI base, String username, String password) {
        return signIn(List.of(base), username, password);
    }

    /** @throws CommandFailed at once when nobody answers there */
    public static void requireAnswer(List<URI> copies) {
        var door = new FrontDoor(copies, "", "");
        for (URI copy : copies) {
            try {
                door.once(HttpRequest.newBuilder(copy.resolve("/login"))
                        .timeout(PATIENCE)
                        .GET()
                        .build());
                return;
            } catch (IOException e) {
                if (copy.equals(copies.getLast())) {
                    throw new CommandFailed("no answer from " + copy + " (" + e + "). Is the clinic up? ./clinic up");
                }
            }
        }
    }

    public String username() {
        return username;
    }

    /**
     * The answer to a request, whatever its status.
     *
     * @param status 0 when there was none
     */
    public record Answer(int status, @Nullable String etag, JsonNode body) {

        public boolean ok() {
            return status / 100 == 2;
        }

        boolean outcomeUnknown() {
            return status == 0 || OUTCOME_UNKNOWN.contains(status);
        }

        /** Of a problem: the broken rule's name; empty otherwise. */
        public String rule() {
            return body.path("rule").asString("");
        }
    }

    public JsonNode get(String path) {
        return require("GET", path, exchange("GET", path, null, null, null)).body();
    }

    /**
     * Every row of a list, page by page.
     *
     * @param path with its query, which ends so that {@code limit} and {@code cursor} can follow: {@code /api/claims?}
     */
    public List<JsonNode> all(String path) {
        List<JsonNode> rows = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get(path + "limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.path("items").forEach(rows::add);
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        return rows;
    }

    public Answer tryGet(String path) {
        return exchange("GET", path, null, null, null);
    }

    public JsonNode post(String path, Object body) {
        return create(path, body, UUID.randomUUID().toString());
    }

    /**
     * A creation without idempotency key.
     *
     * @param done looks whether it was done; asked when an outcome is not known
     */
    public JsonNode postUnless(BooleanSupplier done, String path, Object body) {
        long deadline = System.nanoTime() + OUTAGE.toNanos();
        while (true) {
            Answer answer = sendOnce("POST", path, "application/json", JSON.writeValueAsString(body), null, null);
            if (answer.status() == 401) {
                signIn();
            } else if (!answer.outcomeUnknown() || System.nanoTime() > deadline) {
                return require("POST", path, answer).body();
            } else {
                pause();
                if (done.getAsBoolean()) {
                    return answer.body();
                }
            }
        }
    }

    /** A creation that may be repeated without a second effect. */
    public JsonNode create(String path, Object body, String idempotencyKey) {
        return require("POST", path, exchange("POST", path, JSON.writeValueAsString(body), null, idempotencyKey))
                .body();
    }

    /** With the version that it is meant for; without one, as a creation that may be repeated. */
    public Answer tryPost(String path, Object body, @Nullable String ifMatch) {
        String key = ifMatch == null ? UUID.randomUUID().toString() : null;
        return exchange("POST", path, JSON.writeValueAsString(body), ifMatch, key);
    }

    /**
     * As {@link #tryPost}; when the first try was done and its answer lost, answers what {@code resource} shows then.
     *
     * @param ifMatch the version of {@code resource}
     */
    public Answer tryAct(String method, String resource, String path, Object body, @Nullable String ifMatch) {
        Sent sent = send(method, path, "application/json", JSON.writeValueAsString(body), ifMatch, null);
        return sent.answer().status() == 412 && sent.repeated() ? tryGet(resource) : sent.answer();
    }

    public JsonNode postCsv(String path, String csv) {
        return require(
                        "POST",
                        path,
                        send("POST", path, "text/csv", csv, null, null).answer())
                .body();
    }

    public Answer tryPut(String path, Object body, @Nullable String ifMatch) {
        return exchange("PUT", path, JSON.writeValueAsString(body), ifMatch, null);
    }

    public JsonNode put(String path, Object body) {
        return require("PUT", path, exchange("PUT", path, JSON.writeValueAsString(body), null, null))
                .body();
    }

    /** Changes what {@code resource} shows: reads its version, then writes; once more when somebody was faster. */
    public JsonNode change(String method, String resource, String path, Object body) {
        for (int attempt = 1; ; attempt++) {
            String version = require("GET", resource, tryGet(resource)).etag();
            Answer answer = tryAct(method, resource, path, body, version);
            if (answer.status() != 412 || attempt == 5) {
                return require(method, path, answer).body();
            }
        }
    }

    private static Answer require(String method, String path, Answer answer) {
        if (!answer.ok()) {
            throw new CommandFailed(method + " " + path + " answered " + answer.status() + ": " + answer.body());
        }
        return answer;
    }

    private Answer exchange(
            String method, String path, @Nullable String body, @Nullable String ifMatch, @Nullable String key) {
        return send(method, path, "application/json", body, ifMatch, key).answer();
    }

    /** @param repeated whether an earlier try may have been done already */
    private record Sent(Answer answer, boolean repeated) {}

    private Sent send(
            String method,
            String path,
            String contentType,
            @Nullable String body,
            @Nullable String ifMatch,
            @Nullable String key) {
        var patience = new Patience(copies);
        boolean repeated = false;
        while (true) {
            Answer answer = sendOnce(method, path, contentType, body, ifMatch, key);
            if (answer.status() == 401) {
                signIn();
                answer = sendOnce(method, path, contentType, body, ifMatch, key);
            }
            if (!answer.outcomeUnknown()) {
                return new Sent(answer, repeated);
            }
            if (patience.isOver(answer)) {
                return new Sent(answer, repeated);
            }
            repeated = true;
            pause();
        }
    }

    /** How long a request is repeated whose outcome is not known. */
    static final class Patience {
        private final List<URI> copies;
        private final long began = System.nanoTime();

        Patience(List<URI> copies) {
            this.copies = copies;
        }

        /** @throws CommandFailed when it is over and nobody answered at all */
        boolean isOver(Answer answer) {
            long patience = (answer.status() == 500 ? BROKEN : OUTAGE).toNanos();
            if (System.nanoTime() - began <= patience) {
                return false;
            }
            if (answer.status() == 0) {
                throw new CommandFailed("no answer from " + copies + " for " + OUTAGE.toSeconds() + " s");
            }
            return true;
        }
    }

    static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }

    private Answer sendOnce(
            String method,
            String path,
            String contentType,
            @Nullable String body,
            @Nullable String ifMatch,
            @Nullable String key) {
        var request =
                HttpRequest.newBuilder(next().resolve(path)).timeout(PATIENCE).header("Accept", "application/json");
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(body)).header("Content-Type", contentType);
        }
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        csrfToken().ifPresent(token -> request.header("X-XSRF-TOKEN", token));
        HttpResponse<String> response;
        try {
            response = once(request.build());
        } catch (IOException e) {
            return new Answer(0, null, JSON.missingNode());
        }
        return new Answer(
                response.statusCode(), response.headers().firstValue("ETag").orElse(null), json(response.body()));
    }

    static JsonNode json(String body) {
        try {
            return body.isBlank() ? JSON.missingNode() : JSON.readTree(body);
        } catch (tools.jackson.core.JacksonException e) {
            return JSON.getNodeFactory().stringNode(body);
        }
    }

    private void signIn() {
        long deadline = System.nanoTime() + OUTAGE.toNanos();
        while (true) {
            int status = trySignIn();
            if (status != 0 && !OUTCOME_UNKNOWN.contains(status)) {
                if (status >= 400) {
                    throw new CommandFailed(
                            "sign-in of " + username + " at " + copies + " was refused (" + status + ")");
                }
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new CommandFailed("no answer from " + copies + " for " + OUTAGE.toSeconds() + " s");
            }
            pause();
        }
    }

    /** @return the status; 0 when there was no answer */
    private int trySignIn() {
        // all of it at one copy: of several that take turns, one that is down would spoil every try
        URI copy = next();
        try {
            cookies.getCookieStore().removeAll();
            // any page hands out the CSRF token
            once(HttpRequest.newBuilder(copy.resolve("/login"))
                    .timeout(PATIENCE)
                    .GET()
                    .build());
            String form = Map.of("username", username, "password", password).entrySet().stream()
                    .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            var request = HttpRequest.newBuilder(copy.resolve("/login"))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Accept", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(form));
            csrfToken().ifPresent(token -> request.header("X-XSRF-TOKEN", token));
            int status = once(request.build()).statusCode();
            if (status < 400) {
                // signing in changes the token
                once(HttpRequest.newBuilder(copy.resolve("/api/me"))
                        .timeout(PATIENCE)
                        .header("Accept", "application/json")
                        .GET()
                        .build());
            }
            return status;
        } catch (IOException e) {
            return 0;
        }
    }

    private URI next() {
        return copies.get(Math.floorMod(turn.getAndIncrement(), copies.size()));
    }

    private java.util.Optional<String> csrfToken() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(c -> c.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    private HttpResponse<String> once(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }
}
