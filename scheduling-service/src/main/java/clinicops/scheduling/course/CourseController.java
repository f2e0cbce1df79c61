package clinicops.scheduling.course;

import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.Versions;
import clinicops.scheduling.course.CourseRequests.BookingRequest;
import clinicops.scheduling.course.CourseRequests.CourseAnswer;
import clinicops.scheduling.course.CourseRequests.ReplanAnswer;
import clinicops.scheduling.course.CourseRequests.ReplanRequest;
import clinicops.scheduling.course.CourseRequests.Suggestion;
import clinicops.scheduling.course.CourseRequests.SuggestionRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Courses: suggested, booked whole, and read. */
@RestController
@Tag(name = "Courses", description = "The sessions of a treatment plan, booked together or not at all")
class CourseController {
    private static final String RULES = """
            409 with the first readiness blocker's rule (`clearance-missing`, `consent-missing`, `plan-missing`, `payment-open`,
            `course-still-open`, ...), `no-prescriber-cover`; 404 for an unknown patient.""";

    private final CourseBooking booking;
    private final CourseSuggestions suggestions;
    private final CourseReplan replan;
    private final Courses courses;
    private final Audit audit;

    CourseController(
            CourseBooking booking, CourseSuggestions suggestions, CourseReplan replan, Courses courses, Audit audit) {
        this.booking = booking;
        this.suggestions = suggestions;
        this.replan = replan;
        this.courses = courses;
        this.audit = audit;
    }

    @PostMapping("/api/courses/suggestions")
    @Operation(
            summary = "Places for a whole course",
            description =
                    "The best courses by earliest finish, even gaps, one nurse and the times that suit, weighed by "
                            + "`course-planning`; why each place was chosen and what was passed over. Nothing is held. "
                            + "Errors: 409 `no-place` within 26 weeks; 422 `in-the-past`, `unknown-nurse`, `preferred-time`, "
                            + "`sessions-of-plan` or `opening-hours` of a fixed session, and what refuses its place (409); "
                            + RULES)
    Suggestion suggest(@Valid @RequestBody SuggestionRequest request) {
        return suggestions.suggest(request);
    }

    @PostMapping("/api/courses")
    @Operation(
            summary = "Book a whole course",
            description =
                    "All or nothing; nobody and nothing is booked twice. Either the sessions are named, or the hold that "
                            + "has them. Idempotency-Key is optional. Errors: 409 `place-taken`, `hold-expired`, "
                            + "`hold-over`; 404 for another patient's hold; 422 `sessions-or-hold`, `sessions-of-plan`, `session-gap`, `course-length`, `quarter-hour`, "
                            + "`in-the-past`, `opening-hours`, `unknown-chair`, `unknown-nurse`; " + RULES
                            + " With `integration` an integration session follows each session, in the same transaction (409 "
                            + "`no-integration-place`; 422 `unknown-therapist`, `minutes`). Emits CourseBooked, a SessionBooked "
                            + "for each session, and an IntegrationBooked for each integration session.")
    ResponseEntity<CourseAnswer> book(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody BookingRequest request) {
        CourseAnswer course = booking.book(key, request);
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag(Versions.etag(course.version()))
                .body(course);
    }

    @PostMapping("/api/courses/{id}/replan")
    @Operation(
            summary = "Plan the rest of a course anew",
            description =
                    "After a move, a no-show or a closure. What was given stays; the rest moves as little as the gaps allow. With "
                            + "`dryRun` nothing is written and no If-Match is asked; else all moves are one transaction. Errors: 409 "
                            + "`no-place`, `place-taken`, `course-over` or a blocker; 422 `session-of-course`, `not-replaceable` "
                            + "or the rule that the wanted place breaks; 412, 428. Emits a SessionMoved for each that moves, and "
                            + "SessionBooked for one that is added.")
    ReplanAnswer replan(
            @PathVariable String id,
            @RequestHeader(value = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody ReplanRequest request) {
        return replan.replan(id, ifMatch, request);
    }

    @PostMapping("/api/courses/{id}/leave-short")
    @Operation(
            summary = "Plan nothing in place of a session that fell out",
            description = "The course leaves the list of those that wait to be planned anew. Errors: 404, 409 "
                    + "`nothing-to-replan`, 412, 428.")
    ResponseEntity<CourseAnswer> leaveShort(
            @PathVariable String id, @RequestHeader(value = "If-Match", required = false) @Nullable String ifMatch) {
        CourseAnswer course = booking.answer(replan.leaveShort(id, ifMatch));
        return ResponseEntity.ok().eTag(Versions.etag(course.version())).body(course);
    }

    @GetMapping("/api/courses/to-replan")
    @Operation(
            summary = "Courses out of which a session fell, and that wait to be planned anew",
            description =
                    "In the order in which they were booked. `POST /api/courses/{id}/replan` with `replacing` plans another "
                            + "session; `POST /api/courses/{id}/leave-short` leaves it so.")
    Page<CourseAnswer> toReplan(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        var page = Page.of(courses.toReplan(Cursor.of(cursor).after(), Limit.of(size + 1)), size, TreatmentCourse::id);
        audit.readList(
                "read-courses-to-replan",
                page.items().stream().map(TreatmentCourse::patientId).distinct().toList());
        return page.map(booking::answer);
    }

    @GetMapping("/api/courses/{id}")
    @Operation(summary = "One course with its sessions as they are now", description = "Errors: 404.")
    ResponseEntity<CourseAnswer> show(@PathVariable String id) {
        CourseAnswer course = booking.read(id);
        return ResponseEntity.ok().eTag(Versions.etag(course.version())).body(course);
    }

    @GetMapping("/api/courses")
    @Operation(summary = "A patient's courses, oldest first")
    Page<CourseAnswer> ofPatient(
            @RequestParam String patientId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        var page = Page.of(
                courses.ofPatient(patientId, Cursor.of(cursor).after(), Limit.of(size + 1)), size, TreatmentCourse::id);
        audit.readList("read-courses", List.of(patientId));
        return page.map(booking::answer);
    }
}
