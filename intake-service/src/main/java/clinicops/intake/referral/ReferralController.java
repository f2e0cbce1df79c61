package clinicops.intake.referral;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Referrals", description = "Where patients come from")
class ReferralController {
    static final String FHIR_JSON = "application/fhir+json";

    private final ReferralImport referrals;
    private final CsvReferrals csv;
    private final FhirReferrals fhir;

    ReferralController(ReferralImport referrals, CsvReferrals csv, FhirReferrals fhir) {
        this.referrals = referrals;
        this.csv = csv;
        this.fhir = fhir;
    }

    @PostMapping(
            value = "/api/referrals/import",
            consumes = {"text/csv", FHIR_JSON})
    @Operation(
            summary = "Import referrals from CSV or from a FHIR Bundle",
            description = """
                    Either form under the same rules, and with the same answer. The referrer's own key makes it repeatable: a
                    referral whose key is known is counted as already there and changes nothing. What is wrong is reported with
                    line, field and rule and stops no other referral: missing, too-long, format, encoding, unknown-code, date,
                    in-the-future, too-long-ago, unknown-zone, phone, needed-for-email-ok, needed-for-sms-ok, needed-for-payer,
                    needed-for-plan. Errors: 413 `body-too-large`, over 5 MB; 415 for any other content type.

                    **text/csv**: UTF-8, comma, RFC 4180 quotes, one row a line, a header that names each column once:
                    `system,id,given_name,family_name,birth_date,sex,email,phone,zone,language,email_ok,sms_ok,indication,urgency,referred_on,payer_code,plan,member_id`.
                    `system` and `id` are the key. Dates are ISO days that have come; sex female, male, other, unknown; language
                    en, es; email_ok and sms_ok yes or no; phone with country code, or a US number; zone an IANA zone; an empty
                    payer_code means self-pay, else member_id is needed. For a whole line also columns, quotes, too-long.
                    Errors: 400 `csv-empty`, `csv-header`.

                    **application/fhir+json**: a FHIR R4 Bundle of type collection, batch or transaction (one bad patient stops
                    no other in any of them) with Patients and, referring to these by fullUrl or Patient/id, their Conditions,
                    Coverages and, if there are any, ServiceRequests and QuestionnaireResponses. `line` is the position of the Patient's entry, `field` a
                    FHIRPath such as `Bundle.entry[3].resource.birthDate`. Key: Patient.identifier, official or usual before
                    others. Permission to write is the extension `urn:clinicops:fhir:may-contact` (boolean) on a telecom; without
                    it there is none. Time zone: extension `http://hl7.org/fhir/StructureDefinition/timezone` on an address, else
                    the clinic's; language: the preferred communication, else English. Indication: the first active Condition
                    whose ICD-10-CM code the clinic treats, one that the ServiceRequest names as its reason first. Payer: of the
                    active Coverages the one with the least order; payor by identifier, or a contained Organization, or display;
                    plan from class; member id from subscriberId; a Patient as payor pays themselves. ServiceRequest: priority
                    and authoredOn; else routine, and today. QuestionnaireResponse: of one of the clinic's questionnaires (by
                    `urn:clinicops:instrument:{id}` or LOINC) it becomes an assessment, scored when it is completed; others are set
                    aside. Rules of the form: unknown-field, type, empty, choice, too-many,
                    number, reference, duplicate, resource-type, method, modifier, inactive, deceased, replaced,
                    condition-needed, fhir, item-unknown, item-repeated, answer-unknown, answer-contradiction,
                    assessment-incomplete. Errors: 400 `malformed-json`, `duplicate-field`, `json-limits`, `body-required`,
                    `bundle` or the rule that a field of the Bundle breaks; 422 `bundle-type`, `bundle-empty`.""",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                                @Content(
                                        mediaType = FHIR_JSON,
                                        schema = @Schema(type = "object", description = "FHIR R4 Bundle"))
                            }))
    ImportReport load(
            @RequestHeader(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) MediaType form,
            HttpServletRequest request)
            throws IOException {
        boolean bundle = form.isCompatibleWith(MediaType.parseMediaType(FHIR_JSON));
        return referrals.load(bundle ? fhir : csv, request.getInputStream());
    }
}
