package clinicops.billing.fhir;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import clinicops.billing.fhir.InsurerClaims.Wanted;
import clinicops.billing.fhir.SearchQuery.After;
import clinicops.billing.fhir.SearchQuery.Period;
import clinicops.chassis.Audit;
import clinicops.chassis.NotFound;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/** The calling insurer's answers, whoever brought them: itself through this door, or a biller who typed them. */
@Component
public class ClaimResponseReading {
    static final Set<String> PARAMETERS = Set.of("_id", "patient", "request");

    private final InsurerClaims claims;
    private final ResponseResources resources;
    private final FhirBase base;
    private final Audit audit;

    ClaimResponseReading(InsurerClaims claims, ResponseResources resources, FhirBase base, Audit audit) {
        this.claims = claims;
        this.resources = resources;
        this.base = base;
        this.audit = audit;
    }

    /** The answer to one claim, whose id it has. */
    @Read(type = ClaimResponse.class)
    public ClaimResponse read(@IdParam IdType id, ServletRequestDetails request) throws IOException {
        Document found = claims.one(FhirCaller.current().payerCode(), id.getIdPart(), ResponseResources.FIELDS)
                .filter(ResponseResources::answered)
                .orElseThrow(() -> new NotFound("claim-response", id.getIdPart()));
        audit.read(
                "read-claim-response",
                (ClaimResources.isClaim(found) ? "claim/" : "authorization/") + found.getString("_id"),
                found.getString("patientId"));
        Searchset.send(request, resources.json(found), ClaimResources.ONLY_VERSION);
        var answered = new ClaimResponse();
        answered.setId(id);
        return answered;
    }

    /** A page of answers, in the order of the claims. */
    @Search(type = ClaimResponse.class, allowUnknownParams = true)
    public Bundle search(ServletRequestDetails request) throws IOException {
        SearchQuery query = SearchQuery.of(request, PARAMETERS, base);
        String claim = query.reference("request", "Claim");
        List<String> ids = query.ids();
        if (claim != null) {
            ids = ids == null || ids.contains(claim) ? List.of(claim) : List.of();
        }
        List<Document> rows = claims.page(new Wanted(
                FhirCaller.current().payerCode(),
                ids,
                query.reference("patient", "Patient"),
                true,
                Period.ALWAYS,
                true,
                true,
                false,
                query.after(),
                query.count() + 1,
                ResponseResources.FIELDS));
        audit.readList(
                "list-claim-responses",
                Searchset.shown(rows, query).stream()
                        .map(row -> row.getString("patientId"))
                        .toList());
        return Searchset.answer(
                request,
                base,
                query,
                "ClaimResponse",
                rows,
                row -> row.getString("_id"),
                row -> new After(ResponseResources.position(row).getTime(), row.getString("_id")),
                resources::write);
    }
}
