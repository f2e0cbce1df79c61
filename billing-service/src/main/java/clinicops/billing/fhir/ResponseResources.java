package clinicops.billing.fhir;

import java.util.Date;
import java.util.List;
import org.bson.Document;

/** Answered claims and decided authorizations as FHIR ClaimResponses. An answer never changes: it has one version. */
final class ResponseResources {
    private static final String PAYMENT_TYPE = "http://terminology.hl7.org/CodeSystem/ex-paymenttype";

    private final ClaimResources claims;
    private final String payerClaimNumber;

    ResponseResources(FhirBase base, ClaimResources claims) {
        this.claims = claims;
        payerClaimNumber = base.identifierSystem("payer-claim-number");
    }

    /** Whether the payer answered. */
    static boolean answered(Document stored) {
        return ClaimResources.isClaim(stored)
                ? stored.get("answer") != null
                : List.of("GRANTED", "DENIED").contains(stored.getString("status"));
    }

    /** @param stored an answered claim or a decided authorization */
    byte[] json(Document stored) {
        try (FhirJson json = FhirJson.resource()) {
            write(json, stored);
            return json.bytes();
        }
    }

    /** @param stored an answered claim or a decided authorization */
    void write(FhirJson json, Document stored) {
        if (ClaimResources.isClaim(stored)) {
            writeRemittance(json, stored, stored.get("answer", Document.class));
        } else {
            writeDecision(json, stored);
        }
    }

    private void writeRemittance(FhirJson json, Document stored, Document answer) {
        String id = begin(json, stored);
        json.list("identifier").begin();
        json.identifier(payerClaimNumber, answer.getString("payerClaimNumber"));
        json.end().endList();
        status(json, stored, "claim").day("created", answer.getDate("decidedOn"));
        request(json, stored, id);
        boolean denied = "DENIED".equals(answer.getString("outcome"));
        json.text("disposition", denied ? "Denied" : "Paid");
        long paid = cents(answer, "paid");
        long submitted = paid;
        json.list("adjudication").begin();
        json.concept("category", ClaimResponseReader.ADJUDICATION, "benefit").money("amount", paid);
        json.end();
        for (Document adjustment : answer.getList("adjustments", Document.class)) {
            long amount = cents(adjustment, "amount");
            submitted = Math.addExact(submitted, amount);
            json.begin().concept("category", ClaimResponseReader.GROUPS, adjustment.getString("group"));
            json.concept("reason", ClaimResponseReader.REASONS, adjustment.getString("reason"));
            json.money("amount", amount).end();
        }
        json.endList().list("total");
        total(json, "submitted", submitted);
        total(json, "benefit", paid);
        json.endList();
        if (paid > 0) {
            json.begin("payment").concept("type", PAYMENT_TYPE, "complete").money("amount", paid);
            json.end();
        }
        json.end();
    }

    private void writeDecision(FhirJson json, Document stored) {
        String id = begin(json, stored);
        status(json, stored, "preauthorization").time("created", stored.getDate("decidedAt"));
        request(json, stored, id);
        Document grant = stored.get("grant", Document.class);
        json.text("disposition", grant == null ? "Denied" : "Granted");
        if (grant != null) {
            json.text("preAuthRef", grant.getString("number"));
            json.begin("preAuthPeriod")
                    .day("start", grant.getDate("validFrom"))
                    .day("end", grant.getDate("validTo"))
                    .end();
        }
        json.list("item").begin().number("itemSequence", 1).list("adjudication").begin();
        if (grant == null) {
            json.concept("category", ClaimResponseReader.ADJUDICATION, "eligible");
            json.concept("reason", ClaimResponseReader.REASONS, stored.getString("denialReason"));
            json.number("value", 0);
        } else {
            json.concept("category", ClaimResponseReader.ADJUDICATION, "eligible");
            json.number("value", grant.getInteger("units"));
        }
        json.end().endList().end().endList().end();
    }

    private static String begin(FhirJson json, Document stored) {
        String id = stored.getString("_id");
        json.begin().text("resourceType", "ClaimResponse").text("id", id);
        json.begin("meta").text("versionId", ClaimResources.ONLY_VERSION).end();
        return id;
    }

    private static FhirJson status(FhirJson json, Document stored, String use) {
        json.text("status", "active");
        ClaimResources.type(json);
        return json.text("use", use).reference("patient", "Patient", stored.getString("patientId"));
    }

    private void request(FhirJson json, Document stored, String id) {
        claims.insurer(json, "insurer", stored.getString("payerCode"));
        claims.provider(json, "requestor");
        json.reference("request", "Claim", id).text("outcome", "complete");
    }

    private static void total(FhirJson json, String category, long cents) {
        json.begin().concept("category", ClaimResponseReader.ADJUDICATION, category);
        json.money("amount", cents).end();
    }

    private static long cents(Document holder, String field) {
        return holder.get(field, Document.class).get("cents", Number.class).longValue();
    }

    /** When the payer answered, for the order of pages: the request's own time, which both collections have an index for. */
    static Date position(Document stored) {
        Date submitted = stored.getDate("submittedAt");
        return submitted == null ? stored.getDate("requestedAt") : submitted;
    }

    /** The fields that a ClaimResponse is made of, in either collection. */
    static final List<String> FIELDS = List.of(
            "patientId",
            "sessionId",
            "payerCode",
            "status",
            "answer",
            "grant",
            "denialReason",
            "decidedAt",
            "submittedAt",
            "requestedAt");
}
