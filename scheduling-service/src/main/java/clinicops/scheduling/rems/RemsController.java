package clinicops.scheduling.rems;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Access.allowStaff;
import static clinicops.chassis.Role.ADMIN;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.contracts.SchedulingEvent;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import clinicops.scheduling.FeatureAccess;
import clinicops.scheduling.readiness.Pulses;
import clinicops.scheduling.readiness.Readiness;
import clinicops.scheduling.rems.RemsForm.RemsCorrection;
import clinicops.scheduling.rems.RemsForm.RemsState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Limit;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Certification, enrolment and the monitoring forms of esketamine's REMS. */
@RestController
@Tag(
        name = "REMS",
        description = "Esketamine: a certified setting, enrolled patients, and a form within 7 days of every session")
class RemsController {
    private static final int MOST_FORMS = 200;

    private final RemsSettings settings;
    private final RemsEnrolments enrolments;
    private final RemsForms forms;
    private final Readiness readiness;
    private final Pulses pulses;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Audit audit;
    private final BusinessClock clock;

    RemsController(
            RemsSettings settings,
            RemsEnrolments enrolments,
            RemsForms forms,
            Readiness readiness,
            Pulses pulses,
            Transactions transactions,
            Outbox outbox,
            Audit audit,
            BusinessClock clock) {
        this.settings = settings;
        this.enrolments = enrolments;
        this.forms = forms;
        this.readiness = readiness;
        this.pulses = pulses;
        this.transactions = transactions;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param certifiedUntil the last day; left out without an end */
    record RemsCertification(
            @NotBlank @Size(max = 40) String number,
            LocalDate certifiedFrom,
            @Nullable LocalDate certifiedUntil) {}

    /**
     * @param version 0 while nothing is on record
     * @param certified today
     */
    record RemsSettingView(
            long version,
            boolean certified,
            @Nullable String number,
            @Nullable LocalDate certifiedFrom,
            @Nullable LocalDate certifiedUntil) {}

    /**
     * @param number as the programme gave it
     * @param endedOn first day on which it no longer holds
     */
    record RemsEnrolmentRequest(
            @Nullable @Size(max = 40) String number,
            LocalDate enrolledOn,
            @Nullable LocalDate endedOn) {}

    /**
     * @param version 0 while the patient never was enrolled
     * @param enrolled today
     */
    record RemsEnrolmentView(
            String patientId,
            long version,
            boolean enrolled,
            @Nullable String number,
            @Nullable LocalDate enrolledOn,
            @Nullable LocalDate endedOn) {}

    /**
     * @param missing fields that are asked for and empty
     * @param overdue not sent though the day is over
     * @param prefilled what the session itself told, whatever staff made of it since; null in forms of before it was kept
     * @param corrections who changed which field of it, the oldest first
     */
    record RemsFormView(
            String sessionId,
            long version,
            String patientId,
            Instant sessionAt,
            LocalDate dueOn,
            boolean overdue,
            RemsState state,
            List<String> missing,
            RemsContent content,
            @Nullable RemsContent prefilled,
            List<RemsCorrection> corrections,
            @Nullable String submittedBy,
            @Nullable Instant submittedAt) {}

    /** @param items at most 200 */
    record RemsFormList(List<RemsFormView> items) {}

    @GetMapping("/api/rems/setting")
    @Operation(summary = "Whether the clinic is certified")
    RemsSettingView setting() {
        audit.readList("read-rems-setting", List.of());
        return view(settings.ofClinic().orElse(null));
    }

    @PutMapping("/api/rems/setting")
    @Operation(
            summary = "Record the clinic's certification",
            description = "If-Match takes the version, and is left out the first time. Errors: 412, 428; 422 `dates`.")
    ResponseEntity<RemsSettingView> certify(
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody RemsCertification request) {
        inOrder(request.certifiedFrom(), request.certifiedUntil(), "certifiedUntil");
        RemsSetting saved = transactions.inTransaction(() -> {
            RemsSetting present = settings.ofClinic().orElse(null);
            if (present != null || ifMatch != null) {
                Versions.require(ifMatch, present == null ? 0 : present.version(), "rems-setting/clinic");
            }
            RemsSetting setting = settings.save(new RemsSetting(
                    RemsSetting.CLINIC,
                    present == null ? 0 : present.version(),
                    request.number(),
                    request.certifiedFrom(),
                    request.certifiedUntil()));
            pulses.dayMayHaveChanged();
            audit.write("certify-rems-setting", "rems-setting/clinic", null, setting.version(), null);
            return setting;
        });
        return ResponseEntity.ok().eTag(Versions.etag(saved.version())).body(view(saved));
    }

    @GetMapping("/api/rems/patients/{patientId}")
    @Operation(summary = "A patient's enrolment", description = "Errors: 404 for an unknown patient.")
    RemsEnrolmentView enrolment(@PathVariable String patientId) {
        readiness.facts(patientId);
        audit.read("read-rems-enrolment", "rems-enrolment/" + patientId, patientId);
        return view(patientId, enrolments.ofPatient(patientId).orElse(null));
    }

    @PutMapping("/api/rems/patients/{patientId}")
    @Operation(summary = "Record a patient's enrolment, or its end", description = """
                    If-Match takes the version, and is left out the first time. Errors: 404 for an unknown patient, 412, 428; 422
                    `dates`. Emits RemsPatientEnrolled the first time.""")
    ResponseEntity<RemsEnrolmentView> enrol(
            @PathVariable String patientId,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody RemsEnrolmentRequest request) {
        inOrder(request.enrolledOn(), request.endedOn(), "endedOn");
        RemsEnrolment saved = transactions.inTransaction(() -> {
            readiness.hold(patientId);
            RemsEnrolment present = enrolments.ofPatient(patientId).orElse(null);
            if (present != null || ifMatch != null) {
                Versions.require(ifMatch, present == null ? 0 : present.version(), "rems-enrolment/" + patientId);
            }
            RemsEnrolment enrolment = enrolments.save(new RemsEnrolment(
                    patientId,
                    present == null ? 0 : present.version(),
                    request.number(),
                    request.enrolledOn(),
                    request.endedOn(),
                    Caller.current().name(),
                    clock.instant()));
            if (present == null) {
                outbox.append(
                        patientId,
                        enrolment.version(),
                        List.of(new SchedulingEvent.RemsPatientEnrolled(patientId, enrolment.at())));
            }
            pulses.readinessMayHaveChanged(patientId);
            audit.write("enrol-in-rems", "rems-enrolment/" + patientId, patientId, enrolment.version(), null);
            return enrolment;
        });
        return ResponseEntity.ok().eTag(Versions.etag(saved.version())).body(view(patientId, saved));
    }

    @GetMapping("/api/rems/forms")
    @Operation(
            summary = "Monitoring forms",
            description = "Those to be sent, the first due first; with `submitted=true` the others.")
    RemsFormList forms(@RequestParam(required = false, defaultValue = "false") boolean submitted) {
        Limit most = Limit.of(MOST_FORMS);
        List<RemsForm> found = submitted ? forms.submitted("", most) : forms.due(most);
        audit.readList(
                "read-rems-forms", found.stream().map(RemsForm::patientId).toList());
        return new RemsFormList(found.stream().map(this::view).toList());
    }

    @GetMapping("/api/rems/forms/{sessionId}")
    @Operation(summary = "The form of one session", description = "Errors: 404.")
    ResponseEntity<RemsFormView> form(@PathVariable String sessionId) {
        RemsForm form = require(sessionId);
        audit.read("read-rems-form", "rems-form/" + sessionId, form.patientId());
        return answer(form);
    }

    @PutMapping("/api/rems/forms/{sessionId}")
    @Operation(summary = "Complete or correct a form", description = """
                    Each field that changes is kept with who changed it, beside what the session told. Errors: 404, 412, 428; 409
                    `already-submitted`; 422 `pressure-order`, and `reading-time` for a blood pressure in the future or on the
                    wrong side of the dose.""")
    ResponseEntity<RemsFormView> complete(
            @PathVariable String sessionId,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody RemsContent content) {
        return answer(changed(
                sessionId,
                ifMatch,
                "complete-rems-form",
                form -> form.complete(content, Caller.current().name(), clock.instant())));
    }

    @PostMapping("/api/rems/forms/{sessionId}/submission")
    @Operation(
            summary = "The form was sent to the programme",
            description =
                    "Errors: 404, 412, 428; 409 `already-submitted`; 422 `form-incomplete` with the first field. Emits RemsFormSubmitted.")
    ResponseEntity<RemsFormView> submit(
            @PathVariable String sessionId,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(changed(
                sessionId,
                ifMatch,
                "submit-rems-form",
                form -> form.submit(Caller.current().name(), clock.instant())));
    }

    @GetMapping(value = "/api/rems/forms/{sessionId}/pdf", produces = MediaType.APPLICATION_PDF_VALUE)
    @Operation(summary = "The form as PDF", description = "With ids: this service keeps no names. Errors: 404.")
    ResponseEntity<byte[]> pdf(@PathVariable String sessionId) {
        RemsForm form = require(sessionId);
        audit.read("print-rems-form", "rems-form/" + sessionId, form.patientId());
        var sheet = new RemsSheet(
                form,
                settings.ofClinic().orElse(null),
                enrolments.ofPatient(form.patientId()).orElse(null),
                clock.clinicZone());
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename("rems-" + sessionId + ".pdf")
                                .build()
                                .toString())
                .contentType(MediaType.APPLICATION_PDF)
                .body(sheet.pdf());
    }

    private RemsForm changed(String sessionId, @Nullable String ifMatch, String action, Consumer<RemsForm> change) {
        return transactions.inTransaction(() -> {
            RemsForm form = require(sessionId);
            Versions.require(ifMatch, form.version(), "rems-form/" + sessionId);
            change.accept(form);
            RemsForm saved = forms.save(form);
            Instant submittedAt = saved.submittedAt();
            if (submittedAt != null) {
                outbox.append(
                        sessionId,
                        saved.version(),
                        List.of(new SchedulingEvent.RemsFormSubmitted(sessionId, saved.patientId(), submittedAt)));
            }
            audit.write(action, "rems-form/" + sessionId, saved.patientId(), saved.version(), null);
            return saved;
        });
    }

    private RemsForm require(String sessionId) {
        return forms.ofSession(sessionId).orElseThrow(() -> new NotFound("rems-form", sessionId));
    }

    private static void inOrder(LocalDate from, @Nullable LocalDate until, String field) {
        if (until != null && until.isBefore(from)) {
            throw new RuleViolation("dates", "it can't end before it began").withField(field);
        }
    }

    private RemsSettingView view(@Nullable RemsSetting setting) {
        return setting == null
                ? new RemsSettingView(0, false, null, null, null)
                : new RemsSettingView(
                        setting.version(),
                        setting.holdsOn(clock.today()),
                        setting.number(),
                        setting.certifiedFrom(),
                        setting.certifiedUntil());
    }

    private RemsEnrolmentView view(String patientId, @Nullable RemsEnrolment enrolment) {
        return enrolment == null
                ? new RemsEnrolmentView(patientId, 0, false, null, null, null)
                : new RemsEnrolmentView(
                        patientId,
                        enrolment.version(),
                        enrolment.holdsOn(clock.today()),
                        enrolment.number(),
                        enrolment.enrolledOn(),
                        enrolment.endedOn());
    }

    private RemsFormView view(RemsForm form) {
        return new RemsFormView(
                form.sessionId(),
                form.version(),
                form.patientId(),
                form.sessionAt(),
                form.dueOn(),
                form.overdue(clock.today()),
                form.state(),
                form.content().missing(),
                form.content(),
                form.prefilled(),
                form.corrections(),
                form.submittedBy(),
                form.submittedAt());
    }

    private ResponseEntity<RemsFormView> answer(RemsForm form) {
        return ResponseEntity.ok().eTag(Versions.etag(form.version())).body(view(form));
    }

    /** Who keeps the programme's papers. */
    @Configuration(proxyBeanMethods = false)
    static class RemsAccess {
        @Bean
        FeatureAccess remsRows() {
            return FeatureAccess.of(
                    allowStaff(GET, "/api/rems/setting"),
                    allow(PUT, "/api/rems/setting", ADMIN),
                    allow(GET, "/api/rems/patients/{patientId}", NURSE, PRESCRIBER),
                    allow(PUT, "/api/rems/patients/{patientId}", NURSE, PRESCRIBER),
                    allow(GET, "/api/rems/forms", NURSE, PRESCRIBER),
                    allow(GET, "/api/rems/forms/{sessionId}", NURSE, PRESCRIBER),
                    allow(PUT, "/api/rems/forms/{sessionId}", NURSE, PRESCRIBER),
                    allow(POST, "/api/rems/forms/{sessionId}/submission", NURSE, PRESCRIBER),
                    allow(GET, "/api/rems/forms/{sessionId}/pdf", NURSE, PRESCRIBER));
        }
    }
}
