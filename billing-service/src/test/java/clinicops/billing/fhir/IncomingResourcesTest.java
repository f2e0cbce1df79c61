package clinicops.billing.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What comes in is read whole or refused, with the path of every fault. */
class IncomingResourcesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final IncomingResources INCOMING = new IncomingResources(FhirContext.forR4Cached());
    private static final FhirCaller STRICT = new FhirCaller("c", "P", false, Set.of());
    private static final FhirCaller VALIDATED = new FhirCaller("c", "P", true, Set.of());
    private static final String SAMPLE = sample();

    private static String sample() {
        try (var in = IncomingResourcesTest.class.getResourceAsStream("/billing/claim-response-sample.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FhirRefusal refusal(String raw, FhirCaller caller) {
        return catchThrowableOfType(FhirRefusal.class, () -> INCOMING.read(ClaimResponse.class, raw, caller));
    }

    @Test
    void readsASoundAnswerEitherWay() {
        assertThat(INCOMING.read(ClaimResponse.class, SAMPLE, STRICT).getAdjudication())
                .hasSize(2);
        assertThat(INCOMING.read(ClaimResponse.class, SAMPLE, VALIDATED).getPreAuthRef())
                .isNull();
    }

    /** A place in the sample: the pointer to its holder, its name there, and its FHIRPath. */
    record Place(String holder, String name, String path) {
        @Override
        public String toString() {
            return path;
        }
    }

    static Stream<Place> everyField() {
        var places = new ArrayList<Place>();
        collect(JSON.readTree(SAMPLE), "", "ClaimResponse", places);
        return places.stream();
    }

    private static void collect(JsonNode node, String pointer, String path, List<Place> places) {
        if (node instanceof ObjectNode object) {
            for (var property : object.properties()) {
                String name = property.getKey();
                if (name.equals("resourceType")) {
                    continue;
                }
                places.add(new Place(pointer, name, path + "." + name));
                collect(property.getValue(), pointer + "/" + name, path + "." + name, places);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                collect(array.get(i), pointer + "/" + i, path + "[" + i + "]", places);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyField")
    void namesTheFieldThatIsMalformed(Place place) {
        // neither a number, a text nor any element has this form; then what is nothing, and what is twice itself
        for (String wrong : List.of("{\"a b\":1}", "[[]]", "null", "\"\"", "[]", "{}")) {
            ObjectNode resource = (ObjectNode) JSON.readTree(SAMPLE);
            holder(resource, place).set(place.name(), JSON.readTree(wrong));

            FhirRefusal refusal = refusal(resource.toString(), STRICT);

            assertThat(refusal).as("%s = %s", place, wrong).isNotNull();
            assertThat(refusal.status()).isEqualTo(422);
            assertThat(refusal.issues()).as("%s = %s", place, wrong).anySatisfy(issue -> assertThat(issue.expression())
                    .startsWith(place.path()));
        }
    }

    @ParameterizedTest
    @MethodSource("everyField")
    void namesTheFieldThatR4DoesNotHave(Place place) {
        ObjectNode resource = (ObjectNode) JSON.readTree(SAMPLE);
        holder(resource, place).put("colour", "red");

        FhirRefusal refusal = refusal(resource.toString(), STRICT);

        String holder = place.path().substring(0, place.path().lastIndexOf('.'));
        assertThat(refusal.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.rule()).isEqualTo("unknown-element");
            assertThat(issue.expression()).isEqualTo(holder + ".colour");
        });
    }

    private static ObjectNode holder(ObjectNode resource, Place place) {
        return (ObjectNode) (place.holder().isEmpty() ? resource : resource.at(place.holder()));
    }

    @ParameterizedTest
    @CsvSource({
        "status, ClaimResponse.status",
        "type, ClaimResponse.type",
        "use, ClaimResponse.use",
        "patient, ClaimResponse.patient",
        "created, ClaimResponse.created",
        "insurer, ClaimResponse.insurer",
        "outcome, ClaimResponse.outcome",
    })
    void namesTheFieldThatIsMissing(String field, String path) {
        ObjectNode resource = (ObjectNode) JSON.readTree(SAMPLE);
        resource.remove(field);

        assertThat(refusal(resource.toString(), STRICT).issues())
                .singleElement()
                .satisfies(issue -> {
                    assertThat(issue.rule()).isEqualTo("required");
                    assertThat(issue.expression()).isEqualTo(path);
                });
        assertThat(refusal(resource.toString(), VALIDATED).status()).isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status | \"done\" | ClaimResponse.status",
                "created | \"2026-02-30\" | ClaimResponse.created",
                "created | \"yesterday\" | ClaimResponse.created",
                "outcome | \"fine\" | ClaimResponse.outcome",
                "modifierExtension | [{\"url\":\"http://x\",\"valueBoolean\":true}] | ClaimResponse.modifierExtension",
                "patient | {\"reference\":5} | ClaimResponse.patient.reference",
                "disposition | \"\\u0000\" | ClaimResponse.disposition",
                "contained | [{\"resourceType\":\"Gift\"}] | ClaimResponse.contained[0].resourceType",
                "contained | [{\"resourceType\":\"Patient\",\"active\":\"yes\"}] | ClaimResponse.contained[0].active",
            })
    void namesTheValueThatItsTypeDoesNotAllow(String field, String value, String path) {
        ObjectNode resource = (ObjectNode) JSON.readTree(SAMPLE);
        resource.set(field, JSON.readTree(value));

        assertThat(refusal(resource.toString(), STRICT).issues())
                .anySatisfy(issue -> assertThat(issue.expression()).isEqualTo(path));
    }

    @Test
    void theValidatorSeesWhatAParsedResourceHides() {
        FhirRefusal refusal = refusal(SAMPLE.replace("\"outcome\"", "\"colour\":\"red\",\"outcome\""), VALIDATED);

        assertThat(refusal.status()).isEqualTo(422);
        assertThat(refusal.issues()).anySatisfy(issue -> {
            assertThat(issue.text()).contains("colour");
            assertThat(issue.expression()).startsWith("ClaimResponse");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"a\":1,}", "{\"resourceType\":\"ClaimResponse\"} {}", "<ClaimResponse/>"})
    void refusesWhatIsNoJson(String raw) {
        for (FhirCaller caller : List.of(STRICT, VALIDATED)) {
            assertThat(refusal(raw, caller).status()).isEqualTo(400);
        }
    }

    @Test
    void refusesAFieldGivenTwiceAndABottomlessText() {
        assertThat(refusal(SAMPLE.replace("\"outcome\"", "\"outcome\":\"error\",\"outcome\""), STRICT)
                        .status())
                .isEqualTo(400);
        assertThat(refusal("[".repeat(100_000), STRICT).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "5",
                "null",
                "\"text\"",
                "{}",
                "{\"resourceType\":\"Claim\"}",
                "{\"resourceType\":[\"ClaimResponse\"]}"
            })
    void refusesAnotherResource(String raw) {
        assertThatThrownBy(() -> INCOMING.read(ClaimResponse.class, raw, STRICT))
                .isInstanceOfSatisfying(FhirRefusal.class, refused -> {
                    assertThat(refused.status()).isEqualTo(422);
                    assertThat(refused.issues().getFirst().rule()).isEqualTo("resource-type");
                });
    }
}
