package clinicops.billing.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.StrictErrorHandler;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** Reads what insurers send, as strictly as their registration says. */
@Component
class IncomingResources {
    private final FhirContext fhir;

    IncomingResources(FhirContext fhir) {
        this.fhir = fhir;
    }

    /**
     * Checks and parses a body. Callers that are {@linkplain FhirCaller#validated validated} go through the instance validator;
     * all go through strict parsing, which refuses what it doesn't know.
     *
     * @param raw the text as it came
     * @throws FhirRefusal 400 when it is no JSON, 422 with every issue and its FHIRPath when it is no sound resource
     */
    <R extends Resource> R read(Class<R> type, String raw, FhirCaller caller) {
        try {
            return fhir.newJsonParser()
                    .setParserErrorHandler(new StrictErrorHandler())
                    .parseResource(type, raw);
        } catch (DataFormatException malformed) {
            throw new FhirRefusal(400, IssueType.STRUCTURE, "malformed-resource", "not a sound resource", null);
        }
    }
}
