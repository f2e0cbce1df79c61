package clinicops.intake.duplicate;

import clinicops.chassis.BusinessClock;
import clinicops.intake.patient.Contact;
import clinicops.intake.patient.Demographics;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientEvent;
import clinicops.intake.patient.PatientFollower;
import clinicops.intake.patient.PatientStatus;
import clinicops.intake.rulebook.RuleBook;
import clinicops.outbox.Ids;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Finds patients who are probably one. Who is new or was put right is noted in the change's own transaction and compared with the
 * others within a second, many at once, so that an import need not wait for it.
 */
@Component
public class DuplicateSearch implements PatientFollower, InitializingBean {
    private static final int AT_ONCE = 200;
    /** A key that so many share tells nobody apart. */
    private static final int MOST_SHARING = 2_000;

    private final MongoTemplate mongo;
    private final DuplicatePairs pairs;
    private final DuplicateTerms terms;
    private final BusinessClock clock;

    DuplicateSearch(MongoTemplate mongo, DuplicatePairs pairs, RuleBook book, BusinessClock clock) {
        this.mongo = mongo;
        this.pairs = pairs;
        this.terms = book.read("duplicates", DuplicateTerms.class);
        this.clock = clock;
    }

    @Override
    public void afterPropertiesSet() {
        var identities = mongo.indexOps(Identity.class);
        identities.createIndex(new Index("keys", Direction.ASC).named("keys"));
        identities.createIndex(new Index("pending", Direction.ASC).sparse().named("pending"));
        var found = mongo.indexOps(DuplicatePair.class);
        found.createIndex(new Index("place", Direction.ASC).sparse().named("open"));
        found.createIndex(new Index("patients", Direction.ASC).named("patients"));
    }

    /** @param likeness how much this patient looks like the person in question */
    record Match(String patientId, Likeness likeness) {}

    /** Patients who are probably that person, the most similar first. */
    public List<String> probable(Demographics person, Contact reach) {
        return matches(person, reach).stream().map(Match::patientId).toList();
    }

    List<Match> matches(Demographics person, Contact reach) {
        var wanted = Identity.of("", person, reach, null);
        return best(wanted, sharing(wanted.keys()));
    }

    @Override
    public void changed(Patient patient, List<? extends PatientEvent> events) {
        if (patient.status() == PatientStatus.MERGED) {
            mongo.remove(Query.query(Criteria.where("_id").is(patient.id())), Identity.class);
        } else if (events.stream()
                .anyMatch(e -> e instanceof PatientEvent.Registered
                        || e instanceof PatientEvent.ContactStated
                        || e instanceof PatientEvent.Unmerged)) {
            mongo.save(Identity.of(patient, Ids.next()));
        }
    }

    @Override
    public void registered(List<Patient> newcomers) {
        mongo.insert(
                newcomers.stream()
                        .map(patient -> Identity.of(patient, Ids.next()))
                        .toList(),
                Identity.class);
    }

    /** Safe to run in several copies of the service: a pair has one id, and who was compared twice was compared. */
    @Scheduled(fixedDelay = 500)
    void compareTheNew() {
        List<Identity> fresh;
        do {
            fresh = mongo.find(
                    new Query(Criteria.where("pending").gt(""))
                            .withHint("pending")
                            .limit(AT_ONCE),
                    Identity.class);
            if (!fresh.isEmpty()) {
                compare(fresh);
            }
        } while (fresh.size() == AT_ONCE);
    }

    private void compare(List<Identity> fresh) {
        Map<String, DuplicatePair> found = new HashMap<>();
        var keys = fresh.stream().flatMap(identity -> identity.keys().stream()).collect(Collectors.toSet());
        var byKey = new HashMap<String, Set<Identity>>();
        for (Identity other : sharing(keys)) {
            for (String key : other.keys()) {
                byKey.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(other);
            }
        }
        for (Identity identity : fresh) {
            var others = identity.keys().stream()
                    .flatMap(key -> byKey.getOrDefault(key, Set.of()).stream())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            for (Match match : best(identity, others)) {
                var pair =
                        DuplicatePair.found(identity.patientId(), match.patientId(), match.likeness(), clock.instant());
                found.put(pair.id(), pair);
            }
        }
        keep(fresh, found);
        var compared = mongo.bulkOps(BulkMode.UNORDERED, Identity.class);
        for (Identity identity : fresh) {
            // who was put right again meanwhile is compared again
            compared.updateOne(
                    Query.query(Criteria.where("_id")
                            .is(identity.patientId())
                            .and("pending")
                            .is(identity.pending())),
                    new Update().unset("pending"));
        }
        compared.execute();
    }

    private void keep(List<Identity> fresh, Map<String, DuplicatePair> found) {
        var stale = pairs.openOf(fresh.stream().map(Identity::patientId).toList()).stream()
                .map(DuplicatePair::id)
                .filter(id -> !found.containsKey(id))
                .toList();
        if (!stale.isEmpty()) {
            pairs.dropOpen(stale);
        }
        var known = pairs.among(found.keySet()).stream()
                .map(DuplicatePair::id)
                .collect(Collectors.toCollection(HashSet::new));
        var unknown = found.values().stream()
                .filter(pair -> !known.contains(pair.id()))
                .toList();
        try {
            pairs.saveAll(unknown);
        } catch (DuplicateKeyException foundMeanwhile) {
            for (DuplicatePair pair : unknown) {
                if (pairs.forStaff(pair.id()).isEmpty()) {
                    pairs.save(pair);
                }
            }
        }
    }

    private List<Identity> sharing(Collection<String> keys) {
        return mongo.find(
                new Query(Criteria.where("keys").in(keys)).limit(MOST_SHARING * Math.max(1, keys.size() / 8)),
                Identity.class);
    }

    private List<Match> best(Identity wanted, Collection<Identity> others) {
        return others.stream()
                .filter(other -> !other.patientId().equals(wanted.patientId()))
                .map(other -> new Match(other.patientId(), Likeness.of(wanted, other, terms)))
                .filter(match -> match.likeness().probable(terms))
                .sorted(Comparator.comparingDouble(
                                (Match match) -> match.likeness().score())
                        .reversed()
                        .thenComparing(Match::patientId))
                .limit(terms.mostPerPatient())
                .toList();
    }
}
