package clinicops.scheduling.resource;

import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A monitoring nurse.
 *
 * @param username the nurse's staff account
 * @param maxChairs how many patients they may watch at once
 */
@Document("nurses")
public record Nurse(@Id String id, @Version long version, String username, String name, int maxChairs) {}
