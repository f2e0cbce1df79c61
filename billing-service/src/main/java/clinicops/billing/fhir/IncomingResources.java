package clinicops.billing.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what insurers send, as strictly as their registration says. */
@Component
class IncomingResources {
    private static final int LONGEST_SCALE = 100;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final FhirContext fhir;
    private final StrictShape shape;
    private final InstanceValidation validation;

    IncomingResources(FhirContext fhir) {
        this.fhir = fhir;
        shape = new StrictShape(fhir);
        validation = new InstanceValidation(fhir);
    }

    /**
     * Checks and parses a body. Callers that are {@linkplain FhirCaller#validated validated} go through the instance validator,
     * over the text, since a parsed resource no longer shows what was dropped; the others through {@link StrictShape}.
     *
     * @param raw the text as it came
     * @throws FhirRefusal 400 when it is no JSON, 422 with every issue and its FHIRPath when it is no sound resource
     */
    <R extends Resource> R read(Class<R> type, @Nullable String raw, FhirCaller caller) {
        JsonNode tree = parsed(raw);
        String name = type.getSimpleName();
        if (!tree.path("resourceType").asString("").equals(name)) {
            throw new FhirRefusal(422, IssueType.INVALID, "resource-type", "must be a " + name, name);
        }
        refuseEndlessNumbers(tree, name);
        String text = String.valueOf(raw);
        List<FhirIssue> issues = caller.validated() ? validation.issues(text) : shape.issues(type, tree);
        if (!issues.isEmpty()) {
            throw new FhirRefusal(422, issues);
        }
        try {
            return fhir.newJsonParser()
                    .setParserErrorHandler(new StrictErrorHandler())
                    .parseResource(type, text);
        } catch (DataFormatException | IllegalArgumentException malformed) {
            throw new FhirRefusal(422, IssueType.STRUCTURE, "malformed-resource", "is no sound " + name, name);
        }
    }

    /** A few characters can name a number of a billion digits, which the parsers would write out. */
    private static void refuseEndlessNumbers(JsonNode node, String path) {
        if (node.isObject()) {
            node.properties().forEach(field -> refuseEndlessNumbers(field.getValue(), path + "." + field.getKey()));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                refuseEndlessNumbers(node.get(i), path + "[" + i + "]");
            }
        } else if (node.isBigDecimal() && Math.abs((long) node.decimalValue().scale()) > LONGEST_SCALE) {
            throw new FhirRefusal(422, IssueType.VALUE, "number-range", "has too many digits", path);
        }
    }

    private static JsonNode parsed(@Nullable String raw) {
        if (raw == null || raw.isBlank()) {
            throw new FhirRefusal(400, IssueType.STRUCTURE, "body-required", "the request needs a body", null);
        }
        try {
            return JSON.readTree(raw);
        } catch (JacksonException malformed) {
            throw new FhirRefusal(400, IssueType.STRUCTURE, "malformed-json", "is not valid JSON", null);
        }
    }

    /** Does everything once, so that the first insurer of the day does not wait for classes and profiles to load. */
    void warmUp(String sample) {
        parsed(sample);
        validation.issues(sample);
    }
}
