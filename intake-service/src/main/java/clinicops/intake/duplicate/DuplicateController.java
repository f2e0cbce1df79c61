package clinicops.intake.duplicate;

import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.intake.patient.Contact;
import clinicops.intake.patient.ContactRules;
import clinicops.intake.patient.Demographics;
import clinicops.intake.patient.Language;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientStatus;
import clinicops.intake.patient.PatientView;
import clinicops.intake.patient.Patients;
import clinicops.intake.patient.Sex;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Duplicates", description = "Patients who are probably one; merged by staff, reversibly")
class DuplicateController {
    private final DuplicateDesk desk;
    private final DuplicateSearch search;
    private final DuplicatePairs pairs;
    private final Patients patients;
    private final Audit audit;
    private final String phoneRegion;

    DuplicateController(
            DuplicateDesk desk,
            DuplicateSearch search,
            DuplicatePairs pairs,
            Patients patients,
            Audit audit,
            @Value("${clinicops.intake.phone-region}") String phoneRegion) {
        this.desk = desk;
        this.search = search;
        this.pairs = pairs;
        this.patients = patients;
        this.audit = audit;
        this.phoneRegion = phoneRegion;
    }

    /** One of two who are probably one. */
    record PossibleDuplicate(
            String patientId,
            String givenName,
            String familyName,
            LocalDate birthDate,
            Sex sex,
            @Schema(description = "E.164") @Nullable String phone,
            @Nullable String email,
            PatientStatus status,
            LocalDate referredOn) {
        static PossibleDuplicate of(Patient patient) {
            var who = patient.demographics();
            return new PossibleDuplicate(
                    patient.id(),
                    who.givenName(),
                    who.familyName(),
                    who.birthDate(),
                    who.sex(),
                    patient.contact().phone(),
                    patient.contact().email(),
                    patient.status(),
                    patient.referral().referredOn());
        }
    }

    /** Two patients who are probably one. */
    record DuplicatePairView(
            String id,
            @Schema(description = "0 to 1") double score,
            List<Likeness.Reason> reasons,
            Instant foundAt,
            List<PossibleDuplicate> patients) {}

    /** A patient who is probably the person in question. */
    record DuplicateCandidate(
            @Schema(description = "0 to 1") double score, List<Likeness.Reason> reasons, PossibleDuplicate patient) {}

    /** Patients who are probably the person in question, the most similar first. */
    record DuplicateCandidates(List<DuplicateCandidate> items) {}

    /** A person who may be a patient already. */
    record PersonRequest(
            @NotBlank @Size(max = 100) String givenName,
            @NotBlank @Size(max = 100) String familyName,
            @NotNull LocalDate birthDate,
            @Nullable @Size(max = 40) String phone,
            @Nullable @Size(max = 254) String email) {}

    /** Why staff decided so. */
    record DismissRequest(@NotBlank @Size(max = 500) String reason) {}

    /** Which patient is the same person, and why that is certain. */
    record MergeRequest(
            @NotBlank @Size(max = 50) String duplicateId,
            @NotBlank @Size(max = 500) String reason) {}

    @GetMapping("/api/duplicates")
    @Operation(summary = "List probable duplicates", description = """
                    Pairs that nobody has decided on yet, the most similar first; whoever is new or was put right is compared
                    within a second. Audited as one row. Errors: 400 `limit`, `cursor`.""")
    Page<DuplicatePairView> list(
            @Parameter(description = "1 to 200, default 50") @RequestParam(required = false) @Nullable Integer limit,
            @Parameter(description = "`nextCursor` of the page before") @RequestParam(required = false) @Nullable
                    String cursor) {
        int rows = Cursor.limit(limit);
        var page = Page.of(pairs.open(Cursor.of(cursor).after(), Limit.of(rows + 1)), rows, DuplicatePair::place);
        var ids =
                page.items().stream().flatMap(pair -> pair.patients().stream()).toList();
        var byId = byId(ids);
        audit.readList("list-duplicates", ids);
        return page.map(pair -> new DuplicatePairView(
                pair.id(),
                pair.score(),
                pair.reasons().stream().sorted().toList(),
                pair.foundAt(),
                pair.patients().stream()
                        .map(byId::get)
                        .filter(Objects::nonNull)
                        .map(PossibleDuplicate::of)
                        .toList()));
    }

    @PostMapping("/api/duplicates/candidates")
    @Operation(
            summary = "Ask who a person may be already",
            description =
                    "Before somebody is entered: patients who are probably that person. A POST, as names belong in no address. Audited as one row.")
    DuplicateCandidates candidates(@Valid @RequestBody PersonRequest person) {
        var reach = new Contact(
                person.email(),
                person.phone() == null
                        ? null
                        : ContactRules.e164(person.phone(), phoneRegion).orElse(null),
                "UTC",
                Language.EN,
                false,
                false);
        var who = new Demographics(person.givenName(), person.familyName(), person.birthDate(), Sex.UNKNOWN);
        var matches = search.matches(who, reach);
        var byId = byId(matches.stream().map(DuplicateSearch.Match::patientId).toList());
        audit.readList("list-candidates", byId.keySet());
        return new DuplicateCandidates(matches.stream()
                .filter(match -> byId.containsKey(match.patientId()))
                .map(match -> new DuplicateCandidate(
                        match.likeness().score(),
                        match.likeness().reasons().stream().sorted().toList(),
                        PossibleDuplicate.of(Objects.requireNonNull(byId.get(match.patientId())))))
                .toList());
    }

    @PostMapping("/api/duplicates/{id}/dismiss")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Say that two patients are two",
            description = "The pair is not found again. Errors: 404 `not-found`; 409 `pair-decided`.")
    void dismiss(@PathVariable String id, @Valid @RequestBody DismissRequest request) {
        desk.dismiss(id, request.reason().strip());
    }

    @PostMapping("/api/patients/{id}/merge")
    @Operation(summary = "Merge a duplicate into this patient", description = """
                    The duplicate gets status `merged` and is pointed to this patient, whose record shows from now on all that was kept
                    of both: assessments, evaluations, work-up, documents, links, verdicts, safety plan and safety alerts, which
                    escalate on. The rules judge what both say together. Sections of the registration that this one lacks are taken
                    over, but for coverage, whose member id only billing has. Can be taken back. Errors: 404 `not-found`; 409
                    `both-in-treatment`, `merge-other-way` (the duplicate is further on), `patient-merged`; 412, 428; 422
                    `same-patient`.""")
    ResponseEntity<PatientView> merge(
            @PathVariable String id,
            @Parameter(description = "The ETag of the patient who goes on")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Valid @RequestBody MergeRequest request) {
        return PatientView.answer(
                desk.merge(id, ifMatch, request.duplicateId(), request.reason().strip()));
    }

    @PostMapping("/api/patients/{id}/unmerge")
    @Operation(summary = "Take a merging back", description = """
                    The duplicate stands as before and gets back all that came with them; sections that were taken over go, unless
                    somebody filled them anew since. What was added meanwhile stays here. Errors: 404 `not-found`; 409 `not-merged`,
                    `patient-merged` (this one was merged into another since: take that back first); 412, 428.""")
    ResponseEntity<PatientView> unmerge(
            @PathVariable String id,
            @Parameter(description = "The ETag of the patient who goes on")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Valid @RequestBody MergeRequest request) {
        return PatientView.answer(desk.unmerge(
                id, ifMatch, request.duplicateId(), request.reason().strip()));
    }

    private Map<String, Patient> byId(Collection<String> ids) {
        return patients.among(ids).stream().collect(Collectors.toMap(Patient::id, Function.identity()));
    }
}
