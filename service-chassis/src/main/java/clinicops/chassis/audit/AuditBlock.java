package clinicops.chassis.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Rows sealed together. Its hash covers the rows, in order of their ids, and the hash before: who changes, adds or removes a row
 * afterwards breaks this block and all that follow. The number is the key, so two sealers can't both continue the chain.
 *
 * @param number 1, 2, 3, ...
 * @param previous hash of the block before; of the first, {@link #GENESIS}
 * @param sealedAt system time
 */
@Document(AuditBlock.COLLECTION)
record AuditBlock(@Id long number, String previous, int rows, String hash, Instant sealedAt) {
    static final String COLLECTION = "audit_blocks";
    static final String GENESIS = "0".repeat(64);

    static AuditBlock seal(long number, String previous, List<AuditRow> rows, Instant now) {
        return new AuditBlock(number, previous, rows.size(), hash(number, previous, rows), now);
    }

    boolean holds(String previousHash, List<AuditRow> found) {
        return previous.equals(previousHash) && rows == found.size() && hash.equals(hash(number, previous, found));
    }

    private static String hash(long number, String previous, List<AuditRow> rows) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        digest.update((number + ";" + previous + ";").getBytes(StandardCharsets.UTF_8));
        rows.forEach(row -> row.digestInto(digest));
        return HexFormat.of().formatHex(digest.digest());
    }
}
