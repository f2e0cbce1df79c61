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
    private final VitalsBatch batch;

    VitalsController(VitalsDesk desk, VitalsBatch batch) {
        this.desk = desk;
        this.batch = batch;
    }

    @PostMapping("/api/sessions/{id}/vitals")
    @Operation(summary = "Append a reading of vital signs", description = """
                    Any of the values; append-only, no If-Match, late and in any order. `readingId` is its natural key: 201 for a
                    new one, 200 for the same one again, 409 `reading-exists` for other values under it; without one, moment,
                    recorder and values are the key. `deviceAt`, the device's clock when sending, corrects a clock that is off
                    by more than 2 min. A reading in the future, before check-in or after the end, and from a device an
                    implausible one, is kept with its `doubts` and counts for nothing. 422 `no-values`, and for a nurse, who can
                    type again, `implausible` and `blood-pressure`; 409 `session-state` before check-in. `alarms` names the
                    limits of route, phase and own baseline that it breaks (vitals-limits.json).""")
    ResponseEntity<VitalsAnswer> vitals(@PathVariable String id, @Valid @RequestBody VitalsRequest body) {
        var recorded = desk.record(id, body);
        return ResponseEntity.status(recorded.fresh() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(recorded.reading().answer());
    }

    @PostMapping("/api/sessions/{id}/vitals/batch")
    @Operation(summary = "Readings of a tablet that was without network", description = """
                    At most 200, in any order. Answers an outcome for each: `recorded`, `known` or `refused` with the rule that
                    the single reading would have met; one that is refused hinders no other. Safe to send again. 404.""")
    VitalsBatch.VitalsBatchAnswer vitalsBatch(
            @PathVariable String id, @Valid @RequestBody VitalsBatch.VitalsBatchRequest body) {
        return batch.record(id, body);
    }
}
