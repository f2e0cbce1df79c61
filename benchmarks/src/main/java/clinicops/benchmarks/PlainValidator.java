package clinicops.benchmarks;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.IssueSeverity;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;

/** HAPI's instance validator with the door's settings, and nothing round it. */
final class PlainValidator {
    private final FhirValidator validator;

    PlainValidator() {
        FhirContext fhir = FhirContext.forR4();
        var unknownSystems = new UnknownCodeSystemWarningValidationSupport(fhir);
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
    }

    /** @throws IllegalStateException when the validator finds an error */
    void requireSound(String resource) {
        validator.validateWithResult(resource).getMessages().stream()
                .filter(m -> m.getSeverity() == ResultSeverityEnum.ERROR || m.getSeverity() == ResultSeverityEnum.FATAL)
                .findFirst()
                .ifPresent(m -> {
                    throw new IllegalStateException(m.getLocationString() + ": " + m.getMessage());
                });
    }
}
