package clinicops.staffweb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser tab that looks on: reads server-sent events as they come, until it or the server ends it. */
final class LiveReader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** @param id null when the event had none */
    record Told(@Nullable String id, String event, JsonNode data) {
        boolean about(String patientId) {
            return data.path("patientId").asString("").equals(patientId);
        }

        List<String> types() {
            return data.path("types").valueStream().map(JsonNode::asString).toList();
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpResponse<InputStream> response;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    private LiveReader(String url, Browser browser, @Nullable String lastEventId) {
        var request = HttpRequest.newBuilder(URI.create(url + "/api/live"))
                .header("Accept", "text/event-stream")
                .header("Cookie", "clinicops=" + browser.cookie("clinicops").orElse(""));
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    static LiveReader of(String url, Browser browser) {
        return new LiveReader(url, browser, null);
    }

    static LiveReader of(String url, Browser browser, String lastEventId) {
        return new LiveReader(url, browser, lastEventId);
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    List<Told> told() {
        return List.copyOf(told);
    }

    List<Told> about(String patientId) {
        return told.stream().filter(one -> one.about(patientId)).toList();
    }

    Told await(String event) {
        return await(one -> one.event().equals(event));
    }

    Told await(Predicate<Told> fits) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> told.stream().filter(fits).findFirst(), java.util.Optional::isPresent)
                .orElseThrow();
    }

    void awaitHeartbeats(int more) {
        long before = heartbeats();
        Awaitility.await().atMost(PATIENCE).until(() -> heartbeats() >= before + more);
    }

    void awaitEnd() {
        Awaitility.await().atMost(PATIENCE).until(() -> ended);
    }

    boolean ended() {
        return ended;
    }

    private long heartbeats() {
        return told.stream().filter(one -> one.event().equals("heartbeat")).count();
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = null;
            String event = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    event = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && !event.isEmpty()) {
                    told.add(new Told(id, event, JsonMapper.shared().readTree(data)));
                    id = null;
                    event = "";
                }
            }
        } catch (IOException e) {
            // closed by either side
        } finally {
            ended = true;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
