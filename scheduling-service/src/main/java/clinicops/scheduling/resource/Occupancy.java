package clinicops.scheduling.resource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.mongodb.BulkOperationException;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.BasicQuery;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * Takes what places occupy - chair, nurse's seat, pump, patient - all or nothing; call inside a transaction.
 *
 * <p>Each resource has one document a day. A stretch is added by an upsert that finds the document only when nothing in it
 * overlaps; where something does, the upsert tries to insert a second document of the same id, which MongoDB refuses (ADR 21).
 */
@Component
public class Occupancy {
    private final MongoOperations mongo;

    Occupancy(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /**
     * A place, and who takes it for whom; {@link Roster#taking} makes it.
     *
     * @param chairBuffer how long after the session the chair stays taken
     * @param pumpBuffer how long after the session the pump stays taken
     */
    public record Taking(String sessionId, String patientId, Place place, Duration chairBuffer, Duration pumpBuffer) {}

    private record Occupied(String resource, Instant until) {}

    /** @throws clinicops.chassis.RuleViolation {@code place-taken} (409) when anything of it is taken */
    public void take(Taking taking) {
        take(List.of(taking));
    }

    /**
     * All of them in one round trip.
     *
     * @throws clinicops.chassis.RuleViolation {@code place-taken} (409) when anything of them is taken
     */
    public void take(List<Taking> takings) {
        BulkOperations bulk = mongo.bulkOps(BulkMode.ORDERED, OccupiedDay.class);
        takings.forEach(taking -> occupied(taking)
                .forEach(occupied -> add(
                        bulk, occupied.resource(), taking.place().startsAt(), occupied.until(), taking.sessionId())));
        try {
            bulk.execute();
        } catch (DataIntegrityViolationException | BulkOperationException e) {
            throw Roster.placeTaken("somebody else has just taken this place");
        }
    }

    /** Gives back all that a session takes; nothing when it takes nothing. */
    public void release(String sessionId) {
        mongo.updateMulti(
                Query.query(Criteria.where("taken.by").is(sessionId)),
                new Update().pull("taken", new Document("by", sessionId)),
                OccupiedDay.class);
    }

    private static List<Occupied> occupied(Taking taking) {
        Place place = taking.place();
        Instant ends = place.endsAt();
        List<Occupied> occupied = new ArrayList<>(List.of(
                new Occupied("chair|" + place.chairId(), ends.plus(taking.chairBuffer())),
                new Occupied("nurse|" + place.nurseId() + "#" + place.seat(), ends),
                new Occupied("patient|" + taking.patientId(), ends)));
        String pumpId = place.pumpId();
        if (pumpId != null) {
            occupied.add(new Occupied("pump|" + pumpId, ends.plus(taking.pumpBuffer())));
        }
        return occupied;
    }

    /** In the document of each day that the stretch touches. */
    private static void add(BulkOperations bulk, String resource, Instant from, Instant until, String by) {
        long first = minute(from);
        long end = minute(until.plus(Duration.ofMinutes(1)).minusNanos(1));
        Document overlapping =
                new Document("from", new Document("$lt", end)).append("until", new Document("$gt", first));
        Document stretch = new Document("from", first).append("until", end).append("by", by);
        LocalDate last = LocalDate.ofInstant(until.minusNanos(1), ZoneOffset.UTC);
        for (LocalDate day = LocalDate.ofInstant(from, ZoneOffset.UTC); !day.isAfter(last); day = day.plusDays(1)) {
            bulk.upsert(
                    new BasicQuery(new Document("_id", day + "|" + resource)
                            .append("taken", new Document("$not", new Document("$elemMatch", overlapping)))),
                    new Update().push("taken", stretch));
        }
    }

    private static long minute(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 60);
    }
}
