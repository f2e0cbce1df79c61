package clinicops.intake.referral;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Referrals", description = "Where patients come from")
class ReferralController {
    private final ReferralImport referrals;

    ReferralController(ReferralImport referrals) {
        this.referrals = referrals;
    }

    @PostMapping(value = "/api/referrals/import", consumes = "text/csv")
    @Operation(
            summary = "Import referrals from CSV",
            description = """
                    UTF-8, comma, RFC 4180 quotes, one row a line, a header that names each column once:
                    `system,id,given_name,family_name,birth_date,sex,email,phone,zone,language,email_ok,sms_ok,indication,urgency,referred_on,payer_code,plan,member_id`.
                    `system` and `id` are the referrer's own key: a row whose key is known is counted as already there and
                    changes nothing, so an import can be repeated. Dates are ISO days that have come; sex female, male, other,
                    unknown; language en, es; email_ok and sms_ok yes or no; phone with country code, or a US number; zone an
                    IANA zone; an empty payer_code means self-pay, else member_id is needed. Bad rows are reported with line,
                    field and rule and stop no other row: missing, too-long, format, encoding, unknown-code, date, in-the-future,
                    too-long-ago, unknown-zone, phone, needed-for-email-ok, needed-for-sms-ok, needed-for-payer, needed-for-plan,
                    and for a whole line columns, quotes, too-long. Errors: 400 `csv-empty`, `csv-header`; 413
                    `body-too-large`; 415 for anything but text/csv.""",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string"))))
    ImportReport load(HttpServletRequest request) throws IOException {
        return referrals.load(request.getInputStream());
    }
}
