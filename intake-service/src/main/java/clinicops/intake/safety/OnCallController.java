package clinicops.intake.safety;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "On call", description = "Who is telephoned when a patient may be in danger and nobody is with them")
class OnCallController {
    private final OnCall onCall;
    private final SandboxCalls calls;
    private final Audit audit;
    private final BusinessClock clock;
    private final String phoneRegion;

    OnCallController(
            OnCall onCall,
            SandboxCalls calls,
            Audit audit,
            BusinessClock clock,
            @Value("${clinicops.intake.phone-region}") String phoneRegion) {
        this.onCall = onCall;
        this.calls = calls;
        this.audit = audit;
        this.clock = clock;
        this.phoneRegion = phoneRegion;
    }

    /** Somebody on call. */
    @Schema(name = "OnCallPerson", description = "Somebody on call")
    record OnCallEntry(
            @Schema(description = "Username of a staff account") @NotBlank @Size(max = 100)
            String person,

            @Schema(description = "With country code, or a US number; shown as E.164") @NotBlank @Size(max = 50)
            String phone) {
        static OnCallEntry of(OnCallPerson person) {
            return new OnCallEntry(person.person(), person.phone());
        }
    }

    /** A time of somebody's being on call. */
    @Schema(name = "OnCallShift", description = "A time of somebody's being on call")
    record ShiftEntry(
            @NotBlank @Size(max = 100) String person,
            @NotBlank @Size(max = 50) String phone,
            @NotNull Instant from,
            @Schema(description = "Exclusive") @NotNull Instant until) {
        static ShiftEntry of(OnCallRoster.Shift shift) {
            return new ShiftEntry(shift.onCall().person(), shift.onCall().phone(), shift.from(), shift.until());
        }
    }

    /** The roster as it shall be. */
    record OnCallRequest(
            @Schema(description = "Who is called outside the shifts; null: nobody") @Valid @Nullable
            OnCallEntry standing,

            @NotNull @Size(max = 400) List<@Valid @NotNull ShiftEntry> shifts) {}

    /** The roster. */
    @Schema(name = "OnCallRoster", description = "Who is on call, when")
    record OnCallRosterView(
            @Nullable OnCallEntry standing,
            @Schema(description = "In order of time") List<ShiftEntry> shifts,

            @Schema(description = "Who is called now; null: nobody") @Nullable
            OnCallEntry present,

            @Schema(description = "As in the ETag; send it in If-Match with the next change")
            long version) {}

    @GetMapping("/api/on-call")
    @Operation(summary = "Show the on-call roster", description = "Carries the roster's version as ETag.")
    ResponseEntity<OnCallRosterView> show() {
        audit.read("read-on-call-roster", "on-call-roster/" + OnCallRoster.ID, null);
        return answer(onCall.roster());
    }

    @PutMapping("/api/on-call")
    @Operation(summary = "Write the on-call roster", description = """
                    As a whole. Errors: 412, 428 once it was written; 422 `phone`, `shift-length` (a shift ends after it begins,
                    at most 7 days later), `shifts-overlap`.""")
    ResponseEntity<OnCallRosterView> write(
            @Parameter(description = "The roster's ETag; not needed for the first writing")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Valid @RequestBody OnCallRequest request) {
        var standing = request.standing();
        var shifts = new ArrayList<OnCallRoster.Shift>();
        for (int i = 0; i < request.shifts().size(); i++) {
            ShiftEntry entry = request.shifts().get(i);
            shifts.add(new OnCallRoster.Shift(
                    new OnCallPerson(entry.person().strip(), e164(entry.phone(), "shifts[" + i + "].phone")),
                    entry.from(),
                    entry.until()));
        }
        return answer(onCall.write(
                ifMatch,
                standing == null
                        ? null
                        : new OnCallPerson(standing.person().strip(), e164(standing.phone(), "standing.phone")),
                shifts));
    }

    @GetMapping("/api/on-call/calls")
    @Operation(
            summary = "List the calls that the voice sandbox kept",
            description = "Instead of placing them; by alert. Errors: 400 `limit`, `cursor`.")
    Page<SandboxCall> calls(
            @Parameter(description = "1 to 200, default 50") @RequestParam(required = false) @Nullable Integer limit,
            @Parameter(description = "`nextCursor` of the page before") @RequestParam(required = false) @Nullable
                    String cursor) {
        int size = Cursor.limit(limit);
        audit.readList("list-on-call-calls", List.of());
        return Page.of(calls.forStaff(Cursor.of(cursor).after(), Limit.of(size + 1)), size, SandboxCall::id);
    }

    private ResponseEntity<OnCallRosterView> answer(OnCallRoster roster) {
        var standing = roster.standing();
        return ResponseEntity.ok()
                .eTag(Versions.etag(roster.version()))
                .body(new OnCallRosterView(
                        standing == null ? null : OnCallEntry.of(standing),
                        roster.shifts().stream().map(ShiftEntry::of).toList(),
                        roster.present(clock.instant()).map(OnCallEntry::of).orElse(null),
                        roster.version()));
    }

    private String e164(String phone, String field) {
        var numbers = PhoneNumberUtil.getInstance();
        try {
            var number = numbers.parse(phone, phoneRegion);
            if (numbers.isValidNumber(number)) {
                return numbers.format(number, PhoneNumberFormat.E164);
            }
        } catch (NumberParseException e) {
            // refused below, as one that no telephone has
        }
        throw new RuleViolation("phone", "must be a telephone number, with country code or of the clinic's country")
                .withField(field);
    }
}
