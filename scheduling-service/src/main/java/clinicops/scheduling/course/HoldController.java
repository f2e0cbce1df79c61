package clinicops.scheduling.course;

import clinicops.chassis.Audit;
import clinicops.chassis.Page;
import clinicops.scheduling.course.CourseRequests.HoldAnswer;
import clinicops.scheduling.course.CourseRequests.HoldRequest;
import clinicops.scheduling.hold.HoldDesk;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Places that are kept for some minutes while a patient is asked. */
@RestController
@Tag(name = "Holds", description = "Places of a whole course, kept for some minutes and then free again")
class HoldController {
    private final CourseBooking booking;
    private final HoldDesk holds;
    private final Audit audit;

    HoldController(CourseBooking booking, HoldDesk holds, Audit audit) {
        this.booking = booking;
        this.holds = holds;
        this.audit = audit;
    }

    @PostMapping("/api/holds")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Keep the places of a whole course for some minutes",
            description =
                    "By the rules of booking, and with its errors; 409 `hold-open` while other places are kept for the "
                            + "patient. `POST /api/courses` with the hold's id books them. Idempotency-Key is optional.")
    HoldAnswer hold(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody HoldRequest request) {
        return booking.hold(key, request);
    }

    @GetMapping("/api/holds")
    @Operation(summary = "The places that are kept for a patient now: one hold or none")
    Page<HoldAnswer> ofPatient(@RequestParam String patientId) {
        audit.readList("read-holds", List.of(patientId));
        return new Page<>(holds.openOf(patientId).stream().map(HoldAnswer::of).toList(), null);
    }

    @DeleteMapping("/api/holds/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Give the places back",
            description = "One that was booked, released or is over stays as it is. Errors: 404.")
    void release(@PathVariable String id) {
        holds.release(id);
    }
}
