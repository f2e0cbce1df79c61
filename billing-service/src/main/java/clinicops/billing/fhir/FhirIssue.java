package clinicops.billing.fhir;

import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param type FHIR's own word for it
 * @param rule the rule's name in kebab case; programs go by it
 * @param text for people; never repeats what was sent
 * @param expression FHIRPath of the field, or {@code http.<parameter or header>}; null when it is the request as a whole
 */
record FhirIssue(
        IssueType type, String rule, String text, @Nullable String expression) {}
