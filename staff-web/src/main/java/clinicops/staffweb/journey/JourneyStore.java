package clinicops.staffweb.journey;

import static org.springframework.data.domain.Sort.Direction.ASC;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.FindAndReplaceOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** Journeys, their entries, and which build of them is shown. */
@Repository
class JourneyStore {
    private final MongoOperations mongo;

    JourneyStore(MongoOperations mongo) {
        this.mongo = mongo;
        mongo.indexOps(Journey.class)
                .createIndex(
                        new Index().on("generation", ASC).on("patientId", ASC).unique());
        mongo.indexOps(Journey.class)
                .createIndex(new Index().on("generation", ASC).on("end", ASC).on("patientId", ASC));
        mongo.indexOps(JourneyEntry.class)
                .createIndex(new Index()
                        .on("generation", ASC)
                        .on("patientId", ASC)
                        .on("at", ASC)
                        .on("eventId", ASC));
    }

    JourneyBuild build() {
        JourneyBuild build = mongo.findOne(query(where("_id").is(JourneyBuild.ID)), JourneyBuild.class);
        return build == null ? new JourneyBuild(JourneyBuild.ID, JourneyBuild.FIRST, null, null) : build;
    }

    /** From now on events go into {@code generation} too. Ends a rebuild that another copy may have left unfinished. */
    void make(String generation, Instant now) {
        mongo.upsert(
                query(where("_id").is(JourneyBuild.ID)),
                new Update().set("making", generation).set("since", now).setOnInsert("shown", JourneyBuild.FIRST),
                JourneyBuild.class);
    }

    /** Ends a rebuild that failed; does nothing when another one began meanwhile. */
    void giveUp(String generation) {
        mongo.updateFirst(
                query(where("_id").is(JourneyBuild.ID).and("making").is(generation)),
                new Update().unset("making").unset("since"),
                JourneyBuild.class);
    }

    /** Shows what was made; false when another rebuild began meanwhile. */
    boolean show(String generation) {
        return mongo.updateFirst(
                                query(where("_id")
                                        .is(JourneyBuild.ID)
                                        .and("making")
                                        .is(generation)),
                                new Update()
                                        .set("shown", generation)
                                        .unset("making")
                                        .unset("since"),
                                JourneyBuild.class)
                        .getMatchedCount()
                == 1;
    }

    /** Forgets every build that is neither shown nor being made. */
    void sweep() {
        // those that are there first, those that count second: a build that begins in between is not among them
        Set<String> other = new HashSet<>();
        other.addAll(mongo.findDistinct(new Query(), "generation", Journey.class, String.class));
        other.addAll(mongo.findDistinct(new Query(), "generation", JourneyEntry.class, String.class));
        JourneyBuild build = build();
        other.remove(build.shown());
        other.remove(String.valueOf(build.making()));
        sweep(where("generation").in(other));
    }

    private void sweep(Criteria other) {
        mongo.remove(query(other), Journey.class);
        mongo.remove(query(other), JourneyEntry.class);
    }

    /** Those of the events that this build holds already. */
    Set<String> known(String generation, Collection<String> eventIds) {
        var ids = eventIds.stream().map(id -> JourneyEntry.id(generation, id)).toList();
        return mongo.find(query(where("_id").in(ids)), JourneyEntry.class).stream()
                .map(JourneyEntry::eventId)
                .collect(Collectors.toUnmodifiableSet());
    }

    void add(Collection<JourneyEntry> entries) {
        mongo.insert(entries, JourneyEntry.class);
    }

    Optional<Journey> ofPatient(String generation, String patientId) {
        return Optional.ofNullable(
                mongo.findOne(query(where("_id").is(Journey.id(generation, patientId))), Journey.class));
    }

    /** Those of the patients that have a journey yet, by patient. The map may be changed. */
    Map<String, Journey> ofPatients(String generation, Collection<String> patientIds) {
        var ids = patientIds.stream().map(id -> Journey.id(generation, id)).toList();
        return mongo.find(query(where("_id").in(ids)), Journey.class).stream()
                .collect(Collectors.toMap(Journey::patientId, journey -> journey, (one, _) -> one, LinkedHashMap::new));
    }

    /** In the transaction that read them: nothing else guards against others. */
    void save(Collection<Journey> journeys) {
        var bulk = mongo.bulkOps(BulkOperations.BulkMode.UNORDERED, Journey.class);
        var orInsert = FindAndReplaceOptions.options().upsert();
        journeys.forEach(journey -> bulk.replaceOne(query(where("_id").is(journey.id())), journey, orInsert));
        bulk.execute();
    }

    long patients(String generation) {
        return mongo.count(query(where("generation").is(generation)), Journey.class);
    }

    /** @param after patient id of the last one of the page before; empty for the first page */
    List<Journey> list(
            String generation, @Nullable Collection<String> patientIds, @Nullable String end, String after, int limit) {
        Criteria wanted = where("generation").is(generation);
        if (end != null) {
            wanted = wanted.and("end").is(end);
        }
        var byPatient = where("patientId").gt(after);
        if (patientIds != null) {
            byPatient = byPatient.in(patientIds);
        }
        return mongo.find(
                query(new Criteria().andOperator(wanted, byPatient))
                        .with(Sort.by("patientId"))
                        .limit(limit),
                Journey.class);
    }

    /** The newest entries, oldest of them first. */
    List<JourneyEntry> newestEntries(String generation, String patientId, int limit) {
        return mongo.find(
                        query(where("generation")
                                        .is(generation)
                                        .and("patientId")
                                        .is(patientId))
                                .with(Sort.by(Sort.Direction.DESC, "at", "eventId"))
                                .limit(limit),
                        JourneyEntry.class)
                .reversed();
    }
}
