package clinicops.staffweb.clock;

import clinicops.chassis.Caller;
import clinicops.outbox.EventContext;
import clinicops.staffweb.clock.ClockView.ServiceClock;
import clinicops.staffweb.gateway.ClinicServices;
import clinicops.staffweb.token.TokenMint;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks with every service's clock, with a token minted for the call. */
@Component
class ServiceClocks {
    private static final Logger log = LoggerFactory.getLogger(ServiceClocks.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * What a service said.
     *
     * @param status 0 when it said nothing
     * @param body empty object when there was none
     */
    record Said(int status, JsonNode body) {
        boolean ok() {
            return status >= 200 && status < 300;
        }

        boolean refusedBy(String rule) {
            return rule.equals(body.path("rule").asString(""));
        }

        /** For the caller's eyes: what went wrong, in one word. */
        String outcome() {
            return status == 0 ? "no-answer" : body.path("rule").asString("status-" + status);
        }
    }

    private final Map<String, URI> services;
    private final TokenMint mint;
    private final RestClient client;
    private final JsonMapper json = JsonMapper.shared();

    ServiceClocks(ClinicServices services, TokenMint mint, CloseableHttpClient serviceHttpClient) {
        this.services = services.byName();
        this.mint = mint;
        var factory = new HttpComponentsClientHttpRequestFactory(serviceHttpClient);
        factory.setReadTimeout(PATIENCE);
        this.client = RestClient.builder().requestFactory(factory).build();
    }

    /** Each service's clock, asked at the same time. */
    Map<String, ServiceClock> read(Caller asking) {
        var clocks = new TreeMap<String, ServiceClock>();
        all(service -> call(asking, service, HttpMethod.GET, "/api/clock", null))
                .forEach((service, said) -> clocks.put(service, clock(said)));
        return clocks;
    }

    /** The same call to every service, at the same time. */
    Map<String, Said> toAll(Caller asking, HttpMethod method, String path, @Nullable Object body) {
        return all(service -> call(asking, service, method, path, body));
    }

    Said to(Caller asking, String service, HttpMethod method, String path, @Nullable Object body) {
        return call(asking, service, method, path, body);
    }

    private Map<String, Said> all(Function<String, Said> call) {
        String correlationId = Optional.ofNullable(EventContext.correlationId()).orElse("");
        var calls = new TreeMap<String, Future<Said>>();
        // closing the executor waits for all of them; a call never takes longer than its time-outs
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            services.keySet()
                    .forEach(service -> calls.put(service, executor.submit(() -> {
                        try (var _ = EventContext.open(correlationId, null)) {
                            return call.apply(service);
                        }
                    })));
        }
        var said = new TreeMap<String, Said>();
        calls.forEach((service, answer) -> said.put(service, answer.resultNow()));
        return said;
    }

    private Said call(Caller asking, String service, HttpMethod method, String path, @Nullable Object body) {
        URI base = services.get(service);
        if (base == null) {
            throw new IllegalArgumentException("there is no service " + service);
        }
        try {
            var request = client.method(method).uri(URI.create(base + path)).headers(headers -> {
                headers.setBearerAuth(mint.mint(asking, service));
                String correlationId = EventContext.correlationId();
                if (correlationId != null && !correlationId.isEmpty()) {
                    headers.set("X-Correlation-Id", correlationId);
                }
            });
            if (body != null) {
                request.contentType(MediaType.APPLICATION_JSON).body(json.writeValueAsBytes(body));
            }
            Said said = request.exchange((_, response) -> new Said(
                    response.getStatusCode().value(), parsed(response.getBody().readAllBytes())));
            return said == null ? new Said(0, json.createObjectNode()) : said;
        } catch (RuntimeException e) {
            log.warn("No answer from {} to {} {}: {}", service, method, path, e.toString());
            return new Said(0, json.createObjectNode());
        }
    }

    private JsonNode parsed(byte[] body) {
        try {
            return body.length == 0 ? json.createObjectNode() : json.readTree(body);
        } catch (JacksonException e) {
            return json.createObjectNode();
        }
    }

    static ServiceClock clock(Said said) {
        if (!said.ok()) {
            return ServiceClock.UNREACHABLE;
        }
        JsonNode body = said.body();
        return new ServiceClock(
                true,
                instant(body.path("now")),
                body.path("demo").asBoolean(false),
                instant(body.path("nextDueAt")),
                body.path("dueNow").asBoolean(true),
                body.path("unsentEvents").asLong(-1),
                body.path("consumerLag").asLong(-1));
    }

    private static @Nullable Instant instant(JsonNode node) {
        return node.isString() ? Instant.parse(node.asString()) : null;
    }
}
