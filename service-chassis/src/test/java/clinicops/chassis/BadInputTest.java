package clinicops.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceTest;
import clinicops.chassis.testing.TestTokens;
import clinicops.chassis.tiny.TinyService;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.node.MissingNode;

@ServiceTest(database = "tiny", service = TinyService.class)
@ExtendWith(OutputCaptureExtension.class)
class BadInputTest {
    private static final String GOOD = """
            {"label":"honey","colour":"CLEAR","size":3,"price":1.50,"bestBefore":"2027-01-31"}""";

    @Autowired
    ApplicationContext context;

    private ServiceDoor nurse() {
        return ServiceDoor.of(context).as("nora", Role.NURSE);
    }

    @Test
    void takesWhatIsRight() {
        var answer = nurse().post("/api/jars", GOOD).expect(201);
        assertThat(answer.version()).isZero();
        assertThat(answer.body().path("label").asString()).isEqualTo("honey");
    }

    @ParameterizedTest(name = "{0} -> {1} in {2}")
    @CsvSource(delimiter = '|', textBlock = """
            {"label":"honey"                                     | malformed-json  |
            {"label":"honey"} {"more":1}                          | not-null        | size
            GOOD {"more":1}                                       | malformed-json  |
            []                                                    | type            |
            QUOTED                                                | type            |
            null                                                  | body-required   |
            {"label":"a","label":"b"}                             | duplicate-field |
            GOOD+{"surprise":1}                                   | unknown-field   | surprise
            GOOD+{"label":7}                                      | type            | label
            GOOD+{"label":null}                                   | not-blank       | label
            GOOD+{"label":""}                                     | not-blank       | label
            GOOD+{"label":"far too long for any label"}           | size            | label
            GOOD+{"label":"nul\\u0000"}                           | text            | label
            GOOD+{"label":"half \\ud83d"}                         | text            | label
            GOOD+{"colour":"PURPLE"}                              | enum            | colour
            GOOD+{"colour":0}                                     | enum            | colour
            GOOD+{"colour":""}                                    | enum            | colour
            GOOD+{"size":"3"}                                     | type            | size
            GOOD+{"size":3.0}                                     | type            | size
            GOOD+{"size":true}                                    | type            | size
            GOOD+{"size":null}                                    | not-null        | size
            GOOD+{"size":101}                                     | max             | size
            GOOD+{"size":99999999999}                             | type            | size
            GOOD-size                                             | not-null        | size
            GOOD-price                                            | not-null        | price
            GOOD-colour                                           | not-null        | colour
            GOOD+{"price":null}                                   | not-null        | price
            GOOD+{"price":"1.50"}                                 | type            | price
            GOOD+{"price":1e999999999}                            | type            | price
            GOOD+{"bestBefore":"2027-02-30"}                      | date            | bestBefore
            GOOD+{"bestBefore":"tomorrow"}                        | date            | bestBefore
            GOOD+{"bestBefore":""}                                | date            | bestBefore
            GOOD+{"bestBefore":20270131}                          | date            | bestBefore
            GOOD+{"bestBefore":[2027,1,31]}                       | date            | bestBefore
            GOOD+{"bestBefore":"+99999-01-01"}                    | date            | bestBefore
            GOOD+{"filledAt":1700000000}                          | date            | filledAt
            GOOD+{"lids":[{"material":"tin"},{}]}                 | not-null        | lids[1].material
            GOOD+{"lids":[null]}                                  | not-null        | lids[0]
            GOOD+{"lids":{"material":"tin"}}                      | type            | lids
            """)
    void refusesBodiesWithFieldAndRule(String body, String rule, String field) {
        var answer = nurse().post("/api/jars", json(body)).expect(400, rule);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.field()).as(answer.text()).isEqualTo(field == null ? "" : field);
        assertThat(answer.body().path("type").asString()).isEqualTo("urn:clinicops:problem:" + rule);
    }

    private static String json(String spec) {
        String good = GOOD.strip();
        if (spec.startsWith("GOOD-")) {
            return good.replaceAll("\"" + spec.substring(5) + "\":[^,}]+,", "");
        }
        if (spec.startsWith("GOOD+{")) {
            String field = spec.substring(6, spec.length() - 1);
            String name = field.substring(0, field.indexOf(':'));
            String rest = good.replaceAll(name + ":[^,}]+,?", "").replace(",}", "}");
            return rest.substring(0, rest.length() - 1) + "," + field + "}";
        }
        return spec.replace("GOOD", good).replace("QUOTED", "\"text\"");
    }

    @Test
    void namesEveryWrongFieldAtOnce() {
        var answer = nurse().post("/api/jars", """
                {"label":"","size":500,"price":1,"bestBefore":"2027-01-31"}""").expect(400);
        assertThat(answer.body().path("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("label", "size", "colour");
        assertThat(answer.body().has("field")).isFalse();
    }

    @Test
    void namesTheRuleOfTheClinic() {
        var answer = nurse().post("/api/jars", GOOD.replace("honey", "arsenic")).expect(422, "no-poison");
        assertThat(answer.field()).isEqualTo("label");
        nurse().delete("/api/jars/7").expect(409, "jar-in-use");
        nurse().get("/api/jars/7").expect(404, "not-found");
    }

    @Test
    void refusesWhatNoRouteTakes() {
        nurse().get("/api/nothing").expect(404, "no-such-route");
        nurse().get("/").expect(404, "no-such-route");
        assertThat(nurse().send("PATCH", "/api/jars/7", GOOD)
                        .expect(405, "method-not-allowed")
                        .headers()
                        .firstValue("Allow"))
                .hasValue("DELETE, GET, PUT");
        nurse().post("/api/jars").expect(400, "body-required");
        nurse().postText("/api/jars", "text/plain", "honey").expect(415, "unsupported-media-type");
        nurse().with("Accept", "application/pdf").get("/api/jars").expect(406, "not-acceptable");
    }

    @Test
    void refusesWrongParameters() {
        assertThat(nurse().get("/api/jars?limit=many").expect(400, "type").field())
                .isEqualTo("limit");
        assertThat(nurse().get("/api/jars?limit=0").expect(400, "limit").field())
                .isEqualTo("limit");
        assertThat(nurse().get("/api/jars?cursor=%25%25").expect(400, "cursor").field())
                .isEqualTo("cursor");
        assertThat(nurse().get("/api/jars?colour=PURPLE").expect(400, "enum").field())
                .isEqualTo("colour");
        assertThat(nurse().get("/api/broken").expect(400, "required").field()).isEqualTo("times");
        assertThat(nurse().get("/api/broken?times=1&on=2027-02-30")
                        .expect(400, "date")
                        .field())
                .isEqualTo("on");
        assertThat(ServiceDoor.of(context)
                        .as("ada", Role.AUDITOR)
                        .get("/api/audit?from=yesterday")
                        .expect(400, "date")
                        .field())
                .isEqualTo("from");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1000000000-12-31T23:59:59Z",
                "-1000000000-01-01T00:00:00Z",
                "3000-01-01T00:00:00Z",
                "1849-12-31T23:59:59Z",
                "2026-02-30T00:00:00Z"
            })
    void refusesTimesInTheQueryThatAreNoTimesOfAClinic(String time) {
        assertThat(ServiceDoor.of(context)
                        .as("ada", Role.AUDITOR)
                        .get("/api/audit?from=" + URLEncoder.encode(time, StandardCharsets.UTF_8))
                        .expect(400, "date")
                        .field())
                .isEqualTo("from");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31", "-999999999-01-01", "3000-01-01", "1849-12-31", "1/31/27"})
    void refusesDatesInQueryAndPathThatAreNoDatesOfAClinic(String date) {
        String encoded = URLEncoder.encode(date, StandardCharsets.UTF_8);
        assertThat(nurse().get("/api/broken?times=1&on=" + encoded)
                        .expect(400, "date")
                        .field())
                .isEqualTo("on");
        if (!date.contains("/")) {
            nurse().get("/api/jars/filled-on/" + encoded).expect(400, "date");
        }
    }

    @Test
    void takesSensibleDatesInQueryAndPath() {
        var auditor = ServiceDoor.of(context).as("ada", Role.AUDITOR);
        auditor.get("/api/audit?from=1850-01-01T00:00:00Z&to=2999-12-31T23:59:59Z")
                .expect(200);
        auditor.get("/api/audit?from=&to=").expect(200);
        assertThat(nurse().get("/api/jars/filled-on/2026-03-31").expect(200).text())
                .contains("2026-03-31");
    }

    @Test
    void refusesPathsThatNoSoundClientSends() {
        for (String path :
                new String[] {"/api/jars/%00", "/api//jars", "/api/jars/%2e%2e/x", "/api/jars;x=1", "/api/jars/%2F"}) {
            var answer = nurse().get(path);
            assertThat(answer.status()).as(path + " " + answer.text()).isBetween(400, 499);
            assertThat(answer.headers().firstValue("Content-Type")).as(path).hasValue("application/problem+json");
        }
    }

    @Test
    void refusesBodiesOverOneMegabyteAndCsvOverFive() {
        String long1 = GOOD.replace("honey", "x".repeat(1_100_000));
        nurse().post("/api/jars", long1).expect(413, "body-too-large");
        nurse().with("Content-Type", "application/json")
                .exchange(
                        "POST",
                        "/api/jars",
                        BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(long1.getBytes(StandardCharsets.UTF_8))))
                .expect(413, "body-too-large");
        nurse().postText("/api/jars/import", "text/csv", "x".repeat(4_000_000)).expect(200);
        nurse().postText("/api/jars/import", "text/csv", "x".repeat(6_000_000)).expect(413, "body-too-large");
        nurse().with("Content-Type", "text/csv")
                .exchange(
                        "POST",
                        "/api/jars/import",
                        BodyPublishers.ofInputStream(() ->
                                new ByteArrayInputStream("x".repeat(6_000_000).getBytes(StandardCharsets.UTF_8))))
                .expect(413, "body-too-large");
    }

    @Test
    void keepsTextAsItWasWritten() {
        var answer =
                nurse().post("/api/jars", GOOD.replace("honey", "Zoë 🍯 \\n")).expect(201);
        assertThat(answer.body().path("label").asString()).isEqualTo("Zoë 🍯 \n");
    }

    @Test
    void tellsNothingOfWhatBrokeButWhereToLook(CapturedOutput log) {
        var answer = nurse().get("/api/broken?times=1").expect(500, "internal");
        assertThat(answer.text()).doesNotContain("Jane").doesNotContain("Exception");
        assertThat(log.getAll()).contains(answer.body().path("incident").asString());
        assertThat(log.getAll()).doesNotContain("Jane");
    }

    @Test
    void carriesTheCorrelationId() {
        assertThat(nurse().with("X-Correlation-Id", "call-7")
                        .get("/api/jars")
                        .headers()
                        .firstValue("X-Correlation-Id"))
                .hasValue("call-7");
        assertThat(nurse().with("X-Correlation-Id", "<script>")
                        .get("/api/jars")
                        .headers()
                        .firstValue("X-Correlation-Id"))
                .hasValueSatisfying(id -> assertThat(id).doesNotContain("<"));
        assertThat(ServiceDoor.of(context).get("/api/jars").headers().firstValue("X-Correlation-Id"))
                .isPresent();
    }

    @Test
    void pagesToTheEnd() {
        for (int i = 0; i < 5; i++) {
            nurse().post("/api/jars", GOOD).expect(201);
        }
        int seen = 0;
        String cursor = "";
        do {
            var page = nurse().get("/api/jars?limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .expect(200)
                    .body();
            assertThat(page.path("items").size()).isBetween(1, 2);
            seen += page.path("items").size();
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        int all = nurse().get("/api/jars?limit=200")
                .expect(200)
                .body()
                .path("items")
                .size();
        assertThat(seen).isEqualTo(all).isGreaterThanOrEqualTo(5);
    }

    @Test
    void neverBlamesItselfForWhatTheCallerSent() throws Exception {
        var answers = new LinkedHashMap<String, ServiceDoor.Answer>();
        answers.put("deep nesting", nurse().post("/api/jars", "[".repeat(5_000)));
        answers.put("deep value", nurse().post("/api/jars", GOOD.strip().replace("\"honey\"", "[".repeat(3_000))));
        answers.put("long number", nurse().post("/api/jars", GOOD.replace("1.50", "1".repeat(5_000))));
        answers.put("long fraction", nurse().post("/api/jars", GOOD.replace("1.50", "0." + "1".repeat(900))));
        answers.put("not a number", nurse().post("/api/jars", GOOD.replace("1.50", "NaN")));
        for (String type : new String[] {
            "application/json;charset=nonsense",
            "application/json;charset=utf-16",
            "nonsense",
            "application/xml",
            "text/csv",
            "multipart/form-data",
            "application/x-www-form-urlencoded"
        }) {
            answers.put(type, nurse().with("Content-Type", type).send("POST", "/api/jars", GOOD));
        }
        for (String accept : new String[] {"nonsense", "text/html", "*/*;q=0", "application/json;q=x"}) {
            answers.put(accept, nurse().with("Accept", accept).get("/api/jars/7"));
        }
        for (String query : new String[] {
            "limit=%ff", "limit=1&limit=2", "limit=1e9", "limit=99999999999", "cursor=%00", "cursor=gA", "x=%zz"
        }) {
            answers.put(query, raw("GET /api/jars?" + query + " HTTP/1.1"));
        }
        answers.put("bar", raw("GET /api/jars/a|b HTTP/1.1"));
        answers.put("no request line", raw("NONSENSE"));
        answers.put("method", raw("STEAL /api/jars HTTP/1.1"));
        answers.put("trace", raw("TRACE /api/jars HTTP/1.1"));
        answers.put("climb", raw("GET /api/../../etc/passwd HTTP/1.1"));
        answers.put(
                "bytes",
                nurse().with("Content-Type", "application/json")
                        .exchange("POST", "/api/jars", BodyPublishers.ofByteArray(new byte[] {
                            '{', '"', (byte) 0xff, '"', ':', '1', '}'
                        })));
        answers.put("options", nurse().send("OPTIONS", "/api/jars", null));
        answers.put("unread if-match", nurse().with("If-Match", "W/\"0\"").put("/api/jars/7", "{\"label\":\"x\"}"));

        var broken = new ArrayList<String>();
        answers.forEach((what, answer) -> {
            if (answer.status() >= 500) {
                broken.add(what + " -> " + answer.status() + " " + answer.text());
            } else if (answer.status() >= 400
                    && !answer.headers().firstValue("Content-Type").orElse("").equals("application/problem+json")) {
                broken.add(what + " -> " + answer.status() + " as "
                        + answer.headers().map() + answer.text());
            }
        });
        assertThat(broken).isEmpty();
    }

    /** What no HTTP library would send. */
    private ServiceDoor.Answer raw(String requestLine) throws Exception {
        int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            String token = TestTokens.bearer("nora", "tiny", Role.NURSE);
            String request = requestLine + "\r\nHost: x\r\nAuthorization: " + token + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = all.indexOf("\r\n\r\n");
            var lines = all.substring(0, end).split("\r\n");
            var headers = new HashMap<String, List<String>>();
            for (int i = 1; i < lines.length; i++) {
                var parts = lines[i].split(": ", 2);
                headers.put(parts[0], List.of(parts[1]));
            }
            return new ServiceDoor.Answer(
                    Integer.parseInt(lines[0].split(" ")[1]),
                    HttpHeaders.of(headers, (name, value) -> true),
                    MissingNode.getInstance(),
                    all.substring(end));
        }
    }
}
