package clinicops.staffweb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** One person's browser: keeps cookies, sends the token against foreign sites back as a script of the site would. */
public final class Browser {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String base;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Browser(String base) {
        this.base = base;
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response, JsonNode body) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return response.body();
        }

        String rule() {
            return body.path("rule").asString("");
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        Answer expect(int status) {
            if (status() != status) {
                throw new AssertionError("expected " + status + " but got " + status() + ": " + text());
            }
            return this;
        }

        Answer expect(int status, String rule) {
            expect(status);
            if (!rule.equals(rule())) {
                throw new AssertionError("expected the rule " + rule + " but got: " + text());
            }
            if (!header("Content-Type").orElse("").startsWith("application/problem+json")) {
                throw new AssertionError(
                        "no problem document: " + response.headers().map());
            }
            return this;
        }
    }

    Answer signIn(String username, String password) {
        get("/login");
        return postForm("/login", Map.of("username", username, "password", password));
    }

    Answer postForm(String path, Map<String, String> fields) {
        var form = new StringBuilder();
        fields.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return send(
                "POST",
                path,
                BodyPublishers.ofString(form.toString()),
                withCsrf(Map.of("Content-Type", "application/x-www-form-urlencoded")));
    }

    Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody(), Map.of());
    }

    Answer get(String path, Map<String, String> headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    Answer post(String path, @Nullable Object body) {
        return json("POST", path, body, Map.of());
    }

    Answer put(String path, @Nullable Object body) {
        return json("PUT", path, body, Map.of());
    }

    Answer put(String path, @Nullable Object body, long ifMatch) {
        return json("PUT", path, body, Map.of("If-Match", "\"" + ifMatch + "\""));
    }

    /** @param body JSON text, an object to be written as JSON, or null */
    Answer json(String method, String path, @Nullable Object body, Map<String, String> headers) {
        var all = new LinkedHashMap<>(headers);
        if (body == null) {
            return send(method, path, BodyPublishers.noBody(), withCsrf(all));
        }
        all.putIfAbsent("Content-Type", "application/json");
        String text = body instanceof String given ? given : JSON.writeValueAsString(body);
        return send(method, path, BodyPublishers.ofString(text), withCsrf(all));
    }

    /** Exactly these headers, and the cookies. */
    Answer send(String method, String path, BodyPublisher body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body);
        headers.forEach(request::header);
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response, parsed(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Map<String, String> withCsrf(Map<String, String> headers) {
        if (cookie("XSRF-TOKEN").isEmpty()) {
            get("/login");
        }
        var all = new LinkedHashMap<>(headers);
        cookie("XSRF-TOKEN").ifPresent(token -> all.put("X-XSRF-TOKEN", token));
        return all;
    }

    Optional<String> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    /** Puts a cookie into the browser, as an attacker who can might. */
    void plant(String name, String value) {
        var cookie = new HttpCookie(name, value);
        cookie.setPath("/");
        cookie.setVersion(0);
        // as if the server had set it: it must be the same cookie, not a second one
        cookie.setDomain(URI.create(base).getHost());
        cookies.getCookieStore().add(URI.create(base), cookie);
    }

    private static JsonNode parsed(@Nullable String body) {
        try {
            return body == null || body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
