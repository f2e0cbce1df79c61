package clinicops.staffweb.clock;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The clinic's time, and the demo clinic, whose time can be moved. */
@RestController
@Tag(name = "clock")
class ClinicClockController {
    private final ClinicClock clock;

    ClinicClockController(ClinicClock clock) {
        this.clock = clock;
    }

    /** @param now where to move the clock; not before its present time */
    record MoveClock(@NotNull Instant now) {}

    /**
     * Some services did it and some did not.
     *
     * @param services each service's outcome: done, no-answer, or the rule that refused
     */
    record PartlyDoneProblem(
            String type,
            String title,
            int status,
            String detail,
            String rule,
            List<Object> errors,
            Map<String, String> services) {}

    /** The clinic's time, and whether all services have caught up with it. */
    @GetMapping("/api/clock")
    @Operation(operationId = "getClinicClock", summary = "The clinic's time, and whether every service has settled")
    ClockView now() {
        return clock.now();
    }

    /**
     * Moves the clock of a demo clinic forward in every service, and answers when each has acknowledged. 409 {@code demo-only},
     * {@code clock-forward-only}; 503 {@code clock-partly-moved} names who did not: ask again.
     */
    @PutMapping("/api/clock")
    @Operation(
            operationId = "moveClinicClock",
            summary = "Moves the clock of a demo clinic forward in every service",
            description =
                    "409 demo-only, 409 clock-forward-only; 503 clock-partly-moved names who did not, and the same"
                            + " request may be sent again")
    ClockView move(@Valid @RequestBody MoveClock to) {
        return clock.moveTo(to.now());
    }

    /**
     * Turns an empty clinic into a demo clinic, once and for good. 409 {@code clinic-not-empty} when a patient exists; 503
     * {@code demo-partly-made} names who did not: ask again.
     */
    @PostMapping("/api/demo-clinic")
    @Operation(
            operationId = "makeDemoClinic",
            summary = "Turns an empty clinic into a demo clinic, once and for good",
            description =
                    "409 clinic-not-empty when a patient exists; 503 demo-partly-made names who did not, and the same"
                            + " request may be sent again")
    ClockView turnIntoDemo() {
        return clock.turnIntoDemo();
    }

    @ExceptionHandler
    ResponseEntity<PartlyDoneProblem> partly(ClinicClock.PartlyDone partly) {
        var status = HttpStatus.SERVICE_UNAVAILABLE;
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.RETRY_AFTER, "5")
                .body(new PartlyDoneProblem(
                        "urn:clinicops:problem:" + partly.rule(),
                        "Not every service did it",
                        status.value(),
                        "send the same request again",
                        partly.rule(),
                        List.of(),
                        partly.outcomes()));
    }
}
