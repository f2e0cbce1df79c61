package clinicops.scheduling.resource;

import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/** A prescriber who covers sessions. {@code username} is their staff account. */
@Document("prescribers")
public record Prescriber(@Id String id, @Version long version, String username, String name) {}
