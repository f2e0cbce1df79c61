package clinicops.intake.document;

import clinicops.chassis.RuleViolation;
import com.mongodb.client.gridfs.GridFSBucket;
import com.mongodb.client.gridfs.GridFSBuckets;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.bson.types.ObjectId;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/**
 * Files in GridFS. A file streams in, chunk by chunk, and is never in memory or on a disk as a whole; it is judged by its first
 * bytes alone, and nothing of it is ever unpacked, parsed or run. What is not on the list is refused: archives and Office files,
 * which are archives, above all.
 */
@Component
class FileStore {
    private static final String BUCKET = "documentFiles";
    private static final int HEAD = 64 * 1024;

    /** Accepted types, by what Tika calls them, and the ending that a download gets. */
    private static final Map<String, String> ENDINGS = Map.of(
            "application/pdf", ".pdf",
            "image/png", ".png",
            "image/jpeg", ".jpg",
            "image/tiff", ".tiff",
            "image/heic", ".heic",
            "image/heif", ".heif");

    private final MongoDatabaseFactory mongo;

    FileStore(MongoDatabaseFactory mongo, MongoTemplate template) {
        this.mongo = mongo;
        template.indexOps(PatientDocument.class)
                .createIndex(new Index("patientId", Direction.ASC)
                        .on("_id", Direction.DESC)
                        .named("patient"));
    }

    /**
     * Keeps what {@code content} has, to its end.
     *
     * @throws RuleViolation {@code document-empty}, {@code document-type}
     */
    StoredFile keep(InputStream content) throws IOException {
        var buffered = new BufferedInputStream(content, HEAD);
        buffered.mark(1);
        if (buffered.read() < 0) {
            throw new RuleViolation("document-empty", "the file has no content").withField("file");
        }
        buffered.reset();
        // Tika's table of types is read with the first upload, not with the start of the service
        String type = MimeTypes.getDefaultMimeTypes()
                .detect(buffered, new Metadata())
                .getBaseType()
                .toString();
        if (!ENDINGS.containsKey(type)) {
            throw new RuleViolation("document-type", "a document is a PDF, or a PNG, JPEG, TIFF or HEIC picture")
                    .withField("file");
        }
        var digest = sha256();
        var counted = new Counted(new DigestInputStream(buffered, digest));
        ObjectId id = bucket().uploadFromStream("document", counted);
        return new StoredFile(
                id.toHexString(), type, counted.bytes, HexFormat.of().formatHex(digest.digest()));
    }

    InputStream open(StoredFile file) {
        return bucket().openDownloadStream(new ObjectId(file.id()));
    }

    /** For a file that came to belong to nobody. */
    void discard(StoredFile file) {
        bucket().delete(new ObjectId(file.id()));
    }

    static String ending(StoredFile file) {
        return ENDINGS.getOrDefault(file.contentType(), "");
    }

    private GridFSBucket bucket() {
        return GridFSBuckets.create(mongo.getMongoDatabase(), BUCKET);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many bytes went by. */
    private static final class Counted extends InputStream {
        private final InputStream in;
        private long bytes;

        Counted(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            if (one >= 0) {
                bytes++;
            }
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int some = in.read(into, offset, length);
            if (some > 0) {
                bytes += some;
            }
            return some;
        }
    }
}
