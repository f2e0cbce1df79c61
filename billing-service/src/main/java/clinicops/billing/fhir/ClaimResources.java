package clinicops.billing.fhir;

import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.SerializedString;

/**
 * Stored claims and prior authorizations as FHIR Claims. Neither ever changes after it was sent, whatever becomes of it: the
 * answer is a ClaimResponse. So each has one version only.
 */
final class ClaimResources {
    static final String ONLY_VERSION = "1";
    static final String ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm";
    private static final String CLAIM_TYPE = "http://terminology.hl7.org/CodeSystem/claim-type";
    private static final String PRIORITY = "http://terminology.hl7.org/CodeSystem/processpriority";
    private static final SerializedString CPT = new SerializedString("http://www.ama-assn.org/go/cpt");
    private static final SerializedString HCPCS =
            new SerializedString("http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets");
    private static final String NDC = "http://hl7.org/fhir/sid/ndc";
    private static final String PLACE_OF_SERVICE =
            "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set";
    private static final String OFFICE = "11";
    private static final String NPI = "http://hl7.org/fhir/sid/us-npi";

    private static final SerializedString PROFESSIONAL = concept(CLAIM_TYPE, "professional");
    private static final SerializedString NORMAL = concept(PRIORITY, "normal");
    private static final SerializedString IN_THE_OFFICE = concept(PLACE_OF_SERVICE, OFFICE);
    private static final SerializedString FIRST =
            FhirJson.always(json -> json.beginList().item(1).endList());

    private final SerializedString provider;
    private final String claimNumber;
    private final String payerCode;

    ClaimResources(FhirBase base, FhirSettings settings) {
        provider = FhirJson.always(json -> {
            json.begin().text("type", "Organization");
            json.begin("identifier").identifier(NPI, settings.npi()).end();
            json.text("display", settings.providerName()).end();
        });
        claimNumber = base.identifierSystem("claim");
        payerCode = base.identifierSystem("payer");
    }

    /** @param stored from {@code claims} or from {@code authorizations} */
    void write(FhirJson json, Document stored) {
        if (isClaim(stored)) {
            writeClaim(json, stored);
        } else {
            writePreauthorization(json, stored);
        }
    }

    static boolean isClaim(Document stored) {
        return stored.containsKey("sessionId");
    }

    private void writeClaim(FhirJson json, Document stored) {
        String diagnosis = stored.getString("diagnosisCode");
        begin(json, stored, "claim", stored.getDate("submittedAt"));
        diagnosis(json, diagnosis);
        insurance(json, stored.getString("coverageId"), stored.getString("authorizationNumber"));
        Date day = stored.getDate("serviceDate");
        long total = 0;
        json.list("item");
        int sequence = 0;
        for (Document line : stored.getList("lines", Document.class)) {
            long unitPrice = cents(line, "unitPrice");
            int units = line.getInteger("units");
            long net = Math.multiplyExact(unitPrice, units);
            total = Math.addExact(total, net);
            json.begin().number("sequence", ++sequence);
            if (diagnosis != null) {
                json.always("diagnosisSequence", FIRST);
            }
            String code = line.getString("code");
            json.begin("productOrService").list("coding").coding(codeSystem(code), code);
            String ndc = line.getString("ndc");
            if (ndc != null) {
                json.coding(NDC, ndc);
            }
            json.endList().textIfAny("text", line.getString("description")).end();
            json.day("servicedDate", day).always("locationCodeableConcept", IN_THE_OFFICE);
            json.begin("quantity").number("value", units).end();
            json.money("unitPrice", unitPrice).money("net", net).end();
        }
        json.endList().money("total", total).end();
    }

    private void writePreauthorization(FhirJson json, Document stored) {
        begin(json, stored, "preauthorization", stored.getDate("requestedAt"));
        diagnosis(json, stored.getString("diagnosisCode"));
        insurance(json, stored.getString("coverageId"), null);
        json.list("item").begin().number("sequence", 1);
        json.always("diagnosisSequence", FIRST);
        // what exactly is billed is known after the session only; a unit is an attended session
        json.begin("productOrService")
                .text("text", "Ketamine treatment session")
                .end();
        json.begin("quantity").number("value", stored.getInteger("unitsAsked")).end();
        json.end().endList().end();
    }

    private void begin(FhirJson json, Document stored, String use, Date created) {
        String id = stored.getString("_id");
        json.begin().text("resourceType", "Claim").text("id", id);
        json.begin("meta")
                .text("versionId", ONLY_VERSION)
                .time("lastUpdated", created)
                .end();
        json.list("identifier").begin().identifier(claimNumber, id).end().endList();
        json.text("status", "active").always("type", PROFESSIONAL);
        json.text("use", use).reference("patient", "Patient", stored.getString("patientId"));
        json.time("created", created);
        insurer(json, "insurer", stored.getString("payerCode"));
        provider(json, "provider");
        json.always("priority", NORMAL);
    }

    void insurer(FhirJson json, String name, String code) {
        json.begin(name);
        endInsurer(json, code);
    }

    void insurerItem(FhirJson json, String code) {
        json.begin();
        endInsurer(json, code);
    }

    private void endInsurer(FhirJson json, String code) {
        json.text("type", "Organization");
        json.begin("identifier").identifier(payerCode, code).end().end();
    }

    void provider(FhirJson json, String name) {
        json.always(name, provider);
    }

    static void type(FhirJson json) {
        json.always("type", PROFESSIONAL);
    }

    private static void diagnosis(FhirJson json, @Nullable String icd) {
        if (icd != null) {
            json.list("diagnosis").begin().number("sequence", 1);
            json.concept("diagnosisCodeableConcept", ICD_10_CM, icd).end().endList();
        }
    }

    private static void insurance(FhirJson json, String coverageId, @Nullable String authorizationNumber) {
        json.list("insurance").begin().number("sequence", 1).flag("focal", true);
        json.reference("coverage", "Coverage", coverageId);
        if (authorizationNumber != null) {
            json.list("preAuthRef").item(authorizationNumber).endList();
        }
        json.end().endList();
    }

    private static SerializedString concept(String system, String code) {
        return FhirJson.always(json -> json.begin().codings(system, code).end());
    }

    /** CPT codes begin with a digit, HCPCS level II codes with a letter. */
    private static SerializedString codeSystem(String code) {
        return Character.isDigit(code.charAt(0)) ? CPT : HCPCS;
    }

    private static long cents(Document holder, String field) {
        return holder.get(field, Document.class).get("cents", Number.class).longValue();
    }

    /** The fields that a Claim is made of, in either collection. */
    static final List<String> FIELDS = List.of(
            "patientId",
            "sessionId",
            "coverageId",
            "payerCode",
            "authorizationNumber",
            "diagnosisCode",
            "serviceDate",
            "lines.code",
            "lines.description",
            "lines.units",
            "lines.unitPrice.cents",
            "lines.ndc",
            "submittedAt",
            "requestedAt",
            "unitsAsked");
}
