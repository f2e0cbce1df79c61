package clinicops.billing.fhir;

import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;

/** The door refuses a request and says why: an {@code OperationOutcome} of that status. */
final class FhirRefusal extends RuntimeException {
    private final int status;
    private final transient List<FhirIssue> issues;

    FhirRefusal(int status, List<FhirIssue> issues) {
        super(issues.isEmpty() ? "refused" : issues.getFirst().rule());
        this.status = status;
        this.issues = List.copyOf(issues);
    }

    FhirRefusal(int status, IssueType type, String rule, String text, @Nullable String expression) {
        this(status, List.of(new FhirIssue(type, rule, text, expression)));
    }

    /** 400: a query parameter or header that can't be understood. */
    static FhirRefusal parameter(String name, String rule, String text) {
        return new FhirRefusal(400, IssueType.INVALID, rule, name + ": " + text, "http." + name);
    }

    /** 422: the resource breaks a rule. */
    static FhirRefusal rule(String rule, String text, @Nullable String expression) {
        return new FhirRefusal(422, IssueType.BUSINESSRULE, rule, text, expression);
    }

    int status() {
        return status;
    }

    List<FhirIssue> issues() {
        return issues;
    }
}
