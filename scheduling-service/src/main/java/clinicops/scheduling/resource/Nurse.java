package clinicops.scheduling.resource;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A monitoring nurse.
 *
 * @param username the nurse's staff account
 * @param maxChairs how many patients they may watch at once
 * @param retiredOn first day on which they are no longer here
 */
@Document("nurses")
public record Nurse(
        @Id String id,
        @Version long version,
        String username,
        String name,
        int maxChairs,
        @Nullable LocalDate retiredOn)
        implements Means {
    @Override
    public Nurse retiredFrom(LocalDate day) {
        return new Nurse(id, version, username, name, maxChairs, day);
    }
}
