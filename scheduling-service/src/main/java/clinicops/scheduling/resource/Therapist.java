package clinicops.scheduling.resource;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A therapist with whom patients reflect on their sessions.
 *
 * @param username their staff account; null for a patient's own therapist, who has none
 * @param external works elsewhere: the clinic plans dates, not their hours
 * @param retiredOn first day on which they are no longer here
 */
@Document("therapists")
public record Therapist(
        @Id String id,
        @Version long version,
        @Nullable String username,
        String name,
        boolean external,
        @Nullable LocalDate retiredOn)
        implements Means {
    @Override
    public Therapist retiredFrom(LocalDate day) {
        return new Therapist(id, version, username, name, external, day);
    }
}
