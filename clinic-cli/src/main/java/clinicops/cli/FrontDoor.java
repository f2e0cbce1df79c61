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
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One person signed in at the clinic's front door, as a browser would be: session cookie, CSRF token, JSON. Signs in again
 * when the session has ended.
 */
public final class FrontDoor {
    public static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI base;
    private final String username;
    private final String password;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private FrontDoor(URI base, String username, String password) {
        this.base = base;
        this.username = username;
        this.password = password;
    }

    /** @throws CommandFailed when the front door does not know the person */
    public static FrontDoor signIn(URI base, String username, String password) {
        FrontDoor door = new FrontDoor(base, username, password);
        door.signIn();
        return door;
    }

    public String username() {
        return username;
    }

    /** The answer to a request, whatever its status. */
    public record Answer(int status, @Nullable String etag, JsonNode body) {

        public boolean ok() {
            return status / 100 == 2;
        }

        /** Of a problem: the broken rule's name; empty otherwise. */
        public String rule() {
            return body.path("rule").asString("");
        }
    }

    public JsonNode get(String path) {
        return require("GET", path, exchange("GET", path, null, null, null)).body();
    }

    public Answer tryGet(String path) {
        return exchange("GET", path, null, null, null);
    }

    public JsonNode post(String path, Object body) {
        return require("POST", path, exchange("POST", path, JSON.writeValueAsString(body), null, null))
                .body();
    }

    /** A creation that may be repeated without a second effect. */
    public JsonNode create(String path, Object body, String idempotencyKey) {
        return require("POST", path, exchange("POST", path, JSON.writeValueAsString(body), null, idempotencyKey))
                .body();
    }

    public Answer tryPost(String path, Object body, @Nullable String ifMatch) {
        return exchange("POST", path, JSON.writeValueAsString(body), ifMatch, null);
    }

    public JsonNode postCsv(String path, String csv) {
        return require("POST", path, send("POST", path, "text/csv", csv, null, null))
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
            Answer answer = exchange(method, path, JSON.writeValueAsString(body), version, null);
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
        return send(method, path, "application/json", body, ifMatch, key);
    }

    private Answer send(
            String method,
            String path,
            String contentType,
            @Nullable String body,
            @Nullable String ifMatch,
            @Nullable String key) {
        Answer answer = sendOnce(method, path, contentType, body, ifMatch, key);
        if (answer.status() == 401) {
            signIn();
            answer = sendOnce(method, path, contentType, body, ifMatch, key);
        }
        return answer;
    }

    private Answer sendOnce(
            String method,
            String path,
            String contentType,
            @Nullable String body,
            @Nullable String ifMatch,
            @Nullable String key) {
        var request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).header("Accept", "application/json");
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
        HttpResponse<String> response = call(request.build());
        return new Answer(
                response.statusCode(), response.headers().firstValue("ETag").orElse(null), json(response.body()));
    }

    private static JsonNode json(String body) {
        try {
            return body.isBlank() ? JSON.missingNode() : JSON.readTree(body);
        } catch (tools.jackson.core.JacksonException e) {
            return JSON.getNodeFactory().stringNode(body);
        }
    }

    private void signIn() {
        cookies.getCookieStore().removeAll();
        // any page hands out the CSRF token
        call(HttpRequest.newBuilder(base.resolve("/login"))
                .timeout(PATIENCE)
                .GET()
                .build());
        String form = Map.of("username", username, "password", password).entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(base.resolve("/login"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        csrfToken().ifPresent(token -> request.header("X-XSRF-TOKEN", token));
        HttpResponse<String> response = call(request.build());
        if (response.statusCode() >= 400) {
            throw new CommandFailed(
                    "sign-in of " + username + " at " + base + " was refused (" + response.statusCode() + ")");
        }
        // signing in changes the token
        call(HttpRequest.newBuilder(base.resolve("/api/me"))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .GET()
                .build());
    }

    private java.util.Optional<String> csrfToken() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(c -> c.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    private HttpResponse<String> call(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CommandFailed("no answer from " + base + " (" + e + "). Is the clinic up? ./clinic up");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }
}
