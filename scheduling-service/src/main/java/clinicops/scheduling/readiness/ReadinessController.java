package clinicops.scheduling.readiness;

import clinicops.chassis.Audit;
import clinicops.chassis.Page;
import clinicops.chassis.RuleViolation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Whether a patient can be booked or treated, and what stands in the way. */
@RestController
@Tag(name = "Readiness", description = "Can this patient be booked? Can they be treated today? Every blocker named")
class ReadinessController {
    private final Readiness readiness;
    private final Audit audit;

    ReadinessController(Readiness readiness, Audit audit) {
        this.readiness = readiness;
        this.audit = audit;
    }

    @GetMapping("/api/readiness/{patientId}")
    @Operation(summary = "One patient's readiness", description = """
                    Each blocker has its rule, what is wrong, the rule's source, who can clear it, and whether it stops
                    `booking`, `treating` or both. `asOf` is the age of what is known from intake and billing. Errors: 404.""")
    ReadinessAnswer one(@PathVariable String patientId) {
        ReadinessAnswer answer = readiness.of(patientId);
        audit.read("read-readiness", "readiness/" + patientId, patientId);
        return answer;
    }

    @GetMapping("/api/readiness")
    @Operation(summary = "Readiness of many patients", description = """
                    `day`: of all who have a session on that day, judged for today; or `ids`: of up to 200. Patients who are not
                    known are left out. Errors: 400 `one-filter`.""")
    Page<ReadinessAnswer> many(
            @RequestParam(required = false) @Nullable LocalDate day,
            @RequestParam(required = false) @Size(min = 1, max = 200) @Nullable List<String> ids) {
        List<String> wanted;
        if (day != null && ids == null) {
            wanted = readiness.patientsOf(day);
        } else if (day == null && ids != null) {
            wanted = ids;
        } else {
            throw RuleViolation.malformed("one-filter", "give one of day and ids");
        }
        List<ReadinessAnswer> answers = readiness.ofAll(wanted);
        audit.readList(
                "read-readiness",
                answers.stream().map(ReadinessAnswer::patientId).toList());
        return new Page<>(answers, null);
    }
}
