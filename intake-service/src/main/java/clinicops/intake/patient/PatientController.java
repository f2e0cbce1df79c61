package clinicops.intake.patient;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Cursor;
import clinicops.chassis.NotFound;
import clinicops.chassis.Page;
import clinicops.chassis.RuleViolation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Patients", description = "Demographics and where each patient stands. No other service stores names.")
class PatientController {
    private final Patients patients;
    private final PatientList list;
    private final Audit audit;
    private final BusinessClock clock;

    PatientController(Patients patients, PatientList list, Audit audit, BusinessClock clock) {
        this.patients = patients;
        this.list = list;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping("/api/patients")
    @Operation(summary = "List patients", description = """
                    In the order of their registration. Filters narrow together; ids that don't exist are left out. Audited as
                    one row. Errors: 400 `status`, `q`, `ids`, `limit` or `cursor` when that parameter is not sound.""")
    Page<PatientSummary> list(
            @Parameter(description = "Only patients of this status") @RequestParam(required = false) @Nullable
                    String status,
            @Parameter(
                            description =
                                    "Beginning of a given or family name, or of both in either order (case and accents don't matter); a birth date, as 1985-06-01, 6/1/1985 or June 1, 1985; a phone number in any form, or its last digits, at least 4. Leaves out who was merged into another, unless `status=merged`")
                    @RequestParam(required = false)
                    @Nullable
                    String q,
            @Parameter(description = "Ids, separated by commas, at most 200") @RequestParam(required = false) @Nullable
                    String ids,
            @Parameter(description = "1 to 200, default 50") @RequestParam(required = false) @Nullable Integer limit,
            @Parameter(description = "`nextCursor` of the page before") @RequestParam(required = false) @Nullable
                    String cursor) {
        var filter =
                new PatientList.Filter(statusOf(status), q == null ? null : Search.of(q, clock.today()), idsOf(ids));
        var page = list.page(filter, Cursor.of(cursor), Cursor.limit(limit));
        audit.readList(
                "list-patients", page.items().stream().map(PatientList.Row::id).toList());
        return page.map(PatientSummary::of);
    }

    @GetMapping("/api/patients/{id}")
    @Operation(
            summary = "Show one patient",
            description =
                    "Carries the patient's version as ETag. Errors: 404 `not-found` for an id that does not exist.")
    ResponseEntity<PatientView> show(@PathVariable String id) {
        Patient patient = patients.forStaff(id).orElseThrow(() -> new NotFound("patient", id));
        audit.read("read-patient", patient.resource(), patient.id());
        return PatientView.answer(patient);
    }

    private static @Nullable PatientStatus statusOf(@Nullable String code) {
        return code == null
                ? null
                : PatientStatus.of(code).orElseThrow(() -> RuleViolation.malformed("status", "no such status")
                        .withField("status"));
    }

    private static @Nullable List<String> idsOf(@Nullable String ids) {
        if (ids == null) {
            return null;
        }
        var list = Arrays.stream(ids.split(","))
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        if (list.isEmpty() || list.size() > Cursor.MAX_LIMIT) {
            throw RuleViolation.malformed("ids", "give 1 to " + Cursor.MAX_LIMIT + " ids, separated by commas")
                    .withField("ids");
        }
        return list;
    }
}
