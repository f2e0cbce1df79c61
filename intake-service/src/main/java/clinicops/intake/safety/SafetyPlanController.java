package clinicops.intake.safety;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.chassis.Versions;
import clinicops.intake.patient.Patients;
import clinicops.outbox.Transactions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Safety")
class SafetyPlanController {
    private static final int MOST = 20;
    private static final int LONGEST = 500;

    private final SafetyPlans plans;
    private final Patients patients;
    private final Audit audit;
    private final Transactions transactions;
    private final BusinessClock clock;

    SafetyPlanController(
            SafetyPlans plans, Patients patients, Audit audit, Transactions transactions, BusinessClock clock) {
        this.plans = plans;
        this.patients = patients;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Somebody to turn to. */
    @Schema(name = "SafetyPlanPerson", description = "Somebody to turn to")
    record PersonEntry(
            @NotBlank @Size(max = 200) String name,

            @Schema(description = "As the patient says it") @Size(max = 50) @Nullable
            String phone) {}

    /** The plan as it shall stand. */
    record SafetyPlanRequest(
            @Schema(description = "How the patient notices that a crisis may come") @NotNull @Size(max = MOST)
            List<@NotBlank @Size(max = LONGEST) String> warningSigns,

            @Schema(description = "What they can do alone") @NotNull @Size(max = MOST)
            List<@NotBlank @Size(max = LONGEST) String> copingStrategies,

            @Schema(description = "People and places that take their mind off it") @NotNull @Size(max = MOST)
            List<@NotBlank @Size(max = LONGEST) String> peopleAndPlaces,

            @Schema(description = "Family or friends whom they can ask for help") @NotNull @Size(max = MOST)
            List<@Valid @NotNull PersonEntry> peopleToAsk,

            @Schema(description = "Clinicians and crisis lines") @NotNull @Size(max = MOST)
            List<@Valid @NotNull PersonEntry> professionals,

            @Schema(description = "How the surroundings are made safe") @NotNull @Size(max = MOST)
            List<@NotBlank @Size(max = LONGEST) String> meansSafety,

            @NotNull Boolean reviewedWithPatient,
            @NotNull Boolean copyGiven,

            @Schema(description = "The patient's name as they typed it; with it the plan is signed, without it a draft")
            @Size(min = 1, max = 200)
            @Nullable
            String patientSignature) {

        SafetyPlan.Steps steps() {
            return new SafetyPlan.Steps(
                    List.copyOf(warningSigns),
                    List.copyOf(copingStrategies),
                    List.copyOf(peopleAndPlaces),
                    people(peopleToAsk),
                    people(professionals),
                    List.copyOf(meansSafety));
        }

        @Nullable
        String signature() {
            return patientSignature == null || patientSignature.isBlank() ? null : patientSignature.strip();
        }

        private static List<SafetyPlan.Person> people(List<PersonEntry> entries) {
            return entries.stream()
                    .map(entry -> new SafetyPlan.Person(entry.name(), entry.phone()))
                    .toList();
        }
    }

    /** A revision of the plan. */
    @Schema(name = "SafetyPlan", description = "A revision of a patient's safety plan")
    record SafetyPlanView(
            String patientId,
            @Schema(description = "From 1") int revision,
            List<String> warningSigns,
            List<String> copingStrategies,
            List<String> peopleAndPlaces,
            List<PersonEntry> peopleToAsk,
            List<PersonEntry> professionals,
            List<String> meansSafety,
            boolean reviewedWithPatient,
            boolean copyGiven,

            @Schema(description = "Null while it is a draft") @Nullable
            String patientSignature,

            boolean signed,
            String writtenBy,
            Instant writtenAt,

            @Schema(description = "As in the ETag; send it in If-Match with the next change")
            long version) {

        static SafetyPlanView of(SafetyPlan plan, SafetyPlan.Revision revision) {
            var steps = revision.steps();
            return new SafetyPlanView(
                    plan.patientId(),
                    revision.number(),
                    steps.warningSigns(),
                    steps.copingStrategies(),
                    steps.peopleAndPlaces(),
                    people(steps.peopleToAsk()),
                    people(steps.professionals()),
                    steps.meansSafety(),
                    revision.reviewedWithPatient(),
                    revision.copyGiven(),
                    revision.signature(),
                    revision.signed(),
                    revision.writtenBy(),
                    revision.writtenAt(),
                    plan.version());
        }

        private static List<PersonEntry> people(List<SafetyPlan.Person> people) {
            return people.stream()
                    .map(person -> new PersonEntry(person.name(), person.phone()))
                    .toList();
        }
    }

    @GetMapping("/api/patients/{id}/safety-plan")
    @Operation(
            summary = "Show the safety plan",
            description =
                    "The present revision, with the plan's version as ETag. Errors: 404 `not-found`, also before the first.")
    ResponseEntity<SafetyPlanView> show(@PathVariable String id) {
        SafetyPlan plan = plans.of(id).orElseThrow(() -> new NotFound("safety-plan", id));
        audit.read("read-safety-plan", plan.resource(), id);
        return answer(plan);
    }

    @GetMapping("/api/patients/{id}/safety-plan/revisions")
    @Operation(
            summary = "List the revisions of the safety plan",
            description = "The signed ones and the present one, oldest first. Errors: 404 `not-found`.")
    List<SafetyPlanView> revisions(@PathVariable String id) {
        SafetyPlan plan = plans.of(id).orElseThrow(() -> new NotFound("safety-plan", id));
        audit.read("read-safety-plan-revisions", plan.resource(), id);
        return plan.revisions().stream()
                .map(revision -> SafetyPlanView.of(plan, revision))
                .toList();
    }

    @PutMapping("/api/patients/{id}/safety-plan")
    @Operation(summary = "Write the safety plan", description = """
                    A draft is written over; a signed revision stays, and what is written after it is the next. Errors: 404
                    `not-found`; 409 `patient-merged`; 412, 428 once there is a plan; 422 `safety-plan-incomplete` when it is signed with a step
                    empty, or without having been gone through with the patient.""")
    ResponseEntity<SafetyPlanView> write(
            @PathVariable String id,
            @Parameter(description = "The plan's ETag; not needed for the first")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Valid @RequestBody SafetyPlanRequest request) {
        String by = Caller.current().name();
        return answer(transactions.inTransaction(() -> {
            patients.toActOn(id);
            SafetyPlan plan = written(id, ifMatch, request, by, plans.of(id).orElse(null));
            SafetyPlan saved = plans.save(plan);
            audit.write(
                    saved.present().signed() ? "sign-safety-plan" : "draft-safety-plan",
                    saved.resource(),
                    id,
                    saved.version(),
                    null);
            return saved;
        }));
    }

    private SafetyPlan written(
            String id, @Nullable String ifMatch, SafetyPlanRequest request, String by, @Nullable SafetyPlan present) {
        if (ifMatch != null || present != null) {
            Versions.require(ifMatch, present == null ? 0 : present.version(), "safety-plan/" + id);
        }
        boolean reviewed = request.reviewedWithPatient();
        boolean copy = request.copyGiven();
        if (present == null) {
            return SafetyPlan.first(id, request.steps(), reviewed, copy, request.signature(), by, clock.instant());
        }
        present.write(request.steps(), reviewed, copy, request.signature(), by, clock.instant());
        return present;
    }

    private static ResponseEntity<SafetyPlanView> answer(SafetyPlan plan) {
        return ResponseEntity.ok().eTag(Versions.etag(plan.version())).body(SafetyPlanView.of(plan, plan.present()));
    }
}
