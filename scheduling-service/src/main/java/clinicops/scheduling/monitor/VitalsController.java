package clinicops.scheduling.monitor;

import clinicops.scheduling.session.VitalsAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Vital signs of a session. */
@RestController
@Tag(name = "Sessions")
class VitalsController {
    private final VitalsDesk desk;

    VitalsController(VitalsDesk desk) {
        this.desk = desk;
    }

    @PostMapping("/api/sessions/{id}/vitals")
    @Operation(summary = "Append a reading of vital signs", description = """
                    Append-only, no If-Match. Session, `takenAt` and who records are its natural key: 201 for a new one, 200 for
                    the same one again, 409 `reading-exists` for another one of that moment. 422 `vitals-in-the-future` (more than
                    2 min), `vitals-before-check-in`, `vitals-after-the-end`, `blood-pressure`. `alarms` names the in-session
                    limits that it breaks (vitals-limits.json).""")
    ResponseEntity<VitalsAnswer> vitals(@PathVariable String id, @Valid @RequestBody VitalsRequest body) {
        var recorded = desk.record(id, body);
        return ResponseEntity.status(recorded.fresh() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(recorded.reading().answer());
    }
}
