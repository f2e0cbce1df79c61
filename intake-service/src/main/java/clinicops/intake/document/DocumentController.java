package clinicops.intake.document;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.Commands;
import clinicops.chassis.NotFound;
import clinicops.chassis.web.BodyLimitFilter.BodyTooLarge;
import clinicops.intake.patient.Patients;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Documents", description = "Files about a patient: kept, given back, never opened here")
class DocumentController {
    private final PatientDocuments documents;
    private final FileStore store;
    private final Patients patients;
    private final Commands commands;
    private final Audit audit;
    private final Transactions transactions;
    private final BusinessClock clock;

    DocumentController(
            PatientDocuments documents,
            FileStore store,
            Patients patients,
            Commands commands,
            Audit audit,
            Transactions transactions,
            BusinessClock clock) {
        this.documents = documents;
        this.store = store;
        this.patients = patients;
        this.commands = commands;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The form of an upload, for its description. */
    private record DocumentForm(
            @Schema(type = "string", format = "binary") String file,
            DocumentKind kind,
            @Schema(description = "1 to 200 characters") String title) {}

    /** What makes two uploads the same. */
    private record SameUpload(String patientId, DocumentKind kind, String title, String sha256) {}

    /** Why a document is taken out of sight. */
    record RemovalRequest(@NotBlank @Size(max = 1000) String reason) {}

    /** One document, without its content. */
    @Schema(name = "PatientDocument", description = "One document, without its content")
    record DocumentView(
            String id,
            String patientId,
            DocumentKind kind,
            String title,

            @Schema(description = "As its first bytes tell, whatever it was called")
            String contentType,

            @Schema(description = "Bytes") long size,
            @Schema(description = "Hex") String sha256,
            @Schema(description = "Username") String uploadedBy,
            Instant uploadedAt,

            @Schema(description = "Null while it is shown") @Nullable
            RemovalView removal,

            long version) {
        static DocumentView of(PatientDocument document) {
            var file = document.file();
            var removal = document.removal();
            return new DocumentView(
                    document.id(),
                    document.patientId(),
                    document.kind(),
                    document.title(),
                    file.contentType(),
                    file.size(),
                    file.sha256(),
                    document.uploadedBy(),
                    document.uploadedAt(),
                    removal == null ? null : new RemovalView(removal.by(), removal.at(), removal.reason()),
                    document.version());
        }
    }

    /** The taking out of sight of a document. */
    @Schema(name = "PatientDocumentRemoval", description = "The taking out of sight of a document")
    record RemovalView(@Schema(description = "Username") String by, Instant at, String reason) {}

    @PostMapping(value = "/api/patients/{id}/documents", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Upload a document",
            description = """
                    A PDF, or a PNG, JPEG, TIFF or HEIC picture, as its first bytes tell; archives and Office files never. The
                    name of the file is not kept. At most 20 MB, unless the clinic sets another limit. Errors: 400 `multipart`,
                    `not-null`, `unknown-field`, `duplicate-field`, `enum`; 404 `not-found`; 409 `patient-merged`; 413 `body-too-large`; 415; 422
                    `document-empty`, `document-type`, `document-title`, `idempotency-key-reuse`.""",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = DocumentForm.class))))
    ResponseEntity<DocumentView> upload(
            @PathVariable String id,
            @Parameter(description = "A repeat with the same key has no effect")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable
                    String key,
            HttpServletRequest request)
            throws BodyTooLarge {
        patients.toActOn(id);
        var received = DocumentUpload.read(request, store);
        String by = Caller.current().name();
        String documentId = Ids.next();
        boolean taken = false;
        try {
            var same = new SameUpload(
                    id, received.kind(), received.title(), received.file().sha256());
            DocumentView answer = commands.once(key, same, DocumentView.class, () -> {
                var document = documents.save(PatientDocument.uploaded(
                        documentId, id, received.kind(), received.title(), received.file(), by, clock.instant()));
                audit.write("upload-document", document.resource(), id, document.version(), null);
                return DocumentView.of(document);
            });
            taken = answer.id().equals(documentId);
            return ResponseEntity.status(HttpStatus.CREATED).body(answer);
        } finally {
            if (!taken) {
                store.discard(received.file());
            }
        }
    }

    @GetMapping("/api/patients/{id}/documents")
    @Operation(
            summary = "List a patient's documents",
            description = "Newest first, removed ones too. Errors: 404 `not-found`.")
    List<DocumentView> list(@PathVariable String id) {
        if (patients.forStaff(id).isEmpty()) {
            throw new NotFound("patient", id);
        }
        audit.readList("list-documents", List.of(id));
        return documents.ofPatient(id).stream().map(DocumentView::of).toList();
    }

    @GetMapping("/api/patients/{id}/documents/{documentId}/content")
    @Operation(
            summary = "Download a document",
            description =
                    "Always as an attachment, never to be shown in place. Errors: 404 `not-found`; 409 `document-removed`.")
    ResponseEntity<Resource> download(@PathVariable String id, @PathVariable String documentId) {
        PatientDocument document = document(id, documentId);
        document.requirePresent();
        var file = document.file();
        audit.read("download-document", document.resource(), id);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(file.contentType()))
                .contentLength(file.size())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(document.title() + FileStore.ending(file), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .body(new InputStreamResource(() -> store.open(file)));
    }

    @PostMapping("/api/patients/{id}/documents/{documentId}/removal")
    @Operation(
            summary = "Remove a document",
            description =
                    "Takes it out of sight, with a reason; the file is kept. Errors: 404 `not-found`; 409 `document-removed`.")
    DocumentView remove(
            @PathVariable String id, @PathVariable String documentId, @Valid @RequestBody RemovalRequest request) {
        String by = Caller.current().name();
        String reason = request.reason().strip();
        return transactions.inTransaction(() -> {
            PatientDocument document = document(id, documentId);
            document.remove(by, clock.instant(), reason);
            var saved = documents.save(document);
            audit.write("remove-document", saved.resource(), id, saved.version(), reason);
            return DocumentView.of(saved);
        });
    }

    private PatientDocument document(String patientId, String documentId) {
        return documents.ofPatient(documentId, patientId).orElseThrow(() -> new NotFound("document", documentId));
    }
}
