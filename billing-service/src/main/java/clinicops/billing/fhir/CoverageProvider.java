package clinicops.billing.fhir;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import clinicops.billing.fhir.SearchQuery.After;
import clinicops.chassis.Audit;
import clinicops.chassis.NotFound;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/** Coverages by the calling insurer, as the clinic has them on file. */
@Component
public class CoverageProvider implements IResourceProvider {
    static final Set<String> PARAMETERS = Set.of("_id", "beneficiary", "identifier", "patient");

    private final InsurerMembers members;
    private final MemberResources resources;
    private final FhirBase base;
    private final Audit audit;

    CoverageProvider(InsurerMembers members, MemberResources resources, FhirBase base, Audit audit) {
        this.members = members;
        this.resources = resources;
        this.base = base;
        this.audit = audit;
    }

    @Override
    public Class<Coverage> getResourceType() {
        return Coverage.class;
    }

    /** One coverage. */
    @Read
    public Coverage read(@IdParam IdType id, ServletRequestDetails request) throws IOException {
        Document found = members.coverage(FhirCaller.current().payerCode(), id.getIdPart())
                .orElseThrow(() -> new NotFound("coverage", id.getIdPart()));
        audit.read("read-coverage", "coverage/" + found.getString("_id"), found.getString("patientId"));
        try (FhirJson json = FhirJson.resource()) {
            resources.writeCoverage(json, found);
            Searchset.send(request, json.bytes(), MemberResources.version(found));
        }
        var answered = new Coverage();
        answered.setId(id);
        return answered;
    }

    /** A page of coverages. */
    @Search(allowUnknownParams = true)
    public Bundle search(ServletRequestDetails request) throws IOException {
        SearchQuery query = SearchQuery.of(request, PARAMETERS, base);
        String patient = query.reference("patient", "Patient");
        String beneficiary = query.reference("beneficiary", "Patient");
        if (patient != null && beneficiary != null) {
            throw FhirRefusal.parameter("beneficiary", "given-twice", "is the same as patient");
        }
        List<Document> rows = members.coverages(
                FhirCaller.current().payerCode(),
                query.ids(),
                patient == null ? beneficiary : patient,
                query.identifiers("identifier", resources.memberIdSystem()),
                query.after(),
                query.count() + 1);
        audit.readList(
                "list-coverages",
                Searchset.shown(rows, query).stream()
                        .map(row -> row.getString("patientId"))
                        .toList());
        return Searchset.answer(
                request,
                base,
                query,
                "Coverage",
                rows,
                row -> row.getString("_id"),
                row -> new After(0, row.getString("_id")),
                resources::writeCoverage);
    }
}
