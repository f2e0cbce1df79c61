package clinicops.scheduling.session;

import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.Versions;
import clinicops.contracts.Money;
import clinicops.scheduling.session.CancellationPolicy.Cost;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Fees for late cancellations and no-shows: said before they are due, listed, waived. */
@RestController
@Tag(
        name = "Session fees",
        description = "What a late cancellation or a no-show costs, by the clinic's policy, and its waiver")
class FeeController {
    private final SessionDesk desk;
    private final Sessions sessions;
    private final Audit audit;

    FeeController(SessionDesk desk, Sessions sessions, Audit audit) {
        this.desk = desk;
        this.sessions = sessions;
        this.audit = audit;
    }

    /**
     * A session's fee, without what was done in the session.
     *
     * @param version of the session, for If-Match
     */
    record FeeLine(
            String sessionId,
            long version,
            String patientId,
            int number,
            String state,
            Instant startsAt,
            SessionFee fee) {
        static FeeLine of(TreatmentSession session) {
            return new FeeLine(
                    session.id(),
                    session.version(),
                    session.patientId(),
                    session.number(),
                    session.state().code(),
                    session.place().startsAt(),
                    Objects.requireNonNull(session.fee()));
        }
    }

    /**
     * What an ending would cost now.
     *
     * @param action {@code cancel} or {@code miss}
     * @param reason of the cancellation; null for {@code miss}
     * @param because {@code late}, {@code missed}, {@code in-time}, {@code reason}, {@code payer}, {@code payer-unknown} or
     *     {@code patient-here}
     */
    record EndingCost(String action, @Nullable String reason, Money amount, String because) {
        static EndingCost of(String action, @Nullable String reason, Cost cost) {
            return new EndingCost(action, reason, Money.usd(cost.cents()), cost.because());
        }
    }

    /**
     * @param policy by which, as {@code cancellation-policy@2026-12}
     * @param lateWithinHours a patient who cancels nearer to the start than this cancels late
     */
    record CancellationTerms(
            String sessionId, String policy, String source, int lateWithinHours, List<EndingCost> costs) {}

    record WaiverRequest(@NotBlank @Size(max = 500) String reason) {}

    @GetMapping("/api/sessions/{id}/cancellation-terms")
    @Operation(
            summary = "What it would cost the patient to cancel or miss this session now, and why",
            description = """
                    One line per reason of `cancel`, and one for `miss`. While it is not known who insures the patient nothing is due
                    (`payer-unknown`), now or later: their insurance may forbid it. Errors: 404.""")
    CancellationTerms terms(@PathVariable String id) {
        return desk.cancellationTerms(id);
    }

    @GetMapping("/api/session-fees")
    @Operation(
            summary = "A patient's fees for late cancellations and no-shows, waived ones too, by the sessions' start")
    Page<FeeLine> list(
            @RequestParam String patientId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        Page<FeeLine> page = Page.of(
                        sessions.withFee(patientId, Cursor.of(cursor).after(), Limit.of(size + 1)),
                        size,
                        TreatmentSession::listKey)
                .map(FeeLine::of);
        audit.readList("read-session-fees", List.of(patientId));
        return page;
    }

    @PostMapping("/api/sessions/{id}/waive-fee")
    @Operation(summary = "Do without a session's fee", description = """
                    With a reason, which stays in scheduling. Emits SessionFeeWaived. 409 `no-fee` where none is due, `fee-waived`
                    where somebody did so before; 404; If-Match is the session's version: 428 without, 412 with a stale one.""")
    ResponseEntity<FeeLine> waive(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody WaiverRequest body) {
        TreatmentSession session = desk.waiveFee(id, ifMatch, body.reason());
        return ResponseEntity.ok().eTag(Versions.etag(session.version())).body(FeeLine.of(session));
    }
}
