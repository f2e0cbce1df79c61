package clinicops.scheduling.resource;

import clinicops.chassis.Page;
import clinicops.outbox.Ids;
import clinicops.scheduling.resource.Chair.PlaceKind;
import clinicops.scheduling.resource.Means.Kind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The clinic's means: chairs and rooms, pumps, nurses, prescribers, therapists. */
@RestController
@Tag(
        name = "Resources",
        description = "Chairs and rooms, pumps, nurses, prescribers, therapists and opening hours; set up by the admin")
class ResourceController {
    private static final String CREATED =
            "201 with the new one. Idempotency-Key is optional. Errors: 400 field errors, 409 ";
    private static final String CHANGED = """
            Replaces what is said of it; sessions that it breaks stay booked and are listed at `/api/broken-sessions`. `retiredOn`
            is the first day without it, null while it stays. Errors: 404, 412, 428, 422 `in-the-past`""";

    private final Chairs chairs;
    private final Pumps pumps;
    private final Nurses nurses;
    private final Prescribers prescribers;
    private final Therapists therapists;
    private final Furnishing furnishing;

    ResourceController(
            Chairs chairs,
            Pumps pumps,
            Nurses nurses,
            Prescribers prescribers,
            Therapists therapists,
            Furnishing furnishing) {
        this.chairs = chairs;
        this.pumps = pumps;
        this.nurses = nurses;
        this.prescribers = prescribers;
        this.therapists = therapists;
        this.furnishing = furnishing;
    }

    /**
     * @param kind chair when left out
     * @param bufferMinutes kept free behind each session; 0 when left out
     */
    record NewChair(
            @NotBlank @Size(max = 60) String name,
            @Nullable PlaceKind kind,

            @Nullable @Min(0) @Max(Roster.LONGEST_BUFFER_MINUTES)
            Integer bufferMinutes) {}

    record ChangedChair(
            @NotBlank @Size(max = 60) String name,
            PlaceKind kind,
            @Min(0) @Max(Roster.LONGEST_BUFFER_MINUTES) int bufferMinutes,
            @Nullable LocalDate retiredOn) {}

    /** @param bufferMinutes kept free behind each session; 0 when left out */
    record NewPump(
            @NotBlank @Size(max = 60) String name,

            @Nullable @Min(0) @Max(Roster.LONGEST_BUFFER_MINUTES)
            Integer bufferMinutes) {}

    record ChangedPump(
            @NotBlank @Size(max = 60) String name,
            @Min(0) @Max(Roster.LONGEST_BUFFER_MINUTES) int bufferMinutes,
            @Nullable LocalDate retiredOn) {}

    /** @param maxChairs how many patients the nurse may watch at once */
    record NewNurse(
            @NotBlank @Pattern(regexp = "[a-z0-9._@-]{1,60}")
            String username,

            @NotBlank @Size(max = 80) String name,
            @Min(1) @Max(8) int maxChairs) {}

    record ChangedNurse(
            @NotBlank @Size(max = 80) String name,
            @Min(1) @Max(8) int maxChairs,
            @Nullable LocalDate retiredOn) {}

    record NewPrescriber(
            @NotBlank @Pattern(regexp = "[a-z0-9._@-]{1,60}")
            String username,

            @NotBlank @Size(max = 80) String name) {}

    record ChangedPrescriber(
            @NotBlank @Size(max = 80) String name, @Nullable LocalDate retiredOn) {}

    /**
     * @param username staff account; left out for a patient's own therapist
     * @param external works elsewhere
     */
    record NewTherapist(
            @Nullable @Pattern(regexp = "[a-z0-9._@-]{1,60}")
            String username,

            @NotBlank @Size(max = 80) String name,
            boolean external) {}

    record ChangedTherapist(
            @NotBlank @Size(max = 80) String name,
            boolean external,
            @Nullable LocalDate retiredOn) {}

    @PostMapping("/api/chairs")
    @Operation(summary = "Add a chair or a room", description = CREATED + "`name-taken`.")
    ResponseEntity<Chair> addChair(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NewChair request) {
        return furnishing.add(Kind.CHAIR, key, request, Chair.class, chairs, () -> {
            refuseName(chairs.existsByNameAndIdNot(request.name(), ""));
            PlaceKind kind = request.kind();
            return new Chair(
                    Ids.next(),
                    0,
                    request.name(),
                    kind == null ? PlaceKind.CHAIR : kind,
                    orNone(request.bufferMinutes()),
                    null);
        });
    }

    @GetMapping("/api/chairs")
    @Operation(summary = "The chairs and rooms, in the order in which they were added")
    Page<Chair> chairs(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return furnishing.page(Kind.CHAIR, chairs, limit, cursor);
    }

    @PutMapping("/api/chairs/{id}")
    @Operation(summary = "Change or retire a chair or room", description = CHANGED + ", 409 `name-taken`.")
    ResponseEntity<Chair> changeChair(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ChangedChair request) {
        return furnishing.change(Kind.CHAIR, id, ifMatch, chairs, chair -> {
            refuseName(chairs.existsByNameAndIdNot(request.name(), id));
            return new Chair(
                    id, chair.version(), request.name(), request.kind(), request.bufferMinutes(), request.retiredOn());
        });
    }

    @PostMapping("/api/resources/pumps")
    @Operation(
            summary = "Add an infusion pump",
            description = "From the first one on, each session of a route that needs a pump takes one. " + CREATED
                    + "`name-taken`.")
    ResponseEntity<Pump> addPump(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NewPump request) {
        return furnishing.add(Kind.PUMP, key, request, Pump.class, pumps, () -> {
            refuseName(pumps.existsByNameAndIdNot(request.name(), ""));
            return new Pump(Ids.next(), 0, request.name(), orNone(request.bufferMinutes()), null);
        });
    }

    @GetMapping("/api/resources/pumps")
    @Operation(summary = "The infusion pumps, in the order in which they were added")
    Page<Pump> pumps(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return furnishing.page(Kind.PUMP, pumps, limit, cursor);
    }

    @PutMapping("/api/resources/pumps/{id}")
    @Operation(summary = "Change or retire an infusion pump", description = CHANGED + ", 409 `name-taken`.")
    ResponseEntity<Pump> changePump(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ChangedPump request) {
        return furnishing.change(Kind.PUMP, id, ifMatch, pumps, pump -> {
            refuseName(pumps.existsByNameAndIdNot(request.name(), id));
            return new Pump(id, pump.version(), request.name(), request.bufferMinutes(), request.retiredOn());
        });
    }

    @PostMapping("/api/nurses")
    @Operation(
            summary = "Add a monitoring nurse",
            description = "`username` is the nurse's staff account. " + CREATED + "`username-taken`.")
    ResponseEntity<Nurse> addNurse(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NewNurse request) {
        return furnishing.add(Kind.NURSE, key, request, Nurse.class, nurses, () -> {
            refuseUsername(nurses.existsByUsernameAndIdNot(request.username(), ""));
            return new Nurse(Ids.next(), 0, request.username(), request.name(), request.maxChairs(), null);
        });
    }

    @GetMapping("/api/nurses")
    @Operation(summary = "The monitoring nurses, in the order in which they were added")
    Page<Nurse> nurses(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return furnishing.page(Kind.NURSE, nurses, limit, cursor);
    }

    @PutMapping("/api/nurses/{id}")
    @Operation(summary = "Change or retire a nurse", description = CHANGED + ".")
    ResponseEntity<Nurse> changeNurse(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ChangedNurse request) {
        return furnishing.change(
                Kind.NURSE,
                id,
                ifMatch,
                nurses,
                nurse -> new Nurse(
                        id,
                        nurse.version(),
                        nurse.username(),
                        request.name(),
                        request.maxChairs(),
                        request.retiredOn()));
    }

    @PostMapping("/api/prescribers")
    @Operation(
            summary = "Add a prescriber",
            description = "`username` is the prescriber's staff account. Without a prescriber nothing is booked. "
                    + CREATED + "`username-taken`.")
    ResponseEntity<Prescriber> addPrescriber(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NewPrescriber request) {
        return furnishing.add(Kind.PRESCRIBER, key, request, Prescriber.class, prescribers, () -> {
            refuseUsername(prescribers.existsByUsernameAndIdNot(request.username(), ""));
            return new Prescriber(Ids.next(), 0, request.username(), request.name(), null);
        });
    }

    @GetMapping("/api/prescribers")
    @Operation(summary = "The prescribers, in the order in which they were added")
    Page<Prescriber> prescribers(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return furnishing.page(Kind.PRESCRIBER, prescribers, limit, cursor);
    }

    @PutMapping("/api/prescribers/{id}")
    @Operation(summary = "Change or retire a prescriber", description = CHANGED + ".")
    ResponseEntity<Prescriber> changePrescriber(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ChangedPrescriber request) {
        return furnishing.change(
                Kind.PRESCRIBER,
                id,
                ifMatch,
                prescribers,
                prescriber -> new Prescriber(
                        id, prescriber.version(), prescriber.username(), request.name(), request.retiredOn()));
    }

    @PostMapping("/api/resources/therapists")
    @Operation(
            summary = "Add a therapist",
            description = "Of the clinic with `username`, or a patient's own without. " + CREATED + "`username-taken`.")
    ResponseEntity<Therapist> addTherapist(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NewTherapist request) {
        return furnishing.add(Kind.THERAPIST, key, request, Therapist.class, therapists, () -> {
            String username = request.username();
            refuseUsername(username != null && therapists.existsByUsernameAndIdNot(username, ""));
            return new Therapist(Ids.next(), 0, username, request.name(), request.external(), null);
        });
    }

    @GetMapping("/api/resources/therapists")
    @Operation(summary = "The therapists, in the order in which they were added")
    Page<Therapist> therapists(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return furnishing.page(Kind.THERAPIST, therapists, limit, cursor);
    }

    @PutMapping("/api/resources/therapists/{id}")
    @Operation(summary = "Change or retire a therapist", description = CHANGED + ".")
    ResponseEntity<Therapist> changeTherapist(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ChangedTherapist request) {
        return furnishing.change(
                Kind.THERAPIST,
                id,
                ifMatch,
                therapists,
                therapist -> new Therapist(
                        id,
                        therapist.version(),
                        therapist.username(),
                        request.name(),
                        request.external(),
                        request.retiredOn()));
    }

    private static int orNone(@Nullable Integer bufferMinutes) {
        return bufferMinutes == null ? 0 : bufferMinutes;
    }

    private static void refuseName(boolean taken) {
        if (taken) {
            throw Furnishing.nameTaken();
        }
    }

    private static void refuseUsername(boolean taken) {
        if (taken) {
            throw Furnishing.usernameTaken();
        }
    }
}
