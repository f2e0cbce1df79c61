package clinicops.intake.duplicate;

import clinicops.intake.registration.SectionName;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What one merging did, kept so that it can be taken back.
 *
 * @param filled sections of the survivor's registration that were empty and came from the duplicate
 * @param moved what was put into the survivor's name; null in mergings from before anything was
 * @param reason free text; never leaves intake-service
 * @param undoneAt null while the two are merged
 */
@Document("mergings")
record Merging(
        @Id String id,
        String survivorId,
        String duplicateId,
        List<SectionName> filled,
        @Nullable List<Moved> moved,
        String by,
        Instant at,
        String reason,
        @Nullable Instant undoneAt,
        @Nullable String undoneBy) {
    /** Documents of one collection. */
    record Moved(String collection, List<String> ids) {}

    List<Moved> allMoved() {
        return moved == null ? List.of() : moved;
    }

    Merging withMore(List<Moved> late) {
        var all = Stream.concat(allMoved().stream(), late.stream()).toList();
        return new Merging(id, survivorId, duplicateId, filled, all, by, at, reason, undoneAt, undoneBy);
    }

    Merging undone(String undoer, Instant moment) {
        return new Merging(id, survivorId, duplicateId, filled, moved, by, at, reason, moment, undoer);
    }
}
