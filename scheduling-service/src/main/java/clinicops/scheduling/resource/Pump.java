package clinicops.scheduling.resource;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An infusion pump. Once the clinic has recorded one, every session of a route that needs a pump takes one; a clinic that
 * keeps no list has a pump at each chair.
 *
 * @param bufferMinutes for cleaning: how long after a session nobody else gets it
 * @param retiredOn first day on which it is no more
 */
@Document("pumps")
public record Pump(
        @Id String id,
        @Version long version,
        String name,
        int bufferMinutes,
        @Nullable LocalDate retiredOn) implements Means {
    @Override
    public Pump retiredFrom(LocalDate day) {
        return new Pump(id, version, name, bufferMinutes, day);
    }
}
