package clinicops.scheduling.resource;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.outbox.Transactions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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

    /** @param hours one entry per open weekday; a weekday that is not listed is closed */
    record NewOpeningHours(@Size(max = 7) List<@Valid Hours> hours) {}

    /** @param opens local time on the quarter hour, @param closes likewise, later the same day */
    record Hours(DayOfWeek day, LocalTime opens, LocalTime closes) {}

    record OpeningHoursView(long version, String zone, List<Hours> hours) {}

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
        Set<DayOfWeek> seen = EnumSet.noneOf(DayOfWeek.class);
        for (Hours hours : request.hours()) {
            if (!onQuarter(hours.opens()) || !onQuarter(hours.closes())) {
                throw new RuleViolation("quarter-hour", "opening hours are on the quarter hour").withField("hours");
            }
            if (!hours.opens().isBefore(hours.closes())) {
                throw new RuleViolation("opens-before-closing", "the clinic opens before it closes, on one day")
                        .withField("hours");
            }
            if (!seen.add(hours.day())) {
                throw new RuleViolation("day-twice", "a weekday is given twice").withField("hours");
            }
        }
        return answer(transactions.inTransaction(() -> {
            OpeningHours present = openingTimes.ofClinic().orElseGet(OpeningHours::none);
            if (present.version() > 0 || ifMatch != null) {
                Versions.require(ifMatch, present.version(), "opening-hours/" + OpeningHours.ID);
            }
            OpeningHours saved = openingTimes.save(new OpeningHours(
                    OpeningHours.ID,
                    present.version(),
                    request.hours().stream()
                            .map(h -> OpeningHours.OpenDay.of(h.day(), h.opens(), h.closes()))
                            .toList()));
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
                                .map(d -> new Hours(d.weekday(), d.opens(), d.closes()))
                                .toList()));
    }

    private static boolean onQuarter(LocalTime time) {
        return time.getMinute() % Quarter.LENGTH.toMinutes() == 0 && time.getSecond() == 0 && time.getNano() == 0;
    }
}
