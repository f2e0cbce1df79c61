package clinicops.intake.workup;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.Commands;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.intake.patient.Announcements;
import clinicops.intake.patient.Judgement;
import clinicops.intake.patient.PatientEvent;
import clinicops.intake.patient.Patients;
import clinicops.intake.worklist.WorkList;
import clinicops.outbox.Ids;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Work-up", description = "Queries, tests and measurements before the medical clearance")
class WorkupController {
    private static final Limit SHOWN = Limit.of(200);

    private final Workups workups;
    private final WorkupResults results;
    private final Patients patients;
    private final Judgement judgement;
    private final WorkList workList;
    private final Announcements announcements;
    private final Commands commands;
    private final Audit audit;
    private final BusinessClock clock;

    WorkupController(
            Workups workups,
            WorkupResults results,
            Patients patients,
            Judgement judgement,
            WorkList workList,
            Announcements announcements,
            Commands commands,
            Audit audit,
            BusinessClock clock) {
        this.workups = workups;
        this.results = results;
        this.patients = patients;
        this.judgement = judgement;
        this.workList = workList;
        this.announcements = announcements;
        this.commands = commands;
        this.audit = audit;
        this.clock = clock;
    }

    /** One result. Which fields it takes is the kind's business; the ranges of the numbers only catch slips. */
    record WorkupRequest(
            @Schema(description = "When it was measured, drawn or asked; may lie in the past") @NotNull
            Instant takenAt,

            @Schema(
                    description =
                            "Query, screen, ECG, laboratory: `expected`, `unexpected`; pregnancy test: `positive`, `negative`")
            @Nullable
            WorkupFinding result,

            @Schema(description = "kg; for `weight`")
            @Nullable
            @DecimalMin("20")
            @DecimalMax("400")
            @Digits(integer = 3, fraction = 2)
            BigDecimal weightKg,

            @Schema(description = "mmHg at rest; for `vital-signs`") @Nullable @Min(50) @Max(300)
            Integer systolic,

            @Schema(description = "mmHg at rest; for `vital-signs`") @Nullable @Min(20) @Max(200)
            Integer diastolic,

            @Schema(description = "Beats a minute") @Nullable @Min(20) @Max(250)
            Integer heartRate,

            @Schema(description = "Percent") @Nullable @Min(50) @Max(100)
            Integer spo2,

            @Schema(description = "What was tested; for `lab`") @Nullable @Size(max = 100)
            String test,

            @Nullable @Size(max = 1000) String note) {}

    /** What is there, and what is lacking. */
    record WorkupView(
            @Schema(description = "The latest first, at most 200")
            List<WorkupResult> results,

            @Schema(description = "What the medical clearance takes")
            List<Workups.Required> required,

            @Schema(description = "What it still lacks") List<WorkupKind> missing) {}

    @PostMapping("/api/patients/{id}/workup/{kind}")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Record a result of the work-up", description = """
                    The rules run again at once; what they find anew makes clearances lapse. A wrong result is followed by a right
                    one; the latest counts. Kinds: `pdmp-query`, `urine-drug-screen`, `weight`, `vital-signs`, `ecg`,
                    `pregnancy-test`, `lab`. Errors: 404 `not-found`; 409 `patient-merged`; 422 `result-needed`, `result-kind`, `value-needed`,
                    `blood-pressure-order`, `in-the-future`, `idempotency-key-reuse`.""")
    WorkupResult record(
            @PathVariable String id,
            @PathVariable String kind,
            @Parameter(description = "At most 200 characters")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable
                    String key,
            @Valid @RequestBody WorkupRequest request) {
        WorkupKind of = WorkupKind.of(kind).orElseThrow(() -> new NotFound("workup", kind));
        check(of, request);
        return commands.once(key, List.of(id, kind, request), WorkupResult.class, () -> {
            patients.toActOn(id);
            var result = results.save(new WorkupResult(
                    Ids.next(),
                    id,
                    of,
                    request.takenAt(),
                    request.result(),
                    request.weightKg(),
                    request.systolic(),
                    request.diastolic(),
                    request.heartRate(),
                    request.spo2(),
                    request.test(),
                    request.note(),
                    Caller.current().name(),
                    clock.instant()));
            audit.write("record-workup", "workup/" + result.id(), id, 0, null);
            tellPregnancyTest(result);
            judgement.rejudge(id, "workup-recorded");
            workList.refresh(id);
            return result;
        });
    }

    /** Whoever treats has to know how old the last one is; nobody else goes by the other kinds. */
    private void tellPregnancyTest(WorkupResult result) {
        WorkupFinding finding = result.finding();
        if (result.kind() == WorkupKind.PREGNANCY_TEST && finding != null) {
            announcements.tell(
                    0,
                    List.of(new PatientEvent.WorkupRecorded(
                            result.patientId(),
                            result.id(),
                            result.kind().code(),
                            finding.code(),
                            result.takenAt(),
                            result.recordedAt())));
        }
    }

    @GetMapping("/api/patients/{id}/workup")
    @Operation(
            summary = "See the work-up",
            description =
                    "Results, what the medical clearance takes, and what it still lacks. Errors: 404 `not-found`.")
    WorkupView read(@PathVariable String id) {
        var patient = patients.forStaff(id).orElseThrow(() -> new NotFound("patient", id));
        audit.read("read-workup", patient.resource(), id);
        return new WorkupView(results.newestOf(id, SHOWN), workups.required(patient), workups.missing(patient));
    }

    private void check(WorkupKind kind, WorkupRequest request) {
        if (request.takenAt().isAfter(clock.instant())) {
            throw new RuleViolation("in-the-future", "this has not happened yet").withField("takenAt");
        }
        if (kind == WorkupKind.WEIGHT) {
            require(request.weightKg() != null, "value-needed", "weightKg", "a weight takes kilograms");
        } else if (kind == WorkupKind.VITAL_SIGNS) {
            Integer systolic = request.systolic();
            Integer diastolic = request.diastolic();
            if (systolic == null || diastolic == null) {
                throw new RuleViolation("value-needed", "vital signs take the blood pressure").withField("systolic");
            }
            require(diastolic < systolic, "blood-pressure-order", "diastolic", "the diastolic is below the systolic");
        } else {
            WorkupFinding finding = request.result();
            if (finding == null) {
                throw new RuleViolation("result-needed", "say what it came to").withField("result");
            }
            require(finding.fits(kind), "result-kind", "result", "this kind of test does not come to that");
        }
    }

    private static void require(boolean holds, String rule, String field, String message) {
        if (!holds) {
            throw new RuleViolation(rule, message).withField(field);
        }
    }
}
