package clinicops.billing.fhir;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import clinicops.billing.fhir.InsurerClaims.Wanted;
import clinicops.billing.fhir.SearchQuery.After;
import clinicops.billing.fhir.SearchQuery.Period;
import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.NotFound;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Claims and prior authorizations that the clinic sent to the calling insurer. */
@Component
public class ClaimProvider implements IResourceProvider {
    static final Set<String> PARAMETERS =
            Set.of("_id", "_lastUpdated", "_sort", "answered", "created", "identifier", "patient", "status", "use");
    private static final Set<String> STATUSES = Set.of("active", "cancelled", "draft", "entered-in-error");
    private static final Set<String> USES = Set.of("claim", "preauthorization", "predetermination");

    private final InsurerClaims claims;
    private final ClaimResources resources;
    private final FhirBase base;
    private final BusinessClock clock;
    private final Audit audit;

    ClaimProvider(InsurerClaims claims, ClaimResources resources, FhirBase base, BusinessClock clock, Audit audit) {
        this.claims = claims;
        this.resources = resources;
        this.base = base;
        this.clock = clock;
        this.audit = audit;
    }

    @Override
    public Class<Claim> getResourceType() {
        return Claim.class;
    }

    /** One claim; the answer is written here, so that HAPI has nothing to encode. */
    @Read
    public Claim read(@IdParam IdType id, ServletRequestDetails request) throws IOException {
        Document found = claims.one(FhirCaller.current().payerCode(), id.getIdPart(), ClaimResources.FIELDS)
                .orElseThrow(() -> new NotFound("claim", id.getIdPart()));
        audit.read(
                "read-claim",
                (ClaimResources.isClaim(found) ? "claim/" : "authorization/") + found.getString("_id"),
                found.getString("patientId"));
        try (FhirJson json = FhirJson.resource()) {
            resources.write(json, found);
            Searchset.send(request, json.bytes(), ClaimResources.ONLY_VERSION);
        }
        var answered = new Claim();
        answered.setId(id);
        return answered;
    }

    /** A page of claims, oldest first unless asked otherwise. */
    @Search(allowUnknownParams = true)
    public Bundle search(ServletRequestDetails request) throws IOException {
        SearchQuery query = SearchQuery.of(request, PARAMETERS, base);
        List<Document> rows = claims.page(wanted(query));
        audit.readList(
                "list-claims",
                Searchset.shown(rows, query).stream()
                        .map(row -> row.getString("patientId"))
                        .toList());
        return Searchset.answer(
                request,
                base,
                query,
                "Claim",
                rows,
                row -> row.getString("_id"),
                ClaimProvider::position,
                resources::write);
    }

    private Wanted wanted(SearchQuery query) {
        Set<String> statuses = query.codes("status", STATUSES);
        Set<String> uses = query.codes("use", USES);
        // every claim here is active: none is ever drafted or taken back
        boolean any = statuses == null || statuses.contains("active");
        Period created =
                query.period("created", clock.clinicZone()).and(query.period("_lastUpdated", clock.clinicZone()));
        return new Wanted(
                FhirCaller.current().payerCode(),
                both(query.ids(), query.identifiers("identifier", base.identifierSystem("claim"))),
                query.reference("patient", "Patient"),
                query.flag("answered"),
                created,
                any && (uses == null || uses.contains("claim")),
                any && (uses == null || uses.contains("preauthorization")),
                query.newestFirst(),
                query.after(),
                query.count() + 1,
                ClaimResources.FIELDS);
    }

    private static @Nullable List<String> both(@Nullable List<String> these, @Nullable List<String> those) {
        if (these == null || those == null) {
            return these == null ? those : these;
        }
        return these.stream().filter(those::contains).toList();
    }

    private static After position(Document row) {
        return new After(ResponseResources.position(row).getTime(), row.getString("_id"));
    }
}
