package clinicops.scheduling.resource;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Commands;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The clinic's means: chairs, nurses, prescribers, opening hours. */
@RestController
@Tag(name = "Resources", description = "Chairs, nurses, prescribers and opening hours; set up by the admin")
class ResourceController {
    private static final String CREATED =
            "201 with the new one. Idempotency-Key is optional. Errors: 400 field errors, 409 ";

    private final Chairs chairs;
    private final Nurses nurses;
    private final Prescribers prescribers;
    private final OpeningTimes openingTimes;
    private final Commands commands;
    private final Transactions transactions;
    private final Audit audit;
    private final BusinessClock clock;

    ResourceController(
            Chairs chairs,
            Nurses nurses,
            Prescribers prescribers,
            OpeningTimes openingTimes,
            Commands commands,
            Transactions transactions,
            Audit audit,
            BusinessClock clock) {
        this.chairs = chairs;
        this.nurses = nurses;
        this.prescribers = prescribers;
        this.openingTimes = openingTimes;
        this.commands = commands;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    record NewChair(@NotBlank @Size(max = 60) String name) {}

    /** @param maxChairs how many patients the nurse may watch at once */
    record NewNurse(
            @NotBlank @Pattern(regexp = "[a-z0-9._@-]{1,60}")
            String username,

            @NotBlank @Size(max = 80) String name,
            @Min(1) @Max(8) int maxChairs) {}

    record NewPrescriber(
            @NotBlank @Pattern(regexp = "[a-z0-9._@-]{1,60}")
            String username,

            @NotBlank @Size(max = 80) String name) {}

    /** @param hours one entry per open weekday; a weekday that is not listed is closed */
    record NewOpeningHours(@Size(max = 7) List<@Valid Hours> hours) {}

    /** @param opens local time on the quarter hour, @param closes likewise, later the same day */
    record Hours(DayOfWeek day, LocalTime opens, LocalTime closes) {}

    record OpeningHoursView(long version, String zone, List<Hours> hours) {}

    @PostMapping("/api/chairs")
    @Operation(summary = "Add a chair", description = CREATED + "`name-taken`.")
    ResponseEntity<Chair> addChair(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NewChair request) {
        return created(commands.once(key, request, Chair.class, () -> {
            if (chairs.existsByName(request.name())) {
                throw RuleViolation.conflict("name-taken", "there is a chair of that name")
                        .withField("name");
            }
            Chair chair = chairs.save(new Chair(Ids.next(), 0, request.name()));
            audit.write("add-chair", "chair/" + chair.id(), null, chair.version(), null);
            return chair;
        }));
    }

    @GetMapping("/api/chairs")
    @Operation(summary = "The chairs, in the order in which they were added")
    Page<Chair> chairs(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        audit.readList("read-chairs", List.of());
        return Page.of(
                chairs.findByIdGreaterThanOrderById(Cursor.of(cursor).after(), Limit.of(size + 1)), size, Chair::id);
    }

    @PostMapping("/api/nurses")
    @Operation(
            summary = "Add a monitoring nurse",
            description = "`username` is the nurse's staff account. " + CREATED + "`username-taken`.")
    ResponseEntity<Nurse> addNurse(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NewNurse request) {
        return created(commands.once(key, request, Nurse.class, () -> {
            if (nurses.existsByUsername(request.username())) {
                throw usernameTaken();
            }
            Nurse nurse =
                    nurses.save(new Nurse(Ids.next(), 0, request.username(), request.name(), request.maxChairs()));
            audit.write("add-nurse", "nurse/" + nurse.id(), null, nurse.version(), null);
            return nurse;
        }));
    }

    @GetMapping("/api/nurses")
    @Operation(summary = "The monitoring nurses, in the order in which they were added")
    Page<Nurse> nurses(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        audit.readList("read-nurses", List.of());
        return Page.of(
                nurses.findByIdGreaterThanOrderById(Cursor.of(cursor).after(), Limit.of(size + 1)), size, Nurse::id);
    }

    @PostMapping("/api/prescribers")
    @Operation(
            summary = "Add a prescriber",
            description = "`username` is the prescriber's staff account. Without a prescriber nothing is booked. "
                    + CREATED + "`username-taken`.")
    ResponseEntity<Prescriber> addPrescriber(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NewPrescriber request) {
        return created(commands.once(key, request, Prescriber.class, () -> {
            if (prescribers.existsByUsername(request.username())) {
                throw usernameTaken();
            }
            Prescriber prescriber = prescribers.save(new Prescriber(Ids.next(), 0, request.username(), request.name()));
            audit.write("add-prescriber", "prescriber/" + prescriber.id(), null, prescriber.version(), null);
            return prescriber;
        }));
    }

    @GetMapping("/api/prescribers")
    @Operation(summary = "The prescribers, in the order in which they were added")
    Page<Prescriber> prescribers(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        audit.readList("read-prescribers", List.of());
        return Page.of(
                prescribers.findByIdGreaterThanOrderById(Cursor.of(cursor).after(), Limit.of(size + 1)),
                size,
                Prescriber::id);
    }

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

    private static <T> ResponseEntity<T> created(T body) {
        return ResponseEntity.status(HttpStatus.CREATED).eTag(Versions.etag(1)).body(body);
    }

    private static RuleViolation usernameTaken() {
        return RuleViolation.conflict("username-taken", "that account is on the roster already")
                .withField("username");
    }

    private static boolean onQuarter(LocalTime time) {
        return time.getMinute() % Quarter.LENGTH.toMinutes() == 0 && time.getSecond() == 0 && time.getNano() == 0;
    }
}
