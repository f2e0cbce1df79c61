package clinicops.scheduling.resource;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.mongodb.BulkOperationException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Takes chair, nurse's seat and patient for every quarter hour of a place, all or nothing; call inside a transaction. */
@Component
public class Reservations {
    private final MongoOperations mongo;

    Reservations(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** @throws clinicops.chassis.RuleViolation {@code place-taken} (409) when any of them is taken */
    public void take(String sessionId, String patientId, Place place) {
        List<Reservation> quarters = Quarter.of(place.startsAt(), place.endsAt()).stream()
                .flatMap(quarter -> Stream.of(
                                "chair|" + place.chairId(),
                                "nurse|" + place.nurseId() + "#" + place.seat(),
                                "patient|" + patientId)
                        .map(resource -> new Reservation(
                                resource + "|" + quarter,
                                sessionId,
                                Instant.ofEpochSecond(quarter * Quarter.LENGTH.toSeconds()))))
                .toList();
        try {
            mongo.insertAll(quarters);
        } catch (DataIntegrityViolationException | BulkOperationException e) {
            throw Roster.placeTaken("somebody else has just taken this place");
        }
    }

    public void release(String sessionId) {
        mongo.remove(Query.query(Criteria.where("sessionId").is(sessionId)), Reservation.class);
    }
}
