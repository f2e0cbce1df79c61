package clinicops.billing.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.IssueSeverity;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.jspecify.annotations.Nullable;

/**
 * HAPI's instance validator over a text, against FHIR R4 itself, offline. Heavy to begin with (seconds, and some 250 MB), so it
 * is made once, when it is first asked.
 */
final class InstanceValidation {
    private static final int MOST_ISSUES = 50;

    private final FhirContext fhir;
    private @Nullable FhirValidator made;

    InstanceValidation(FhirContext fhir) {
        this.fhir = fhir;
    }

    /** What is wrong with the text; empty when it is sound. Warnings are not told. */
    List<FhirIssue> issues(String raw) {
        return validator().validateWithResult(raw).getMessages().stream()
                .filter(message -> message.getSeverity() == ResultSeverityEnum.ERROR
                        || message.getSeverity() == ResultSeverityEnum.FATAL)
                .limit(MOST_ISSUES)
                .map(InstanceValidation::issue)
                .toList();
    }

    private static FhirIssue issue(SingleValidationMessage message) {
        return new FhirIssue(IssueType.INVALID, "fhir-r4", message.getMessage(), message.getLocationString());
    }

    private synchronized FhirValidator validator() {
        FhirValidator validator = made;
        if (validator == null) {
            var unknownSystems = new UnknownCodeSystemWarningValidationSupport(fhir);
            // X12's and the AMA's codes are not published as code systems; the door checks those that it knows itself
            unknownSystems.setNonExistentCodeSystemSeverity(IssueSeverity.WARNING);
            var instances = new FhirInstanceValidator(new ValidationSupportChain(
                    new DefaultProfileValidationSupport(fhir),
                    new CommonCodeSystemsTerminologyService(fhir),
                    new InMemoryTerminologyServerValidationSupport(fhir),
                    unknownSystems));
            instances.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
            instances.setAssumeValidRestReferences(true);
            instances.setAnyExtensionsAllowed(true);
            validator = fhir.newValidator().registerValidatorModule(instances);
            made = validator;
        }
        return validator;
    }
}
