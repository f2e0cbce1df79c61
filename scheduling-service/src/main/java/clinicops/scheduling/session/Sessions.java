package clinicops.scheduling.session;

import clinicops.scheduling.resource.Place;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * Every treatment session of the clinic. Staff of the clinic ask; who of them may is the access table's matter. List keys are
 * start and id, so that a key range is a range of time.
 */
public interface Sessions extends Repository<TreatmentSession, String> {
    /** What calendars tell. */
    String PLACE = "{ 'version': 1, 'patientId': 1, 'place.chairId': 1, 'place.nurseId': 1, 'place.startsAt': 1,"
            + " 'place.endsAt': 1, 'state': 1, 'listKey': 1 }";

    String AT_BEDSIDE =
            "{ 'version': 1, 'patientId': 1, 'route': 1, 'place': 1, 'state': 1, 'checkedInAt': 1, 'gate': 1,"
                    + " 'doseStartedAt': 1, 'doseEndedAt': 1, 'discharge.at': 1, 'ending': 1 }";

    TreatmentSession save(TreatmentSession session);

    /** New ones go in by one insert. */
    List<TreatmentSession> saveAll(Iterable<TreatmentSession> sessions);

    @Query("{ '_id': ?0 }")
    Optional<TreatmentSession> ofClinic(String id);

    @Query(value = "{ 'courseId': ?0, 'listKey': { '$gt': ?1 } }", sort = "{ 'listKey': 1 }")
    List<TreatmentSession> ofCourse(String courseId, String after, Limit limit);

    @Query(value = "{ 'patientId': ?0, 'listKey': { '$gt': ?1 } }", sort = "{ 'listKey': 1 }")
    List<TreatmentSession> ofPatient(String patientId, String after, Limit limit);

    /** That were cancelled late or missed and cost something, also when the clinic did without. */
    @Query(value = "{ 'patientId': ?0, 'listKey': { '$gt': ?1 }, 'fee': { '$ne': null } }", sort = "{ 'listKey': 1 }")
    List<TreatmentSession> withFee(String patientId, String after, Limit limit);

    @Query(value = "{ 'patientId': { '$in': ?0 } }", sort = "{ 'listKey': 1 }")
    List<TreatmentSession> ofPatients(Collection<String> patientIds);

    /** Of one nurse, prescriber or chair, in a span of time. */
    @Query(
            value =
                    "{ 'listKey': { '$gt': ?0, '$lt': ?1 }, '$or': [{ 'place.nurseId': ?2 }, { 'place.prescriberId': ?2 },"
                            + " { 'place.chairId': ?2 }] }",
            fields = PLACE,
            sort = "{ 'listKey': 1 }")
    List<PlacedSession> placed(String after, String before, String of);

    @Query(value = "{ 'listKey': { '$gt': ?0, '$lt': ?1 } }", fields = PLACE, sort = "{ 'listKey': 1 }")
    List<PlacedSession> placedBetween(String after, String before, Limit limit);

    @Query(
            value = "{ 'patientId': ?0, 'listKey': { '$gt': ?1, '$lt': ?2 } }",
            fields = PLACE,
            sort = "{ 'listKey': 1 }")
    List<PlacedSession> placedOf(String patientId, String after, String before, Limit limit);

    @Query(value = "{ '_id': ?0 }", fields = PLACE)
    Optional<PlacedSession> placedOne(String id);

    @Query(value = "{ '_id': { '$in': ?0 } }", fields = PLACE)
    List<PlacedSession> placedOnes(Collection<String> ids);

    /** All of many patients, without what only a screen of one session shows. */
    @Query(
            value = "{ 'patientId': { '$in': ?0 } }",
            fields =
                    "{ 'patientId': 1, 'drug': 1, 'route': 1, 'place.startsAt': 1, 'state': 1, 'escort': 1, 'checkedInAt': 1,"
                            + " 'gate.answers': 1, 'doseStartedAt': 1, 'paidBy': 1, 'adverseEvents': 1 }")
    List<TreatedSession> treated(Collection<String> patientIds);

    /** Whose sessions of a span of time still stand. */
    @Query(
            value = "{ 'listKey': { '$gt': ?0, '$lt': ?1 }, 'state': { '$nin': ['CANCELLED', 'NO_SHOW'] } }",
            fields = "{ '_id': 0, 'patientId': 1 }")
    List<OfPatient> patientsBetween(String after, String before);

    /** Whose a session is, nothing else. */
    record OfPatient(String patientId) {}

    @Query(value = "{ 'listKey': { '$gt': ?0, '$lt': ?1 } }", sort = "{ 'listKey': 1 }")
    List<TreatmentSession> between(String after, String before, Limit limit);

    /** What lies ahead and is booked, without what was done in it. */
    @Query(
            value = "{ 'listKey': { '$gt': ?0 }, 'state': 'BOOKED' }",
            fields =
                    "{ 'version': 1, 'courseId': 1, 'patientId': 1, 'number': 1, 'route': 1, 'terms': 1, 'place': 1, 'listKey': 1 }",
            sort = "{ 'listKey': 1 }")
    List<Booked> booked(String after, Limit limit);

    /** A booked session: whose, which of the course, where and when. */
    record Booked(
            String id,
            long version,
            String courseId,
            String patientId,
            int number,
            String route,
            CourseTerms terms,
            Place place,
            String listKey) {}

    /** What the monitor has to know, read on every reading: never the whole session. */
    @Query(value = "{ '_id': ?0 }", fields = AT_BEDSIDE)
    Optional<AtBedside> atBedside(String id);

    /** As {@link #atBedside} of many. */
    @Query(value = "{ '_id': { '$in': ?0 } }", fields = AT_BEDSIDE)
    List<AtBedside> atBedsides(Collection<String> ids);

    /** Notes that nobody has signed, by when they are due. */
    @Query(value = "{ 'noteQueueKey': { '$gt': ?0 } }", sort = "{ 'noteQueueKey': 1 }")
    List<TreatmentSession> notesToSign(String after, Limit limit);

    /** Unsigned notes that are due before and that the clock has not found yet. */
    @Query(
            value = "{ 'noteQueueKey': { '$gt': '', '$lt': ?0 }, 'note.overdueSince': null }",
            sort = "{ 'noteQueueKey': 1 }")
    List<TreatmentSession> notesDueBefore(String time, Limit limit);

    /** Held patients whose time for rechecks is over, the longest waiting first. */
    @Query(value = "{ 'state': 'HELD', 'hold.recheckUntil': { '$lt': ?0 } }", sort = "{ 'hold.recheckUntil': 1 }")
    List<TreatmentSession> heldTooLong(Instant now, Limit limit);

    @Query(value = "{ 'state': 'HELD' }", sort = "{ 'hold.recheckUntil': 1 }")
    List<TreatmentSession> held(Limit first);

    /** Booked sessions that began before, whose patient did not come and whom nobody was told of yet. */
    @Query(
            value = "{ 'state': 'BOOKED', 'noShowSince': null, 'place.startsAt': { '$lte': ?0 } }",
            sort = "{ 'place.startsAt': 1 }")
    List<TreatmentSession> notCome(Instant startedBefore, Limit limit);

    @Query(value = "{ 'state': 'BOOKED', 'noShowSince': null }", sort = "{ 'place.startsAt': 1 }")
    List<TreatmentSession> expected(Limit first);
}
