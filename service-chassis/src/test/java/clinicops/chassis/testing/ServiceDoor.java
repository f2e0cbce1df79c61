package clinicops.chassis.testing;

import clinicops.chassis.Role;
import clinicops.chassis.Versions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The service's door as its clients see it: real HTTP, a signed token. {@code ServiceDoor.of(context).as("nora",
 * Role.NURSE).get("/api/patients")}.
 */
public final class ServiceDoor {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String base;
    private final String audience;
    private final Map<String, String> headers;

    private ServiceDoor(String base, String audience, Map<String, String> headers) {
        this.base = base;
        this.audience = audience;
        this.headers = Map.copyOf(headers);
    }

    /** The running service of a {@link ServiceTest}, without a token. */
    public static ServiceDoor of(ApplicationContext context) {
        var environment = context.getEnvironment();
        return new ServiceDoor(
                "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port"),
                environment.getRequiredProperty("clinicops.audience"),
                Map.of());
    }

    public ServiceDoor as(String user, Role... roles) {
        return with("Authorization", TestTokens.bearer(user, audience, roles));
    }

    /** The same door, sending this header too, for example {@code Idempotency-Key}. */
    public ServiceDoor with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ServiceDoor(base, audience, more);
    }

    /** The same door, sending {@code If-Match} with that version. */
    public ServiceDoor ifMatch(long version) {
        return with("If-Match", Versions.etag(version));
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    /** @param body JSON text, or an object to be written as JSON */
    public Answer post(String path, Object body) {
        return send("POST", path, body);
    }

    /** A POST without a body. */
    public Answer post(String path) {
        return send("POST", path, null);
    }

    /** @param body JSON text, or an object to be written as JSON */
    public Answer put(String path, Object body) {
        return send("PUT", path, body);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** A body as it is, for example CSV. */
    public Answer postText(String path, String contentType, String body) {
        return with("Content-Type", contentType).exchange("POST", path, BodyPublishers.ofString(body));
    }

    /** @param body JSON text, or an object to be written as JSON; null for none */
    public Answer send(String method, String path, @Nullable Object body) {
        if (body == null) {
            return exchange(method, path, BodyPublishers.noBody());
        }
        String json = body instanceof String text ? text : JSON.writeValueAsString(body);
        var door = headers.containsKey("Content-Type") ? this : with("Content-Type", "application/json");
        return door.exchange(method, path, BodyPublishers.ofString(json));
    }

    public Answer exchange(String method, String path, HttpRequest.BodyPublisher body) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .method(method, body);
        headers.forEach(request::header);
        try {
            var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.headers(), parsed(response.body()), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode parsed(String body) {
        try {
            return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * What came back.
     *
     * @param body the parsed JSON; a missing node when there was none
     */
    public record Answer(int status, HttpHeaders headers, JsonNode body, String text) {
        /** The version in the ETag; fails without one. */
        public long version() {
            String etag = headers.firstValue("ETag")
                    .orElseThrow(() -> new AssertionError("no ETag on " + status + " " + text));
            return Long.parseLong(etag.replace("\"", ""));
        }

        /** The problem's rule; empty when there is none. */
        public String rule() {
            return body.path("rule").asString("");
        }

        /** The problem's field; empty when there is none. */
        public String field() {
            return body.path("field").asString("");
        }

        /** Fails, showing the body, unless the status is this. */
        public Answer expect(int wanted) {
            if (status != wanted) {
                throw new AssertionError("expected " + wanted + " but got " + status + ": " + text);
            }
            return this;
        }

        /** Fails, showing the body, unless it is a problem of this status and rule. */
        public Answer expect(int wanted, String rule) {
            expect(wanted);
            if (!rule.equals(rule())) {
                throw new AssertionError("expected the rule " + rule + " but got: " + text);
            }
            return this;
        }
    }
}
