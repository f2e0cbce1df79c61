package clinicops.billing.payer;

import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.Versions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/payers")
@Tag(name = "Payers", description = "Insurers that the clinic bills")
class PayerController {
    private final PayerBook book;
    private final Payers payers;

    PayerController(PayerBook book, Payers payers) {
        this.book = book;
        this.payers = payers;
    }

    /**
     * @param code short code that referrals carry, for example {@code AETNA}
     * @param payerClass commercial, medicare, medicare-advantage, medicaid, va-community-care, workers-compensation
     * @param authorizationRequired whether ketamine sessions usually need prior authorization
     */
    record NewPayer(
            @NotBlank @Size(max = 40) @Pattern(regexp = "[A-Za-z0-9._-]+")
            String code,

            @NotBlank @Size(max = 120) String name,
            @NotNull @Pattern(regexp = PayerClass.CODES) String payerClass,
            @NotNull Boolean authorizationRequired) {}

    /** @param known false while coverages name a payer that nobody has entered yet; name and class are null then */
    record PayerAnswer(
            String code,
            boolean known,
            @Nullable String name,
            @Nullable String payerClass,
            boolean authorizationRequired,
            int waitingCoverages,
            long version) {
        static PayerAnswer of(Payer payer) {
            PayerClass payerClass = payer.payerClass();
            return new PayerAnswer(
                    payer.code(),
                    payer.known(),
                    payer.name(),
                    payerClass == null ? null : payerClass.code(),
                    payer.authorizationRequired(),
                    payer.waitingCoverages(),
                    payer.version());
        }
    }

    @PostMapping
    @Operation(
            summary = "Enters a payer",
            description = "Coverages that waited for it are put on file. 409 payer-exists when the code is taken.")
    ResponseEntity<PayerAnswer> enter(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NewPayer request) {
        PayerAnswer answer = book.enter(key, request);
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag(Versions.etag(answer.version()))
                .body(answer);
    }

    @GetMapping
    @Operation(summary = "Lists payers by code, those that coverages name but nobody has entered included")
    Page<PayerAnswer> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        return Page.of(
                        payers.findByCodeGreaterThanOrderByCodeAsc(
                                Cursor.of(cursor).after(), Limit.of(size + 1)),
                        size,
                        Payer::code)
                .map(PayerAnswer::of);
    }
}
