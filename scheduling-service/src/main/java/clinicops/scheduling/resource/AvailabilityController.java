package clinicops.scheduling.resource;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.Versions;
import clinicops.scheduling.resource.Availability.Effect;
import clinicops.scheduling.resource.Availability.Reason;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Closures and extra hours of the clinic, working hours and leave of people, chairs and pumps out of order. */
@RestController
@Tag(name = "Availability", description = "Who and what is there when, apart from the weekly opening hours")
class AvailabilityController {
    private static final String RULES = """
            What is booked stays, and is listed at `/api/broken-sessions` when it no longer fits; ask
            `/api/availability/preview` first. Errors: 422 `unknown-resource`, `effect-of-kind`, `from-before-until`,
            `first-before-last`, `too-far-ahead`, `recurrence-rule`; on a single day also `time-in-gap` and `time-twice`, for a
            time that the clocks skip or show twice.""";

    private final AvailabilityDesk desk;
    private final AvailabilityRules rules;
    private final Audit audit;
    private final BusinessClock clock;

    AvailabilityController(AvailabilityDesk desk, AvailabilityRules rules, Audit audit, BusinessClock clock) {
        this.desk = desk;
        this.rules = rules;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param from local time; null from the beginning of the day
     * @param until local time; null until the end of the day
     */
    record AvailabilityView(
            String id,
            long version,
            String of,
            Effect effect,
            LocalDate firstDay,
            @Nullable LocalDate lastDay,
            @Nullable LocalTime from,
            @Nullable LocalTime until,
            @Nullable String rrule,
            Reason reason) {
        static AvailabilityView of(Availability rule) {
            return new AvailabilityView(
                    rule.id(),
                    rule.version(),
                    rule.of(),
                    rule.effect(),
                    rule.firstDay(),
                    rule.lastDay(),
                    rule.fromMinute() == 0 ? null : LocalTime.ofSecondOfDay(60L * rule.fromMinute()),
                    rule.untilMinute() == Availability.WHOLE_DAY
                            ? null
                            : LocalTime.ofSecondOfDay(60L * rule.untilMinute()),
                    rule.rrule(),
                    rule.reason());
        }
    }

    @GetMapping("/api/availability")
    @Operation(
            summary = "What is said of the clinic's, people's and things' time",
            description = "In the order in which it was said, without what ended before `from` (today when left out).")
    Page<AvailabilityView> list(
            @RequestParam(required = false) @Nullable String of,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        LocalDate since = from == null ? clock.today() : from;
        String after = Cursor.of(cursor).after();
        audit.readList("read-availability", List.of());
        return Page.of(
                        of == null
                                ? rules.page(since, after, Limit.of(size + 1))
                                : rules.page(of, since, after, Limit.of(size + 1)),
                        size,
                        Availability::id)
                .map(AvailabilityView::of);
    }

    @PostMapping("/api/availability")
    @Operation(summary = "Say that somebody or something is there, or is not", description = RULES)
    ResponseEntity<AvailabilityView> add(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody AvailabilityRequest request) {
        return answer(HttpStatus.CREATED, desk.add(key, request));
    }

    @PutMapping("/api/availability/{id}")
    @Operation(summary = "Say it differently", description = "Replaces it. " + RULES + " 404, 412, 428.")
    ResponseEntity<AvailabilityView> change(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody AvailabilityRequest request) {
        return answer(HttpStatus.OK, desk.change(id, ifMatch, request));
    }

    @DeleteMapping("/api/availability/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take it back", description = "Errors: 404, 412, 428.")
    void remove(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        desk.remove(id, ifMatch);
    }

    private static ResponseEntity<AvailabilityView> answer(HttpStatus status, Availability rule) {
        return ResponseEntity.status(status).eTag(Versions.etag(rule.version())).body(AvailabilityView.of(rule));
    }
}
