package clinicops.intake.duplicate;

import clinicops.intake.registration.SectionName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What one merging did, kept so that it can be taken back.
 *
 * @param filled sections of the survivor's registration that were empty and came from the duplicate
 * @param reason free text; never leaves intake-service
 * @param undoneAt null while the two are merged
 */
@Document("mergings")
record Merging(
        @Id String id,
        String survivorId,
        String duplicateId,
        List<SectionName> filled,
        String by,
        Instant at,
        String reason,
        @Nullable Instant undoneAt,
        @Nullable String undoneBy) {
    Merging undone(String undoer, Instant moment) {
        return new Merging(id, survivorId, duplicateId, filled, by, at, reason, moment, undoer);
    }
}
