package clinicops.billing.claim;

import clinicops.billing.fee.ChargeLine;
import clinicops.billing.money.Amount;
import clinicops.billing.reason.ReasonCodes;
import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.NotFound;
import clinicops.chassis.Page;
import clinicops.chassis.Versions;
import clinicops.contracts.Money;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/claims")
@Tag(name = "Claims", description = "Sessions billed to insurers, and what they answered")
class ClaimController {
    private final ClaimDesk desk;
    private final Claims claims;
    private final ClaimSearch search;
    private final ReasonCodes reasons;
    private final Audit audit;

    ClaimController(ClaimDesk desk, Claims claims, ClaimSearch search, ReasonCodes reasons, Audit audit) {
        this.desk = desk;
        this.claims = claims;
        this.search = search;
        this.reasons = reasons;
        this.audit = audit;
    }

    /** The session goes to its patient's primary coverage. */
    record NewClaim(@NotBlank @Size(max = 64) String sessionId) {}

    /**
     * @param group CO contractual, PR patient, OA other, PI payer's own reduction
     * @param reason claim adjustment reason code (CARC)
     */
    record AdjustmentBody(
            @NotNull @Pattern(regexp = "CO|PR|OA|PI") String group,
            @NotBlank @Size(max = 10) String reason,
            @NotNull @Valid Amount amount) {}

    /**
     * @param outcome paid, denied
     * @param paid what the insurer pays; nothing when denied
     * @param adjustments together with what is paid they make the charge, to the cent
     * @param payerClaimNumber the insurer's number of the claim
     * @param decidedOn from the day of service to today
     */
    record AnswerRequest(
            @NotNull @Pattern(regexp = "paid|denied") String outcome,
            @NotNull @Valid Amount paid,
            @NotNull @Size(max = 50) List<@NotNull @Valid AdjustmentBody> adjustments,
            @NotBlank @Size(max = 50) String payerClaimNumber,
            @NotNull LocalDate decidedOn) {
        ClaimAnswer answer() {
            return new ClaimAnswer(
                    outcome.equals("paid") ? ClaimAnswer.Outcome.PAID : ClaimAnswer.Outcome.DENIED,
                    paid.usd(),
                    adjustments.stream()
                            .map(a -> new ClaimAnswer.Adjustment(
                                    ClaimAnswer.Group.valueOf(a.group()),
                                    a.reason(),
                                    a.amount().usd()))
                            .toList(),
                    payerClaimNumber,
                    decidedOn);
        }
    }

    /** @param reason why the clinic gives the money up; goes into ledger and audit */
    record WriteOffRequest(@NotBlank @Size(max = 500) String reason) {}

    /** @param why the rule and the facts that made the line */
    record LineAnswer(
            String code,
            String description,
            int units,
            Money unitPrice,
            Money amount,
            @Nullable String ndc,
            String why,
            String rules,
            String fees) {
        static LineAnswer of(ChargeLine l) {
            return new LineAnswer(
                    l.code(),
                    l.description(),
                    l.units(),
                    l.unitPrice().money(),
                    l.amount().money(),
                    l.ndc(),
                    l.why(),
                    l.rules(),
                    l.fees());
        }
    }

    /** @param reasonName what the code means */
    record AdjustmentAnswer(String group, String reason, String reasonName, Money amount) {}

    /** @param patientOwes the sum of the PR adjustments of a paid claim; nothing of a denied one */
    record AnswerAnswer(
            String outcome,
            Money paid,
            Money patientOwes,
            List<AdjustmentAnswer> adjustments,
            String payerClaimNumber,
            LocalDate decidedOn) {
        static AnswerAnswer of(ClaimAnswer a, ReasonCodes reasons) {
            boolean paid = a.outcome() == ClaimAnswer.Outcome.PAID;
            return new AnswerAnswer(
                    paid ? "paid" : "denied",
                    a.paid().money(),
                    paid ? a.patientOwes().money() : Money.usd(0),
                    a.adjustments().stream()
                            .map(x -> new AdjustmentAnswer(
                                    x.group().name(),
                                    x.reason(),
                                    reasons.name(x.reason()),
                                    x.amount().money()))
                            .toList(),
                    a.payerClaimNumber(),
                    a.decidedOn());
        }
    }

    /**
     * @param authorizationNumber null where the payer wants none
     * @param diagnosisCode ICD-10-CM of the plan; null when no plan was heard of
     * @param status submitted, paid, denied, written-off
     * @param answer null until the insurer answered
     * @param writeOffReason null unless written off
     */
    record ClaimAnswered(
            String id,
            String patientId,
            String sessionId,
            String coverageId,
            String payerCode,
            @Nullable String authorizationNumber,
            @Nullable String diagnosisCode,
            LocalDate serviceDate,
            List<LineAnswer> lines,
            Money charged,
            String status,
            Instant submittedAt,
            @Nullable AnswerAnswer answer,
            @Nullable String writeOffReason,
            long version) {
        static ClaimAnswered of(Claim c, ReasonCodes reasons) {
            ClaimAnswer answer = c.answer();
            return new ClaimAnswered(
                    c.id(),
                    c.patientId(),
                    c.sessionId(),
                    c.coverageId(),
                    c.payerCode(),
                    c.authorizationNumber(),
                    c.diagnosisCode(),
                    c.serviceDate(),
                    c.lines().stream().map(LineAnswer::of).toList(),
                    c.charged().money(),
                    c.status().code(),
                    c.submittedAt(),
                    answer == null ? null : AnswerAnswer.of(answer, reasons),
                    c.writeOffReason(),
                    c.version());
        }
    }

    @PostMapping
    @Operation(
            summary = "Claims a session from its patient's primary coverage",
            description =
                    "409 already-claimed; self-pay-agreed: the patient pays it themself; and each of the reasons of"
                            + " GET /api/unbilled-sessions but ready.")
    ResponseEntity<ClaimAnswered> submit(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NewClaim request) {
        ClaimAnswered answer = desk.submit(key, request);
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag(Versions.etag(answer.version()))
                .body(answer);
    }

    @PutMapping("/{id}/answer")
    @Operation(
            summary = "Notes the insurer's answer, once",
            description = "If-Match: the claim's version. 409 already-answered; 422 remittance-balances,"
                    + " reason-code-known, denied-pays-nothing, decided-on-in-time. A denial changes no balance.")
    ResponseEntity<ClaimAnswered> answer(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody AnswerRequest request) {
        return answer(desk.answer(id, ifMatch, request.answer()));
    }

    @PostMapping("/{id}/write-off")
    @Operation(
            summary = "Gives a denied claim up",
            description = "If-Match: the claim's version. Nobody owes it afterwards. 409 denied-claims-only.")
    ResponseEntity<ClaimAnswered> writeOff(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody WriteOffRequest request) {
        return answer(desk.writeOff(id, ifMatch, request.reason()));
    }

    @GetMapping
    @Operation(summary = "Lists claims by status, patient and payer, oldest first")
    Page<ClaimAnswered> list(
            @RequestParam(required = false) @Pattern(regexp = "submitted|paid|denied|written-off") @Nullable
                    String status,
            @RequestParam(required = false) @Nullable String patientId,
            @RequestParam(required = false) @Nullable String payer,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        var found =
                search.find(status(status), patientId, payer, Cursor.of(cursor).after(), size + 1);
        var page = Page.of(found, size, Claim::id).map(c -> ClaimAnswered.of(c, reasons));
        audit.readList(
                "list-claims",
                page.items().stream().map(ClaimAnswered::patientId).toList());
        return page;
    }

    @GetMapping("/{id}")
    @Operation(summary = "One claim", description = "ETag: the claim's version.")
    ResponseEntity<ClaimAnswered> get(@PathVariable String id) {
        Claim claim = claims.forBillingOffice(id).orElseThrow(() -> new NotFound("claim", id));
        audit.read("read-claim", "claim/" + id, claim.patientId());
        return answer(claim);
    }

    private ResponseEntity<ClaimAnswered> answer(Claim claim) {
        return ResponseEntity.ok().eTag(Versions.etag(claim.version())).body(ClaimAnswered.of(claim, reasons));
    }

    private static Claim.@Nullable Status status(@Nullable String code) {
        return Arrays.stream(Claim.Status.values())
                .filter(s -> s.code().equals(code))
                .findFirst()
                .orElse(null);
    }
}
