package clinicops.notification.link;

import clinicops.notification.link.LinkDesk.Redeemed;
import clinicops.notification.recipient.Recipient;
import clinicops.notification.recipient.Recipient.Preferences;
import clinicops.notification.recipient.Recipients;
import clinicops.notification.template.Language;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Where the front door asks what a patient's token is good for. No staff token opens it. */
@RestController
@Tag(name = "links", description = "Patients' links; for the front door alone")
class LinkController {

    /** The patient's token; longer than any, so that garbage is refused as a token and not as a form. */
    record LinkRedemption(@NotNull @Size(max = 200) String token) {}

    @Schema(name = "RedeemedLink")
    record RedeemedView(
            String linkId,
            String patientId,
            @Schema(description = "paperwork, assessment") String purpose,

            @Schema(description = "What it opens, in intake's words")
            String resource,

            Instant expiresAt,

            @Schema(description = "Language that the clinic writes to the patient in: en, es")
            String language) {}

    private final LinkDesk desk;
    private final Recipients recipients;

    LinkController(LinkDesk desk, Recipients recipients) {
        this.desk = desk;
        this.recipients = recipients;
    }

    @PostMapping("/links/redemption")
    @Operation(operationId = "redeemLink", summary = "Says what a patient's token is good for", description = """
                    Needs a token of audience `links` and scope `redeem`. May be redeemed any number of times until the link
                    expires. Errors: 422 `link-refused` (garbage, forged, unknown or revoked: not told apart),
                    409 `link-expired`.""")
    RedeemedView redeem(@Valid @RequestBody LinkRedemption body) {
        Redeemed link = desk.redeem(body.token());
        String language = recipients
                .ofPatient(link.patientId())
                .map(Recipient::preferences)
                .map(Preferences::language)
                .orElse("en");
        return new RedeemedView(
                link.linkId(),
                link.patientId(),
                link.purpose(),
                link.resource(),
                link.expiresAt(),
                Language.of(language).tag());
    }
}
