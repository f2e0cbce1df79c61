package clinicops.scheduling.repair;

import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.scheduling.repair.BrokenSessions.Row;
import clinicops.scheduling.resource.AvailabilityDesk;
import clinicops.scheduling.resource.AvailabilityRequest;
import clinicops.scheduling.resource.Rosters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Booked sessions that no longer fit the clinic, and where they could go. */
@RestController
@Tag(name = "Broken sessions", description = "What is booked and no longer fits, with repairs")
class RepairController {
    private static final int PREVIEWED = 50;

    private final BrokenSessions broken;
    private final Rosters rosters;
    private final AvailabilityDesk availability;
    private final Audit audit;

    RepairController(BrokenSessions broken, Rosters rosters, AvailabilityDesk availability, Audit audit) {
        this.broken = broken;
        this.rosters = rosters;
        this.availability = availability;
        this.audit = audit;
    }

    /**
     * @param broken how many sessions that are sound now would be broken
     * @param items the first of them, at most fifty
     */
    record AvailabilityPreview(int broken, List<BrokenSession> items) {}

    @GetMapping("/api/broken-sessions")
    @Operation(
            summary = "Booked sessions that the clinic's means no longer allow, the next first",
            description =
                    "Each with the rule that it breaks and up to three repairs. One that nothing has to follow is sent "
                            + "to `POST /api/sessions/{id}/move` with the row's version as If-Match; one with `following` to "
                            + "`POST /api/courses/{id}/replan` as `moved`, with `courseVersion`, so that the rest of the course stays "
                            + "inside its gaps.")
    Page<BrokenSession> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        Page<BrokenSession> page = Page.of(
                        broken.broken(rosters.present(), Cursor.of(cursor).after(), size + 1), size, Row::listKey)
                .map(Row::session);
        audit.readList("read-broken-sessions", patients(page.items()));
        return page;
    }

    @PostMapping("/api/availability/preview")
    @Operation(
            summary = "What a closure, leave or other change of availability would break",
            description =
                    "Nothing is written. `replaces` names the rule in whose place it would come. Errors: those of "
                            + "`POST /api/availability`.")
    AvailabilityPreview preview(
            @RequestParam(required = false) @Nullable String replaces,
            @Valid @RequestBody AvailabilityRequest request) {
        var breaks = broken.broken(availability.tried(request, replaces), rosters.present(), PREVIEWED);
        audit.readList("preview-availability", patients(breaks.first()));
        return new AvailabilityPreview(breaks.count(), breaks.first());
    }

    private static List<String> patients(List<BrokenSession> items) {
        return items.stream().map(BrokenSession::patientId).distinct().toList();
    }
}
