package clinicops.scheduling.resource;

import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/** A treatment place: one patient at a time. */
@Document("chairs")
public record Chair(@Id String id, @Version long version, String name) {}
