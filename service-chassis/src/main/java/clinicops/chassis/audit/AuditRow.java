package clinicops.chassis.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Who did what, whose, why, when. Written once and never changed, except that sealing notes its block.
 *
 * @param who username, or {@code system} for events and the clock
 * @param what action in kebab case, for example {@code sign-consent}
 * @param resource {@code kind/id}; the action's own name for a list
 * @param patientIds whose; one for a single resource, all shown for a list, empty when nobody's
 * @param why the reason that was given; absent when none was asked
 * @param systemTime when, by the system's clock
 * @param businessTime when, by the clinic's clock
 * @param version of the resource after a write; absent for reads
 * @param outcome {@code done} or {@code refused}
 * @param correlationId of the request or event
 * @param block the sealed block that holds this row; absent until then
 */
@Document(AuditRow.COLLECTION)
record AuditRow(
        @Id String id,
        String who,
        List<String> roles,
        String what,
        String resource,
        List<String> patientIds,
        @Nullable String why,
        Instant systemTime,
        Instant businessTime,
        @Nullable Long version,
        String outcome,
        @Nullable String correlationId,
        @Nullable Long block) {
    static final String COLLECTION = "audit";
    static final String DONE = "done";
    static final String REFUSED = "refused";

    /** Feeds everything but the block into the hash, each part with its length, so that nothing can move between parts. */
    @JsonIgnore
    void digestInto(MessageDigest digest) {
        part(digest, id);
        part(digest, who);
        parts(digest, roles);
        part(digest, what);
        part(digest, resource);
        parts(digest, patientIds);
        part(digest, why);
        part(digest, systemTime.toString());
        part(digest, businessTime.toString());
        part(digest, version == null ? null : version.toString());
        part(digest, outcome);
        part(digest, correlationId);
    }

    private static void parts(MessageDigest digest, List<String> texts) {
        part(digest, String.valueOf(texts.size()));
        texts.forEach(text -> part(digest, text));
    }

    private static void part(MessageDigest digest, @Nullable String text) {
        if (text == null) {
            digest.update("-;".getBytes(StandardCharsets.UTF_8));
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
