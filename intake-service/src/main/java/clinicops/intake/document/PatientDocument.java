package clinicops.intake.document;

import clinicops.chassis.RuleViolation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A file about a patient: a letter, a result, a card. The file itself lies in GridFS and never changes; this says what it is.
 *
 * <p>A document is uploaded once, and may be removed, with a reason: it is then no longer shown, but its file is kept, as a
 * medical record has to be.
 */
@Document("patientDocuments")
class PatientDocument {
    @Id
    private final String id;

    @Version
    private long version;

    private final String patientId;
    private final DocumentKind kind;
    private final String title;
    private final StoredFile file;
    private final String uploadedBy;
    private final Instant uploadedAt;
    private @Nullable Removal removal;

    record Removal(String by, Instant at, String reason) {}

    @PersistenceCreator
    PatientDocument(
            String id,
            long version,
            String patientId,
            DocumentKind kind,
            String title,
            StoredFile file,
            String uploadedBy,
            Instant uploadedAt,
            @Nullable Removal removal) {
        this.id = id;
        this.version = version;
        this.patientId = patientId;
        this.kind = kind;
        this.title = title;
        this.file = file;
        this.uploadedBy = uploadedBy;
        this.uploadedAt = uploadedAt;
        this.removal = removal;
    }

    static PatientDocument uploaded(
            String id, String patientId, DocumentKind kind, String title, StoredFile file, String by, Instant at) {
        return new PatientDocument(id, 0, patientId, kind, title, file, by, at, null);
    }

    void remove(String by, Instant at, String reason) {
        requirePresent();
        removal = new Removal(by, at, reason);
    }

    void requirePresent() {
        if (removal != null) {
            throw RuleViolation.conflict("document-removed", "the document was removed");
        }
    }

    String id() {
        return id;
    }

    long version() {
        return version;
    }

    String resource() {
        return "document/" + id;
    }

    String patientId() {
        return patientId;
    }

    DocumentKind kind() {
        return kind;
    }

    String title() {
        return title;
    }

    StoredFile file() {
        return file;
    }

    String uploadedBy() {
        return uploadedBy;
    }

    Instant uploadedAt() {
        return uploadedAt;
    }

    /** Null while it is shown. */
    @Nullable
    Removal removal() {
        return removal;
    }
}
