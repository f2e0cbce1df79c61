package clinicops.billing.fhir;

import ca.uhn.fhir.rest.annotation.Metadata;
import ca.uhn.fhir.rest.server.RestfulServer;
import clinicops.chassis.BusinessClock;
import java.util.Date;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementKind;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.jspecify.annotations.Nullable;

/** What this door can do, no more and no less: written by hand, and compared with the door in its test. */
public final class FhirCapabilities {
    private static final String HL7 = "http://hl7.org/fhir/SearchParameter/";

    private final FhirBase base;
    private final FhirSettings settings;
    private final Date startedAt;

    FhirCapabilities(FhirBase base, FhirSettings settings, BusinessClock clock) {
        this.base = base;
        this.settings = settings;
        startedAt = Date.from(clock.instant());
    }

    /** HAPI hands itself over to whoever tells its capabilities, and complains when nobody takes it. */
    public void setRestfulServer(RestfulServer server) {
        // what is told here does not depend on it
    }

    /** The CapabilityStatement, which needs no token. */
    @Metadata
    public IBaseConformance statement() {
        var statement = new CapabilityStatement();
        statement
                .setName("ClinicopsInsurersDoor")
                .setTitle("Insurers' door of " + settings.providerName())
                .setStatus(PublicationStatus.ACTIVE)
                .setDate(startedAt)
                .setPublisher(settings.providerName())
                .setKind(CapabilityStatementKind.INSTANCE)
                .setFhirVersion(FHIRVersion._4_0_1)
                .addFormat("application/fhir+json")
                .addFormat("json");
        statement.getSoftware().setName("clinicops");
        statement.getImplementation().setDescription("Claims and their answers").setUrl(base.url());

        var rest = statement.addRest().setMode(RestfulCapabilityMode.SERVER);
        rest.setDocumentation(
                "Each insurer sees its own claims, members and coverages only. Dates without a zone are days of"
                        + " the clinic. _count is 20 unless given, and at most 100; follow the next links. POST to _search is taken"
                        + " too.");
        rest.getSecurity()
                .setDescription("Backend services: client_credentials with private_key_jwt at "
                        + base.tokenEndpoint() + "; see"
                        + " .well-known/smart-configuration. Scopes system/Claim.rs, system/ClaimResponse.crs,"
                        + " system/Patient.rs, system/Coverage.rs.")
                .addService()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/restful-security-service")
                .setCode("SMART-on-FHIR");

        var claim = readable(rest.addResource(), "Claim");
        parameter(claim, "_id", SearchParamType.TOKEN, HL7 + "Resource-id", null);
        parameter(claim, "_lastUpdated", SearchParamType.DATE, HL7 + "Resource-lastUpdated", null);
        parameter(
                claim,
                "answered",
                SearchParamType.TOKEN,
                base.url() + "/SearchParameter/Claim-answered",
                "true or false: whether there is a ClaimResponse to it. This server's own.");
        parameter(claim, "created", SearchParamType.DATE, HL7 + "Claim-created", "Also _sort=created and -created.");
        parameter(claim, "identifier", SearchParamType.TOKEN, HL7 + "Claim-identifier", null);
        parameter(claim, "patient", SearchParamType.REFERENCE, HL7 + "Claim-patient", null);
        parameter(claim, "status", SearchParamType.TOKEN, HL7 + "Claim-status", "All claims here are active.");
        parameter(claim, "use", SearchParamType.TOKEN, HL7 + "Claim-use", "claim or preauthorization.");

        var response = readable(rest.addResource(), "ClaimResponse");
        response.addInteraction().setCode(TypeRestfulInteraction.CREATE);
        response.setDocumentation(
                "A claim is answered once. The identifier is the payer's own number of the claim: the same"
                        + " answer sent again gets the first one's, another one is refused. Its id is the claim's.");
        parameter(response, "_id", SearchParamType.TOKEN, HL7 + "Resource-id", null);
        parameter(response, "patient", SearchParamType.REFERENCE, HL7 + "ClaimResponse-patient", null);
        parameter(response, "request", SearchParamType.REFERENCE, HL7 + "ClaimResponse-request", null);

        var coverage = readable(rest.addResource(), "Coverage");
        parameter(coverage, "_id", SearchParamType.TOKEN, HL7 + "Resource-id", null);
        parameter(coverage, "beneficiary", SearchParamType.REFERENCE, HL7 + "Coverage-beneficiary", null);
        parameter(coverage, "identifier", SearchParamType.TOKEN, HL7 + "Coverage-identifier", "The member number.");
        parameter(coverage, "patient", SearchParamType.REFERENCE, HL7 + "Coverage-patient", null);

        var patient = readable(rest.addResource(), "Patient");
        parameter(patient, "_id", SearchParamType.TOKEN, HL7 + "Resource-id", null);
        parameter(patient, "identifier", SearchParamType.TOKEN, HL7 + "Patient-identifier", "The member number.");
        return statement;
    }

    private static CapabilityStatementRestResourceComponent readable(
            CapabilityStatementRestResourceComponent resource, String type) {
        resource.setType(type)
                .setVersioning(ResourceVersionPolicy.NOVERSION)
                .addInteraction()
                .setCode(TypeRestfulInteraction.READ);
        resource.addInteraction().setCode(TypeRestfulInteraction.SEARCHTYPE);
        return resource;
    }

    private static void parameter(
            CapabilityStatementRestResourceComponent resource,
            String name,
            SearchParamType type,
            String definition,
            @Nullable String documentation) {
        resource.addSearchParam()
                .setName(name)
                .setType(type)
                .setDefinition(definition)
                .setDocumentation(documentation);
    }
}
