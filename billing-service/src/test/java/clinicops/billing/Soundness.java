package clinicops.billing;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/** HAPI's whole instance validator, as an outsider would run it over what the clinic sends. */
final class Soundness {
    private static final FhirValidator VALIDATOR = validator();

    private Soundness() {}

    private static FhirValidator validator() {
        FhirContext fhir = FhirContext.forR4Cached();
        var unknownSystems = new UnknownCodeSystemWarningValidationSupport(fhir);
        unknownSystems.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.WARNING);
        return fhir.newValidator()
                .registerValidatorModule(new FhirInstanceValidator(new ValidationSupportChain(
                        new DefaultProfileValidationSupport(fhir),
                        new CommonCodeSystemsTerminologyService(fhir),
                        new InMemoryTerminologyServerValidationSupport(fhir),
                        unknownSystems)));
    }

    static void require(String resource) {
        assertThat(VALIDATOR.validateWithResult(resource).getMessages())
                .as(resource)
                .filteredOn(found -> found.getSeverity() == ResultSeverityEnum.ERROR
                        || found.getSeverity() == ResultSeverityEnum.FATAL)
                .isEmpty();
    }
}
