package clinicops.scheduling.resource;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One resource, taken for one quarter hour. The id is made of both, so that the database itself refuses to give a resource
 * away twice, whatever two bookings believed when they looked.
 */
@Document("reservations")
record Reservation(@Id String id, String sessionId, Instant quarter) {}
