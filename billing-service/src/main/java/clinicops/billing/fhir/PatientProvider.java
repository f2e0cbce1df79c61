package clinicops.billing.fhir;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import clinicops.billing.fhir.InsurerMembers.Member;
import clinicops.billing.fhir.SearchQuery.After;
import clinicops.chassis.Audit;
import clinicops.chassis.NotFound;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** The patients whom the calling insurer covers: member numbers and the name, nothing else that the clinic knows. */
@Component
public class PatientProvider implements IResourceProvider {
    static final Set<String> PARAMETERS = Set.of("_id", "identifier");

    private final InsurerMembers members;
    private final MemberResources resources;
    private final FhirBase base;
    private final Audit audit;

    PatientProvider(InsurerMembers members, MemberResources resources, FhirBase base, Audit audit) {
        this.members = members;
        this.resources = resources;
        this.base = base;
        this.audit = audit;
    }

    @Override
    public Class<Patient> getResourceType() {
        return Patient.class;
    }

    /** One insured patient. */
    @Read
    public Patient read(@IdParam IdType id, ServletRequestDetails request) throws IOException {
        Member found = members.member(FhirCaller.current().payerCode(), id.getIdPart())
                .orElseThrow(() -> new NotFound("patient", id.getIdPart()));
        audit.read("read-patient", "patient/" + found.patientId(), found.patientId());
        try (FhirJson json = FhirJson.resource()) {
            write(json, found);
            Searchset.send(request, json.bytes(), null);
        }
        var answered = new Patient();
        answered.setId(id);
        return answered;
    }

    /** A page of insured patients. */
    @Search(allowUnknownParams = true)
    public Bundle search(ServletRequestDetails request) throws IOException {
        SearchQuery query = SearchQuery.of(request, PARAMETERS, base);
        List<Member> rows = members.members(
                FhirCaller.current().payerCode(),
                query.ids(),
                query.identifiers("identifier", resources.memberIdSystem()),
                query.after(),
                query.count() + 1);
        audit.readList(
                "list-patients",
                Searchset.shown(rows, query).stream().map(Member::patientId).toList());
        return Searchset.answer(
                request,
                base,
                query,
                "Patient",
                rows,
                Member::patientId,
                row -> new After(0, row.patientId()),
                this::write);
    }

    private void write(FhirJson json, Member member) {
        resources.writePatient(json, member.patientId(), member.patient(), member.memberIds());
    }
}
