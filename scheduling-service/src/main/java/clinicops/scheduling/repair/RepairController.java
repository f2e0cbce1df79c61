package clinicops.scheduling.repair;

import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.scheduling.repair.BrokenSessions.Row;
import clinicops.scheduling.resource.AvailabilityDesk;
import clinicops.scheduling.resource.AvailabilityRequest;
import clinicops.scheduling.resource.NewOpeningHours;
import clinicops.scheduling.resource.Roster;
import clinicops.scheduling.resource.Rosters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.LocalDate;
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
        return preview("preview-availability", availability.tried(request, replaces));
    }

    /**
     * @param of kind and id, as {@code chair/0198...}
     * @param retiredOn first day on which it would be no more
     */
    record RetirementPreview(@NotBlank String of, LocalDate retiredOn) {}

    @PostMapping("/api/resources/preview")
    @Operation(
            summary = "What retiring a chair, pump or person would break",
            description = "Nothing is written. Errors: 422 `unknown-resource`, `in-the-past`.")
    AvailabilityPreview previewRetirement(@Valid @RequestBody RetirementPreview request) {
        return preview("preview-retirement", rosters.without(request.of(), request.retiredOn()));
    }

    @PostMapping("/api/opening-hours/preview")
    @Operation(
            summary = "What other opening hours would break",
            description = "Nothing is written. Errors: those of `PUT /api/opening-hours`.")
    AvailabilityPreview previewHours(@Valid @RequestBody NewOpeningHours request) {
        return preview("preview-opening-hours", rosters.opening(request));
    }

    private AvailabilityPreview preview(String action, Roster would) {
        var breaks = broken.broken(would, rosters.present(), PREVIEWED);
        audit.readList(action, patients(breaks.first()));
        return new AvailabilityPreview(breaks.count(), breaks.first());
    }

    private static List<String> patients(List<BrokenSession> items) {
        return items.stream().map(BrokenSession::patientId).distinct().toList();
    }
}
