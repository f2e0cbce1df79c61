package clinicops.scheduling.resource;

import clinicops.chassis.RuleViolation;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonBinaryReader;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.bson.io.ByteBufferBsonInput;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.mongodb.BulkOperationException;
import org.springframework.data.mongodb.core.MongoOperations;
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
    /** All at once: a second round trip costs more than the rows. */
    private static final int BATCH = 10_000;

    private static final String MEANS = "\\|(chair|nurse|pump)\\|";

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
    public record Taking(String sessionId, String patientId, Place place, Duration chairBuffer, Duration pumpBuffer) {
        List<Stretch> stretches() {
            Instant from = place.startsAt();
            Instant ends = place.endsAt();
            List<Stretch> stretches = new ArrayList<>(List.of(
                    new Stretch(Stretch.chair(place.chairId()), from, ends.plus(chairBuffer)),
                    new Stretch(Stretch.seat(place.nurseId(), place.seat()), from, ends),
                    new Stretch(Stretch.patient(patientId), from, ends)));
            String pumpId = place.pumpId();
            if (pumpId != null) {
                stretches.add(new Stretch(Stretch.pump(pumpId), from, ends.plus(pumpBuffer)));
            }
            return stretches;
        }
    }

    /**
     * A meeting, and who takes it for whom; {@link Roster#taking(String, String, Meeting)} makes it.
     *
     * @param roomBuffer how long after the meeting the room stays taken
     */
    public record MeetingTaking(String integrationId, String patientId, Meeting meeting, Duration roomBuffer) {
        List<Stretch> stretches() {
            Instant from = meeting.startsAt();
            Instant ends = meeting.endsAt();
            return List.of(
                    new Stretch(Stretch.chair(meeting.roomId()), from, ends.plus(roomBuffer)),
                    new Stretch(Stretch.therapist(meeting.therapistId()), from, ends),
                    new Stretch(Stretch.patient(patientId), from, ends));
        }
    }

    /**
     * One resource for some time.
     *
     * @param resource kind and id, as in {@code chair|0198...}
     */
    record Stretch(String resource, Instant from, Instant until) {
        static String chair(String id) {
            return "chair|" + id;
        }

        static String pump(String id) {
            return "pump|" + id;
        }

        static String seat(String nurseId, int seat) {
            return "nurse|" + nurseId + "#" + seat;
        }

        static String patient(String id) {
            return "patient|" + id;
        }

        static String therapist(String id) {
            return "therapist|" + id;
        }
    }

    /** @throws clinicops.chassis.RuleViolation {@code place-taken} (409) when anything of it is taken */
    public void take(Taking taking) {
        take(List.of(taking));
    }

    /**
     * All of them in one round trip.
     *
     * @throws RuleViolation {@code place-taken} (409) when anything of them is taken; with a cause, because who reads the diary
     *     again may find another seat or pump for the same place
     */
    public void take(List<Taking> takings) {
        add(takings.stream()
                .flatMap(taking -> taking.stretches().stream().flatMap(stretch -> added(stretch, taking.sessionId())))
                .toList());
    }

    /**
     * Therapist, room and patient of each meeting.
     *
     * @throws RuleViolation {@code place-taken} (409) when anything of them is taken, as {@link #take(List)}
     */
    public void takeMeetings(List<MeetingTaking> takings) {
        if (!takings.isEmpty()) {
            add(takings.stream()
                    .flatMap(taking ->
                            taking.stretches().stream().flatMap(stretch -> added(stretch, taking.integrationId())))
                    .toList());
        }
    }

    private void add(List<UpdateOneModel<Document>> added) {
        try {
            mongo.execute(OccupiedDay.class, days -> days.bulkWrite(added));
        } catch (DataIntegrityViolationException | BulkOperationException e) {
            RuleViolation taken = Roster.placeTaken("somebody else has just taken this place");
            taken.initCause(e);
            throw taken;
        }
    }

    /** Gives back all that a session takes; nothing when it takes nothing. */
    public void release(String sessionId) {
        release(List.of(sessionId));
    }

    /** Gives back all that these sessions take. */
    public void release(Collection<String> sessionIds) {
        mongo.updateMulti(
                Query.query(Criteria.where("taken.by").in(sessionIds)),
                new Update().pull("taken", new Document("by", new Document("$in", List.copyOf(sessionIds)))),
                OccupiedDay.class);
    }

    /**
     * What is occupied of the clinic's means and of one patient.
     *
     * @param except ids of sessions or holds that are looked past, because they would be moved or booked
     */
    public Taken taken(String patientId, Instant from, Instant until, Collection<String> except) {
        LocalDate first = LocalDate.ofInstant(from, ZoneOffset.UTC);
        // an end may be a buffer later
        LocalDate last = LocalDate.ofInstant(until.plus(Roster.LONGEST_BUFFER), ZoneOffset.UTC);
        List<String> ofPatient = first.datesUntil(last.plusDays(1))
                .map(day -> day + "|" + Stretch.patient(patientId))
                .toList();
        Bson wanted = Filters.or(
                Filters.and(
                        Filters.gte("_id", first + "|"),
                        Filters.lt("_id", last.plusDays(1) + "|"),
                        Filters.regex("_id", MEANS)),
                Filters.in("_id", ofPatient));
        return read(wanted, except);
    }

    /**
     * What of these moments is occupied, of the patient and of the means that could be asked for then: little, where few places
     * are wanted of a full diary.
     *
     * @param means kind and id of chairs, seats and pumps
     */
    public Taken taken(String patientId, Collection<Instant> moments, Collection<String> means, Duration block) {
        Set<String> ids = new LinkedHashSet<>();
        for (Instant startsAt : moments) {
            Instant until = startsAt.plus(block).plus(Roster.LONGEST_BUFFER);
            LocalDate first = LocalDate.ofInstant(startsAt, ZoneOffset.UTC);
            LocalDate last = LocalDate.ofInstant(until, ZoneOffset.UTC);
            first.datesUntil(last.plusDays(1)).forEach(day -> {
                ids.add(day + "|" + Stretch.patient(patientId));
                means.forEach(one -> ids.add(day + "|" + one));
            });
        }
        return read(Filters.in("_id", ids), List.of());
    }

    /**
     * What of a patient and of these means is occupied on some days.
     *
     * @param means kind and id, as {@link Roster#meansOfMeetings}
     * @param except ids of those that would be moved
     */
    public Taken taken(
            String patientId, Instant from, Instant until, Collection<String> means, Collection<String> except) {
        LocalDate first = LocalDate.ofInstant(from, ZoneOffset.UTC);
        LocalDate last = LocalDate.ofInstant(until.plus(Roster.LONGEST_BUFFER), ZoneOffset.UTC);
        Set<String> ids = new LinkedHashSet<>();
        first.datesUntil(last.plusDays(1)).forEach(day -> {
            ids.add(day + "|" + Stretch.patient(patientId));
            means.forEach(one -> ids.add(day + "|" + one));
        });
        return read(Filters.in("_id", ids), except);
    }

    private Taken read(Bson wanted, Collection<String> except) {
        Taken.Gathering gathering = new Taken.Gathering();
        mongo.execute(OccupiedDay.class, days -> {
            // some thousand rows, read on every plan: mapping each would take longer than all the rest
            days.find(wanted, RawBsonDocument.class)
                    .projection(except.isEmpty() ? Projections.include("taken.from", "taken.until") : null)
                    .batchSize(BATCH)
                    .forEach(day -> read(day, except, gathering));
            return null;
        });
        return gathering.done();
    }

    /** Straight from the bytes: of each stretch two numbers are wanted. */
    private static void read(RawBsonDocument day, Collection<String> except, Taken.Gathering gathering) {
        try (BsonBinaryReader reader = new BsonBinaryReader(new ByteBufferBsonInput(day.getByteBuffer()))) {
            reader.readStartDocument();
            String resource = "";
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                switch (reader.readName()) {
                    case "_id" -> {
                        String id = reader.readString();
                        resource = id.substring(id.indexOf('|') + 1);
                    }
                    case "taken" -> {
                        reader.readStartArray();
                        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                            read(reader, resource, except, gathering);
                        }
                        reader.readEndArray();
                    }
                    default -> reader.skipValue();
                }
            }
        }
    }

    private static void read(
            BsonBinaryReader reader, String resource, Collection<String> except, Taken.Gathering gathering) {
        long from = 0;
        long until = 0;
        boolean counts = true;
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            switch (reader.readName()) {
                case "from" -> from = reader.readInt64();
                case "until" -> until = reader.readInt64();
                case "by" -> counts = !except.contains(reader.readString());
                default -> reader.skipValue();
            }
        }
        reader.readEndDocument();
        if (counts) {
            gathering.add(resource, from, until);
        }
    }

    /** In the document of each day that the stretch touches; as BSON, for a course has eighteen and they need no mapping. */
    private static Stream<UpdateOneModel<Document>> added(Stretch stretch, String by) {
        BsonInt64 from = new BsonInt64(Taken.minute(stretch.from()));
        BsonInt64 until = new BsonInt64(Taken.endMinute(stretch.until()));
        BsonDocument overlapping =
                new BsonDocument("from", new BsonDocument("$lt", until)).append("until", new BsonDocument("$gt", from));
        BsonDocument free = new BsonDocument("$not", new BsonDocument("$elemMatch", overlapping));
        BsonDocument push = new BsonDocument(
                "$push",
                new BsonDocument(
                        "taken",
                        new BsonDocument("from", from).append("until", until).append("by", new BsonString(by))));
        LocalDate first = LocalDate.ofInstant(stretch.from(), ZoneOffset.UTC);
        LocalDate last = LocalDate.ofInstant(stretch.until().minusNanos(1), ZoneOffset.UTC);
        return first.datesUntil(last.plusDays(1))
                .map(day -> new UpdateOneModel<>(
                        new BsonDocument("_id", new BsonString(day + "|" + stretch.resource())).append("taken", free),
                        push,
                        new UpdateOptions().upsert(true)));
    }
}
