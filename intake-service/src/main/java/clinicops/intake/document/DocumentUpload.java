package clinicops.intake.document;

import clinicops.chassis.RuleViolation;
import clinicops.chassis.web.BodyLimitFilter.BodyTooLarge;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;

/** Reads the form of an upload as it comes in, in whatever order its parts come; the file goes straight to the store. */
final class DocumentUpload {
    private static final int LONGEST_FIELD = 1000;
    private static final int LONGEST_TITLE = 200;

    private final FileStore store;
    private @Nullable String kind;
    private @Nullable String title;
    private @Nullable StoredFile file;

    private DocumentUpload(FileStore store) {
        this.store = store;
    }

    /** What was uploaded; nothing else of it is kept, not even the name of the file. */
    record Received(DocumentKind kind, String title, StoredFile file) {}

    /** @throws RuleViolation when the form is not sound; the store then has no file of it */
    static Received read(HttpServletRequest request, FileStore store) throws BodyTooLarge {
        var upload = new DocumentUpload(store);
        boolean sound = false;
        try {
            upload.readParts(request);
            var received = upload.received();
            sound = true;
            return received;
        } catch (IOException e) {
            throw refusal(e);
        } catch (RuntimeException e) {
            // the driver wraps what the body's stream throws
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof IOException broken) {
                    throw refusal(broken);
                }
            }
            throw e;
        } finally {
            var kept = upload.file;
            if (!sound && kept != null) {
                store.discard(kept);
            }
        }
    }

    private static RuntimeException refusal(IOException broken) throws BodyTooLarge {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLarge tooLarge) {
                throw tooLarge;
            }
        }
        if (broken instanceof FileUploadException) {
            return RuleViolation.malformed("multipart", "the form could not be read");
        }
        return new UncheckedIOException(broken);
    }

    private void readParts(HttpServletRequest request) throws IOException {
        var parts = new JakartaServletFileUpload<>().getItemIterator(request);
        while (parts.hasNext()) {
            FileItemInput part = parts.next();
            switch (part.getFieldName()) {
                case "file" -> {
                    requireFirst("file", file);
                    try (InputStream content = part.getInputStream()) {
                        file = store.keep(content);
                    }
                }
                case "kind" -> {
                    requireFirst("kind", kind);
                    kind = text(part);
                }
                case "title" -> {
                    requireFirst("title", title);
                    title = text(part);
                }
                case null, default ->
                    throw RuleViolation.malformed("unknown-field", "the form has file, kind and title");
            }
        }
    }

    private static void requireFirst(String field, @Nullable Object before) {
        if (before != null) {
            throw RuleViolation.malformed("duplicate-field", "a field is given twice")
                    .withField(field);
        }
    }

    private static String text(FileItemInput part) throws IOException {
        try (InputStream content = part.getInputStream()) {
            return new String(content.readNBytes(LONGEST_FIELD), StandardCharsets.UTF_8).strip();
        }
    }

    private Received received() {
        String code = kind;
        String name = title;
        if (code == null) {
            throw missing("kind");
        }
        if (name == null) {
            throw missing("title");
        }
        if (file == null) {
            throw missing("file");
        }
        var known = DocumentKind.of(code).orElseThrow(() -> RuleViolation.malformed("enum", "no such kind of document")
                .withField("kind"));
        if (name.isEmpty() || name.length() > LONGEST_TITLE || name.chars().anyMatch(Character::isISOControl)) {
            throw new RuleViolation("document-title", "a title has 1 to " + LONGEST_TITLE + " printable characters")
                    .withField("title");
        }
        return new Received(known, name, file);
    }

    private static RuleViolation missing(String field) {
        return RuleViolation.malformed("not-null", "must be given").withField(field);
    }
}
