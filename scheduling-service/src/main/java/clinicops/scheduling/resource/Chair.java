package clinicops.scheduling.resource;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A treatment place: a chair or a room for one patient at a time.
 *
 * @param bufferMinutes how long after a session nobody else gets it
 * @param retiredOn first day on which it is no more
 */
@Document("chairs")
public record Chair(
        @Id String id,
        @Version long version,
        String name,
        PlaceKind kind,
        int bufferMinutes,
        @Nullable LocalDate retiredOn)
        implements Means {

    /** Both are planned alike. */
    public enum PlaceKind {
        @JsonProperty("chair")
        CHAIR,
        @JsonProperty("room")
        ROOM
    }

    /** As stored; what is from before rooms and buffers is a chair without. */
    @PersistenceCreator
    static Chair stored(
            String id,
            long version,
            String name,
            @Nullable PlaceKind kind,
            @Nullable Integer bufferMinutes,
            @Nullable LocalDate retiredOn) {
        return new Chair(
                id,
                version,
                name,
                kind == null ? PlaceKind.CHAIR : kind,
                bufferMinutes == null ? 0 : bufferMinutes,
                retiredOn);
    }

    @Override
    public Chair retiredFrom(LocalDate day) {
        return new Chair(id, version, name, kind, bufferMinutes, day);
    }

    /** A chair that is ready for the next patient at once. */
    public static Chair of(String id, String name) {
        return new Chair(id, 0, name, PlaceKind.CHAIR, 0, null);
    }
}
