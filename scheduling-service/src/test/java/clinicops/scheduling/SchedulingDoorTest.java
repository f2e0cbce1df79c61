package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.AccessMatrix;
import clinicops.chassis.testing.HouseRules;
import clinicops.chassis.testing.OpenApiDrift;
import clinicops.chassis.testing.ServiceTest;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Who may enter, what the door says of itself, and how the house is built. */
@ServiceTest(database = "scheduling")
class SchedulingDoorTest {
    @Autowired
    ApplicationContext context;

    @Autowired
    MongoTemplate mongo;

    @Test
    void everyRouteAnswersTheRolesOfItsRowAndNobodyElse() {
        AccessMatrix.verify(context);
    }

    @Test
    void thePublishedDescriptionIsTheCommittedOne() {
        OpenApiDrift.verify(context);
    }

    @Test
    void theHouseRulesHold() {
        HouseRules.verify("clinicops.scheduling");
    }

    /** Filter and sort as the repositories send them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sessions; {courseId: 'c', listKey: {$gt: ''}}; {listKey: 1}",
                "sessions; {patientId: 'p', listKey: {$gt: ''}}; {listKey: 1}",
                "sessions; {patientId: {$in: ['p', 'q']}}; {listKey: 1}",
                "sessions; {listKey: {$gt: '2026', $lt: '2027'}}; {listKey: 1}",
                "sessions; {listKey: {$gt: '2026', $lt: '2027'}, state: {$nin: ['CANCELLED', 'NO_SHOW']}}; {}",
                "sessions; {state: 'HELD', 'hold.recheckUntil': {$lt: ISODate('2026-01-01T00:00:00Z')}}; {'hold.recheckUntil': 1}",
                "sessions; {state: 'HELD'}; {'hold.recheckUntil': 1}",
                "sessions; {state: 'BOOKED', noShowSince: null, 'place.startsAt': {$lte: ISODate('2026-01-01T00:00:00Z')}}; {'place.startsAt': 1}",
                "sessions; {state: 'BOOKED', noShowSince: null}; {'place.startsAt': 1}",
                "vitals; {sessionId: 's'}; {takenAt: 1}",
                "bedside; {nextCheckAt: {$lte: ISODate('2026-01-01T00:00:00Z')}}; {nextCheckAt: 1}",
                "alarms; {sessionId: 's', closed: false}; {}",
                "alarms; {nextEscalationAt: {$lte: ISODate('2026-01-01T00:00:00Z')}}; {nextEscalationAt: 1}",
                "alarms; {_id: {$gt: ''}}; {_id: 1}",
                "alarms; {'acknowledgement.at': null, _id: {$gt: ''}}; {_id: 1}",
                "alarms; {sessionId: 's', _id: {$gt: ''}}; {_id: 1}",
                "courses; {patientId: 'p', _id: {$gt: ''}}; {_id: 1}",
                "occupied; {'taken.by': 's'}; {}",
                "sessions; {listKey: {$gt: '2026'}, state: 'BOOKED'}; {listKey: 1}",
                "availability; {$or: [{effect: 'WORKS'}, {lastDay: null}, {lastDay: {$gte: ISODate('2026-01-01T00:00:00Z')}}]}; {}",
                "availability; {_id: {$gt: ''}, $or: [{lastDay: null}, {lastDay: {$gte: ISODate('2026-01-01T00:00:00Z')}}]}; {_id: 1}",
                "availability; {of: 'clinic', _id: {$gt: ''}, $or: [{lastDay: null}, {lastDay: {$gte: ISODate('2026-01-01T00:00:00Z')}}]}; {_id: 1}",
                "waitlist; {state: 'WAITING', queueKey: {$gt: ''}}; {queueKey: 1}",
                "waitlist; {state: {$in: ['WAITING', 'OFFERED']}, queueKey: {$gt: ''}}; {queueKey: 1}",
                "waitlist; {patientId: 'p', state: {$in: ['WAITING', 'OFFERED']}, queueKey: {$gt: ''}}; {queueKey: 1}",
                "waitlist; {state: 'OFFERED', 'offer.holdId': 'h'}; {}",
                "freed_places; {state: 'OPEN'}; {startsAt: 1}",
                "freed_places; {state: 'KEPT', startsAt: {$gt: ISODate('2026-01-01T00:00:00Z')}}; {}",
                "sessions; {patientId: 'p', listKey: {$gt: ''}, fee: {$ne: null}}; {listKey: 1}",
                "credentials; {username: 'nora'}; {_id: 1}"
            })
    void everyListQueryUsesAnIndexAndSortsByIt(String collection, String filter, String sort) {
        Document plan = mongo.executeCommand(new Document(
                "explain",
                new Document("find", collection)
                        .append("filter", Document.parse(filter))
                        .append("sort", Document.parse(sort))));

        String winning = plan.get("queryPlanner", Document.class)
                .get("winningPlan", Document.class)
                .toJson();
        assertThat(winning).contains("IXSCAN").doesNotContain("COLLSCAN").doesNotContain("\"SORT\"");
    }
}
