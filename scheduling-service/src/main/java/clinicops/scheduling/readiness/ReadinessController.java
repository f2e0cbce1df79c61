package clinicops.scheduling.readiness;

import clinicops.chassis.Audit;
import clinicops.chassis.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Size;
import java.util.List;
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
    @Operation(summary = "Readiness of up to 200 patients", description = "Patients who are not known are left out.")
    Page<ReadinessAnswer> many(@RequestParam @Size(min = 1, max = 200) List<String> ids) {
        List<ReadinessAnswer> answers = readiness.ofAll(ids);
        audit.readList(
                "read-readiness",
                answers.stream().map(ReadinessAnswer::patientId).toList());
        return new Page<>(answers, null);
    }
}
