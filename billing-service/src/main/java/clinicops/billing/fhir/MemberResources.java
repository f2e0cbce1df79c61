package clinicops.billing.fhir;

import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Stored coverages as FHIR Coverages, and the patients behind them as FHIR Patients. */
final class MemberResources {
    private static final String IDENTIFIER_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203";
    private static final String MEMBER_NUMBER = "MB";
    private static final String COVERAGE_CLASS = "http://terminology.hl7.org/CodeSystem/coverage-class";

    private final String memberId;
    private final ClaimResources claims;

    MemberResources(FhirBase base, ClaimResources claims) {
        this.claims = claims;
        memberId = base.identifierSystem("member-id");
    }

    /** @param stored from {@code coverages} */
    void writeCoverage(FhirJson json, Document stored) {
        Document benefits = stored.get("benefits", Document.class);
        boolean active = benefits == null || benefits.getBoolean("active", true);
        String member = stored.getString("memberId");
        json.begin().text("resourceType", "Coverage").text("id", stored.getString("_id"));
        json.begin("meta").text("versionId", version(stored)).end();
        identifiers(json, List.of(member));
        json.text("status", active ? "active" : "cancelled").textIfAny("subscriberId", member);
        json.reference("beneficiary", "Patient", stored.getString("patientId"));
        json.list("payor");
        claims.insurerItem(json, stored.getString("payerCode"));
        json.endList();
        String plan = stored.getString("plan");
        if (plan != null && !plan.isBlank()) {
            json.list("class").begin().concept("type", COVERAGE_CLASS, "plan").text("value", plan);
            json.end().endList();
        }
        json.number("order", stored.getInteger("rank")).end();
    }

    static String version(Document stored) {
        return String.valueOf(stored.get("version", Number.class).longValue());
    }

    /**
     * @param patient from {@code patients}; null when no fact of the patient arrived yet
     * @param memberIds of the coverages that the asking payer gave the patient
     */
    void writePatient(FhirJson json, String id, @Nullable Document patient, List<String> memberIds) {
        json.begin().text("resourceType", "Patient").text("id", id);
        identifiers(json, memberIds);
        String given = patient == null ? null : patient.getString("givenName");
        String family = patient == null ? null : patient.getString("familyName");
        if (given != null || family != null) {
            json.list("name").begin().textIfAny("family", family);
            if (given != null && !given.isBlank()) {
                json.list("given").item(given).endList();
            }
            json.end().endList();
        }
        json.end();
    }

    private void identifiers(FhirJson json, List<String> memberIds) {
        var known = memberIds.stream().filter(id -> !id.isBlank()).distinct().toList();
        if (known.isEmpty()) {
            return;
        }
        json.list("identifier");
        for (String id : known) {
            json.begin().concept("type", IDENTIFIER_TYPE, MEMBER_NUMBER);
            json.identifier(memberId, id).end();
        }
        json.endList();
    }

    String memberIdSystem() {
        return memberId;
    }
}
