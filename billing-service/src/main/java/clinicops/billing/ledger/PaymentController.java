package clinicops.billing.ledger;

import clinicops.billing.money.Amount;
import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
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
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/payments")
@Tag(name = "Payments", description = "Money that patients paid")
class PaymentController {
    private final PaymentDesk desk;
    private final Payments payments;
    private final Audit audit;

    PaymentController(PaymentDesk desk, Payments payments, Audit audit) {
        this.desk = desk;
        this.payments = payments;
        this.audit = audit;
    }

    /**
     * @param amount at least one cent; what is not owed becomes a credit
     * @param method card, cash, check
     */
    record NewPayment(
            @NotBlank @Size(max = 64) String patientId,
            @NotNull @Valid Amount amount,
            @NotNull @Pattern(regexp = "card|cash|check") String method) {}

    /** @param reason for example a bounced check; goes into ledger and audit */
    record ReversalRequest(@NotBlank @Size(max = 500) String reason) {}

    /**
     * @param balance what the patient owed right after this command, negative for a credit; null in lists
     * @param reversedBecause null unless reversed
     */
    record PaymentAnswer(
            String id,
            String patientId,
            Money amount,
            String method,
            Instant receivedAt,
            @Nullable String reversedBecause,
            @Nullable Money balance,
            long version) {
        static PaymentAnswer of(Payment p, @Nullable Money balance) {
            return new PaymentAnswer(
                    p.id(),
                    p.patientId(),
                    p.amount().money(),
                    p.method(),
                    p.receivedAt(),
                    p.reversedBecause(),
                    balance,
                    p.version());
        }
    }

    @PostMapping
    @Operation(
            summary = "Takes a payment",
            description = "Send an Idempotency-Key: a repeat with it takes nothing again. 422 payment-positive.")
    ResponseEntity<PaymentAnswer> receive(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NewPayment request) {
        PaymentAnswer answer = desk.receive(key, request);
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag(Versions.etag(answer.version()))
                .body(answer);
    }

    @PostMapping("/{id}/reversal")
    @Operation(
            summary = "Takes a payment back, with a reason",
            description = "If-Match: the payment's version. The ledger keeps both. 409 already-reversed.")
    ResponseEntity<PaymentAnswer> reverse(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody ReversalRequest request) {
        PaymentAnswer answer = desk.reverse(id, ifMatch, request.reason());
        return ResponseEntity.ok().eTag(Versions.etag(answer.version())).body(answer);
    }

    @GetMapping
    @Operation(summary = "Lists a patient's payments, oldest first")
    Page<PaymentAnswer> list(
            @RequestParam String patientId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        var found = payments.findByPatientIdAndIdGreaterThanOrderByIdAsc(
                patientId, Cursor.of(cursor).after(), Limit.of(size + 1));
        audit.readList("list-payments", List.of(patientId));
        return Page.of(found, size, Payment::id).map(p -> PaymentAnswer.of(p, null));
    }
}
