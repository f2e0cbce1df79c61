package clinicops.scheduling.resource;

import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What is taken of one resource in one day (UTC), for example of a chair, a nurse's seat or a patient. The stretches of a day
 * never overlap: the database itself refuses one that does, whatever two bookings believed when they looked.
 *
 * @param id {@code day|kind|resource}
 */
@Document("occupied")
record OccupiedDay(@Id String id, List<Stretch> taken) {

    /**
     * Minutes since the epoch, the end excluded; {@code by} is the session's id.
     */
    record Stretch(long from, long until, String by) {}
}
