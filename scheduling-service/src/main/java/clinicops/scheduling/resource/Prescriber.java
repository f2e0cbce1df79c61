package clinicops.scheduling.resource;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A prescriber who covers sessions.
 *
 * @param username their staff account
 * @param retiredOn first day on which they are no longer here
 */
@Document("prescribers")
public record Prescriber(
        @Id String id,
        @Version long version,
        String username,
        String name,
        @Nullable LocalDate retiredOn) implements Means {
    @Override
    public Prescriber retiredFrom(LocalDate day) {
        return new Prescriber(id, version, username, name, day);
    }
}
