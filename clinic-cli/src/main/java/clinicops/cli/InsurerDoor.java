package clinicops.cli;

import clinicops.cli.FrontDoor.Answer;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An insurer's program at the clinic's FHIR door: it proves who it is by its own key (SMART backend services), gets a token for
 * some minutes and a new one before that is over, and speaks FHIR R4 in JSON.
 *
 * <p>Rides out what is down for a while, as {@link FrontDoor} does. Everything that it sends may be sent again: it reads, and an
 * answer to a claim is the same answer the second time.
 */
public final class InsurerDoor {
    private static final String FHIR = "application/fhir+json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    /** Of the longest that the clinic takes, five minutes, leaving room for clocks that differ. */
    private static final Duration ASSERTION = Duration.ofMinutes(4);
    /** A token is renewed so long before it ends. */
    private static final Duration EARLY = Duration.ofSeconds(45);
    /** Not the demo's movable clock: tokens live by the world's. */
    private static final InstantSource SYSTEM = InstantSource.system();

    private final List<URI> copies;
    private final String clientId;
    private final JWK key;
    private final AtomicInteger turn = new AtomicInteger();
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private @Nullable String tokenEndpoint;
    private @Nullable Token token;

    private record Token(String value, Instant renewAt) {}

    /**
     * @param copies addresses of the front door; one or more
     * @param clientId that the clinic gave the insurer at its registration
     * @param key the insurer's own, private half included, with its {@code kid}: RSA (RS384) or EC P-384 (ES384)
     */
    public InsurerDoor(List<URI> copies, String clientId, JWK key) {
        this.copies = List.copyOf(copies);
        this.clientId = clientId;
        this.key = key;
    }

    /**
     * Has an administrator register an insurer with the public half of its key.
     *
     * @param validation {@code validated}: what it sends is checked against FHIR R4 in whole; {@code strict}: its shape and the
     *     clinic's own rules
     */
    public static InsurerDoor registered(
            FrontDoor admin, List<URI> copies, String name, String payerCode, String validation, JWK key) {
        JsonNode insurer = admin.post(
                "/api/insurers",
                Map.of(
                        "name",
                        name,
                        "payerCode",
                        payerCode,
                        "validation",
                        validation,
                        "jwks",
                        Map.of("keys", List.of(key.toPublicJWK().toJSONObject()))));
        return new InsurerDoor(copies, insurer.path("id").asString(), key);
    }

    public String clientId() {
        return clientId;
    }

    /**
     * A resource or a Bundle.
     *
     * @param path behind {@code /fhir/}: {@code Claim/123}
     */
    public JsonNode get(String path) {
        return require("GET", path, send("GET", "/fhir/" + path, null));
    }

    /**
     * Every resource that a search finds, page by page.
     *
     * @param search {@code Claim?answered=false}
     */
    public List<JsonNode> all(String search) {
        List<JsonNode> found = new ArrayList<>();
        String next = "/fhir/" + search;
        while (!next.isEmpty()) {
            JsonNode page = require("GET", search, send("GET", next, null));
            page.path("entry").forEach(entry -> found.add(entry.path("resource")));
            next = page.path("link")
                    .valueStream()
                    .filter(link -> link.path("relation").asString().equals("next"))
                    .map(link -> behindAnyCopy(link.path("url").asString()))
                    .findFirst()
                    .orElse("");
        }
        return found;
    }

    /** Sends a ClaimResponse; the stored one comes back, whether it is the first time or a repetition. */
    public JsonNode answer(Map<String, ?> claimResponse) {
        return require(
                "POST",
                "ClaimResponse",
                send("POST", "/fhir/ClaimResponse", FrontDoor.JSON.writeValueAsString(claimResponse)));
    }

    /** Links carry the public address; several copies are asked in turn all the same. */
    private static String behindAnyCopy(String link) {
        URI uri = URI.create(link);
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    private static JsonNode require(String method, String what, Answer answer) {
        if (!answer.ok()) {
            throw new CommandFailed(method + " " + what + " at the FHIR door answered " + answer.status() + ": "
                    + answer.body().path("issue"));
        }
        return answer.body();
    }

    private synchronized Answer send(String method, String path, @Nullable String resource) {
        boolean refused = false;
        FrontDoor.Patience patience = new FrontDoor.Patience(copies);
        while (true) {
            Answer answer = once(method, path, resource, Map.of("Authorization", "Bearer " + token()), FHIR);
            if (answer.status() == 401 && !refused) {
                refused = true;
                token = null;
            } else if (!answer.outcomeUnknown() && !changedMeanwhile(answer) || patience.isOver(answer)) {
                return answer;
            } else {
                FrontDoor.pause();
            }
        }
    }

    private static boolean changedMeanwhile(Answer answer) {
        return answer.status() == 409
                && answer.body()
                        .at("/issue/0/details/coding/0/code")
                        .asString("")
                        .equals("stale-version");
    }

    /** An access token that is good for a while yet. */
    public synchronized String bearer() {
        return token();
    }

    private String token() {
        Token current = token;
        if (current == null || !SYSTEM.instant().isBefore(current.renewAt())) {
            current = freshToken();
            token = current;
        }
        return current.value();
    }

    private Token freshToken() {
        FrontDoor.Patience patience = new FrontDoor.Patience(copies);
        while (true) {
            Instant asked = SYSTEM.instant();
            // each try with an assertion of its own: one is good for one time, and the first may have been taken
            Answer answer = once("POST", "/oauth2/token", form(asked), Map.of(), FORM);
            if (answer.ok()) {
                Duration lives =
                        Duration.ofSeconds(answer.body().path("expires_in").asLong());
                return new Token(
                        answer.body().path("access_token").asString(),
                        asked.plus(lives).minus(EARLY));
            }
            if (!answer.outcomeUnknown() || patience.isOver(answer)) {
                throw new CommandFailed("no token for insurer " + clientId + ": " + answer.status() + " "
                        + answer.body().path("error_description").asString(""));
            }
            FrontDoor.pause();
        }
    }

    private String form(Instant now) {
        return Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_assertion_type",
                        ASSERTION_TYPE,
                        "client_assertion",
                        assertion(now))
                .entrySet()
                .stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** A JWT that says "this is me", for the clinic's token endpoint alone. */
    private String assertion(Instant now) {
        boolean ec = key instanceof ECKey;
        var header = new JWSHeader.Builder(ec ? JWSAlgorithm.ES384 : JWSAlgorithm.RS384)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build();
        var claims = new JWTClaimsSet.Builder()
                .issuer(clientId)
                .subject(clientId)
                .audience(tokenEndpoint())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(ASSERTION)))
                .build();
        try {
            var jwt = new SignedJWT(header, claims);
            jwt.sign(ec ? new ECDSASigner(key.toECKey()) : new RSASSASigner(key.toRSAKey()));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new CommandFailed("cannot sign an assertion: " + e.getMessage());
        }
    }

    /** The public address, whatever address the program itself reaches the clinic at. */
    private String tokenEndpoint() {
        String known = tokenEndpoint;
        if (known != null) {
            return known;
        }
        FrontDoor.Patience patience = new FrontDoor.Patience(copies);
        while (true) {
            Answer answer = once("GET", "/fhir/.well-known/smart-configuration", null, Map.of(), FORM);
            if (answer.ok()) {
                known = answer.body().path("token_endpoint").asString();
                tokenEndpoint = known;
                return known;
            }
            if (!answer.outcomeUnknown() || patience.isOver(answer)) {
                throw new CommandFailed("no SMART configuration at " + copies + ": " + answer.status());
            }
            FrontDoor.pause();
        }
    }

    private Answer once(
            String method, String path, @Nullable String body, Map<String, String> headers, String contentType) {
        URI copy = copies.get(Math.floorMod(turn.getAndIncrement(), copies.size()));
        var request = HttpRequest.newBuilder(copy.resolve(path))
                .timeout(FrontDoor.PATIENCE)
                .header("Accept", contentType.equals(FHIR) ? FHIR : "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        if (body != null) {
            request.header("Content-Type", contentType);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), null, FrontDoor.json(response.body()));
        } catch (IOException e) {
            return new Answer(0, null, FrontDoor.JSON.missingNode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }
}
