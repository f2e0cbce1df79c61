package clinicops.scheduling.resource;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Versions;
import clinicops.outbox.Transactions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** When the clinic is open, week by week; what differs on single days is {@link Availability}. */
@RestController
@Tag(name = "Resources")
class OpeningHoursController {
    private final OpeningTimes openingTimes;
    private final Transactions transactions;
    private final Audit audit;
    private final BusinessClock clock;

    OpeningHoursController(OpeningTimes openingTimes, Transactions transactions, Audit audit, BusinessClock clock) {
        this.openingTimes = openingTimes;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    record OpeningHoursView(long version, String zone, List<NewOpeningHours.Hours> hours) {}

    @GetMapping("/api/opening-hours")
    @Operation(
            summary = "When the clinic is open, in its own zone",
            description = "Version 0 with no hours as long as nobody has set them.")
    ResponseEntity<OpeningHoursView> openingHours() {
        OpeningHours hours = openingTimes.ofClinic().orElseGet(OpeningHours::none);
        audit.read("read-opening-hours", "opening-hours/" + OpeningHours.ID, null);
        return answer(hours);
    }

    @PutMapping("/api/opening-hours")
    @Operation(summary = "Set the opening hours", description = """
                    Replaces them; booked sessions stay where they are. If-Match takes the ETag, and may be left out the first
                    time. Errors: 400 field errors; 412, 428; 422 `quarter-hour`, `opens-before-closing`, `day-twice`.""")
    ResponseEntity<OpeningHoursView> setOpeningHours(
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody NewOpeningHours request) {
        request.over(0);
        return answer(transactions.inTransaction(() -> {
            OpeningHours present = openingTimes.ofClinic().orElseGet(OpeningHours::none);
            if (present.version() > 0 || ifMatch != null) {
                Versions.require(ifMatch, present.version(), "opening-hours/" + OpeningHours.ID);
            }
            OpeningHours saved = openingTimes.save(request.over(present.version()));
            audit.write("set-opening-hours", "opening-hours/" + OpeningHours.ID, null, saved.version(), null);
            return saved;
        }));
    }

    private ResponseEntity<OpeningHoursView> answer(OpeningHours hours) {
        return ResponseEntity.ok()
                .eTag(Versions.etag(hours.version()))
                .body(new OpeningHoursView(
                        hours.version(),
                        clock.clinicZone().getId(),
                        hours.days().stream()
                                .map(d -> new NewOpeningHours.Hours(d.weekday(), d.opens(), d.closes()))
                                .toList()));
    }
}
