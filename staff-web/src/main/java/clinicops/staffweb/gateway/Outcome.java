package clinicops.staffweb.gateway;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * FHIR's form of a problem, for what the front door itself refuses at the insurers' passage. The door behind it answers in the
 * same form.
 */
public record Outcome(String resourceType, List<Issue> issue) {
    static final MediaType MEDIA_TYPE = MediaType.parseMediaType("application/fhir+json;charset=utf-8");
    private static final String RULES = "urn:clinicops:problem";

    record Issue(String severity, String code, Details details) {}

    record Details(List<Coding> coding, String text) {}

    record Coding(String system, String code) {}

    /**
     * @param type FHIR's issue type, for example {@code invalid}
     * @param rule the rule's name in kebab case; programs go by it
     */
    static Outcome of(String type, String rule, String text) {
        return new Outcome(
                "OperationOutcome",
                List.of(new Issue("error", type, new Details(List.of(new Coding(RULES, rule)), text))));
    }

    /** A request that no sound client sends, refused before any passage was reached. */
    public static void malformed(HttpServletResponse response, JsonMapper json) throws IOException {
        write(response, json, 400, of("invalid", "malformed-request", "the request is malformed"));
    }

    static void write(HttpServletResponse response, JsonMapper json, int status, Outcome outcome) throws IOException {
        byte[] body = json.writeValueAsString(outcome).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE.toString());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
