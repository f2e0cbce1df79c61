package clinicops.intake.patientdoor;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.Commands;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Links", description = "Links by which patients fill in paperwork and questions alone, on their phone")
class LinkController {
    private final LinkDesk desk;
    private final Commands commands;
    private final BusinessClock clock;

    LinkController(LinkDesk desk, Commands commands, BusinessClock clock) {
        this.desk = desk;
        this.commands = commands;
        this.clock = clock;
    }

    record LinkRequest(
            @NotNull LinkPurpose purpose,

            @Schema(description = "For an assessment: which instrument, for example `phq-9`") @Nullable @Size(max = 50)
            String instrument) {}

    record LinkRevocation(@Nullable @Size(max = 500) String reason) {}

    @Schema(name = "PatientLink")
    record PatientLinkView(
            String id,
            String patientId,
            LinkPurpose purpose,
            @Nullable String instrument,

            @Nullable @Schema(description = "What it opens, of an assessment's link")
            String assessmentId,

            PatientLink.Status status,
            @Schema(description = "Username") String requestedBy,
            Instant requestedAt,
            Instant expiresAt,

            @Nullable @Schema(description = "When the patient first came")
            Instant openedAt,

            @Nullable Instant finishedAt,
            @Nullable Instant revokedAt,
            @Nullable @Schema(description = "Username") String revokedBy,

            @Nullable @Schema(description = "Null when a newer link took its place")
            String revokedFor,

            long version) {
        static PatientLinkView of(PatientLink link, Instant now) {
            var revocation = link.revocation();
            return new PatientLinkView(
                    link.id(),
                    link.patientId(),
                    link.purpose(),
                    link.instrument(),
                    link.purpose() == LinkPurpose.ASSESSMENT ? link.resource() : null,
                    link.statusAt(now),
                    link.requestedBy(),
                    link.requestedAt(),
                    link.expiresAt(),
                    link.openedAt(),
                    link.finishedAt(),
                    revocation == null ? null : revocation.at(),
                    revocation == null ? null : revocation.by(),
                    revocation == null ? null : revocation.why(),
                    link.version());
        }
    }

    record PatientLinkList(List<PatientLinkView> items) {}

    @PostMapping("/api/patients/{id}/links")
    @Operation(operationId = "sendLink", summary = "Send a patient a link", description = """
                    By mail and text message, as the patient allows; `GET /api/notices?patientId=` (aboutKind `link`) says what
                    became of the messages. Takes the place of an open link for the same; what was filled in stays.
                    Takes Idempotency-Key. Errors: 404 `not-found`; 409 `patient-merged`; 422 `no-channel`, `instrument` (none said, or one that
                    clinicians fill in), `instrument-unknown`, `nobody-on-call` when the instrument may show danger and nobody
                    would be there to act on it.""")
    ResponseEntity<PatientLinkView> send(
            @PathVariable String id,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @Valid @RequestBody LinkRequest request) {
        record Asked(String patientId, LinkRequest request) {}
        var sent = commands.once(
                idempotencyKey,
                new Asked(id, request),
                PatientLinkView.class,
                () -> PatientLinkView.of(desk.request(id, request.purpose(), request.instrument()), clock.instant()));
        return ResponseEntity.status(HttpStatus.CREATED).body(sent);
    }

    @GetMapping("/api/patients/{id}/links")
    @Operation(
            operationId = "listLinks",
            summary = "List a patient's links",
            description = "The newest first. Errors: 404 `not-found`.")
    PatientLinkList list(@PathVariable String id) {
        return new PatientLinkList(desk.ofPatient(id).stream()
                .map(link -> PatientLinkView.of(link, clock.instant()))
                .toList());
    }

    @PostMapping("/api/patients/{id}/links/{linkId}/revoke")
    @Operation(operationId = "revokeLink", summary = "Take a link back", description = """
                    It opens nothing from now on. Takes no If-Match: what the patient does at the same moment must not hinder it.
                    Errors: 404 `not-found`; 409 `link-over` when it has ended already.""")
    PatientLinkView revoke(
            @PathVariable String id, @PathVariable String linkId, @Valid @RequestBody LinkRevocation request) {
        return PatientLinkView.of(desk.revoke(id, linkId, request.reason()), clock.instant());
    }
}
