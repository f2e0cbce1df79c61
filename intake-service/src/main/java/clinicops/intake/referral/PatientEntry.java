package clinicops.intake.referral;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.Commands;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.intake.duplicate.DuplicateSearch;
import clinicops.intake.patient.Indication;
import clinicops.intake.patient.Language;
import clinicops.intake.patient.PatientChanges;
import clinicops.intake.patient.PatientView;
import clinicops.intake.patient.Sex;
import clinicops.intake.patient.Urgency;
import clinicops.outbox.Ids;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Staff enter a patient who called, under the same rules as an import. */
@RestController
@Tag(name = "Referrals", description = "Where patients come from")
class PatientEntry {
    /** The clinic is its own referrer. */
    private static final String SYSTEM = "clinic";

    private static final Map<String, String> FIELDS = Map.of(
            "given_name", "givenName",
            "family_name", "familyName",
            "birth_date", "birthDate",
            "email_ok", "emailAllowed",
            "sms_ok", "smsAllowed",
            "referred_on", "referredOn",
            "payer_code", "payerCode",
            "member_id", "memberId");

    private final PatientChanges changes;
    private final DuplicateSearch duplicates;
    private final Commands commands;
    private final BusinessClock clock;
    private final String phoneRegion;

    PatientEntry(
            PatientChanges changes,
            DuplicateSearch duplicates,
            Commands commands,
            BusinessClock clock,
            @Value("${clinicops.intake.phone-region}") String phoneRegion) {
        this.changes = changes;
        this.duplicates = duplicates;
        this.commands = commands;
        this.clock = clock;
        this.phoneRegion = phoneRegion;
    }

    /** What somebody says on the telephone. */
    record NewPatientRequest(
            @NotBlank @Size(max = 100) String givenName,
            @NotBlank @Size(max = 100) String familyName,
            @NotNull LocalDate birthDate,
            @NotNull Sex sex,
            @Nullable @Size(max = 254) String email,

            @Schema(description = "With country code, or a US number") @Nullable @Size(max = 40)
            String phone,

            @Schema(description = "IANA zone; the clinic's when it is left out") @Nullable @Size(max = 50)
            String zone,

            @NotNull Language language,
            boolean emailAllowed,
            boolean smsAllowed,
            @NotNull Indication indication,
            @NotNull Urgency urgency,

            @Schema(description = "Today when it is left out") @Nullable
            LocalDate referredOn,

            @Schema(description = "Left out: self-pay") @Nullable @Size(max = 50)
            String payerCode,

            @Nullable @Size(max = 100) String plan,
            @Nullable @Size(max = 50) String memberId,

            @Schema(description = "True: staff looked at the probable duplicates, and this is none of them") @Nullable
            Boolean confirmedNew) {
        @Override
        public String toString() {
            return "NewPatientRequest[]";
        }
    }

    @PostMapping("/api/patients")
    @Operation(summary = "Enter a patient", description = """
                    Under the same rules as an import. Errors: 409 `probable-duplicate` when the person is probably a patient
                    already (`POST /api/duplicates/candidates` shows who), unless `confirmedNew`; 422 with the rule of the import
                    that a field breaks: encoding, format, in-the-future, too-long-ago, unknown-zone, phone, needed-for-email-ok,
                    needed-for-sms-ok, needed-for-payer, needed-for-plan; 422 `idempotency-key-reuse`.""")
    ResponseEntity<PatientView> enter(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NewPatientRequest request) {
        var view = commands.once(key, request, PatientView.class, () -> entered(request));
        return ResponseEntity.created(URI.create("/api/patients/" + view.id()))
                .eTag(Versions.etag(view.version()))
                .body(view);
    }

    private PatientView entered(NewPatientRequest request) {
        var judged = ReferralRules.judge(sent(request), clock.today(), phoneRegion);
        var row = judged.row();
        if (row == null) {
            var first = judged.errors().getFirst();
            throw new RuleViolation(first.rule(), first.message()).withField(first.field());
        }
        if (!Boolean.TRUE.equals(request.confirmedNew())
                && !duplicates.probable(row.demographics(), row.contact()).isEmpty()) {
            throw RuleViolation.conflict("probable-duplicate", "the person is probably a patient already");
        }
        var patient = changes.register(List.of(row.registration(clock.instant())), "enter-patient")
                .getFirst();
        return PatientView.of(patient, Caller.current());
    }

    private SentReferral.Row sent(NewPatientRequest r) {
        Map<String, String> texts = new HashMap<>();
        texts.put("system", SYSTEM);
        texts.put("id", Ids.next());
        texts.put("given_name", r.givenName());
        texts.put("family_name", r.familyName());
        texts.put("birth_date", r.birthDate().toString());
        texts.put("sex", r.sex().code());
        put(texts, "email", r.email());
        put(texts, "phone", r.phone());
        texts.put("zone", r.zone() == null ? clock.clinicZone().getId() : r.zone());
        texts.put("language", r.language().code());
        texts.put("email_ok", r.emailAllowed() ? "yes" : "no");
        texts.put("sms_ok", r.smsAllowed() ? "yes" : "no");
        texts.put("indication", r.indication().code());
        texts.put("urgency", r.urgency().code());
        texts.put("referred_on", (r.referredOn() == null ? clock.today() : r.referredOn()).toString());
        put(texts, "payer_code", r.payerCode());
        put(texts, "plan", r.plan());
        put(texts, "member_id", r.memberId());
        return new SentReferral.Row(0, texts, FIELDS, List.of(), List.of(), Set.of());
    }

    private static void put(Map<String, String> texts, String column, @Nullable String text) {
        if (text != null) {
            texts.put(column, text);
        }
    }
}
