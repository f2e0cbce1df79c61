package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.chassis.RuleViolation;
import clinicops.chassis.testing.ServiceTest;
import clinicops.outbox.Transactions;
import clinicops.scheduling.resource.Occupancy;
import clinicops.scheduling.resource.Occupancy.Taking;
import clinicops.scheduling.resource.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/** Nothing is given away twice, judged by the real database alone. */
@ServiceTest(database = "scheduling")
class OccupancyTest {
    private static final Instant TEN = Instant.parse("2027-03-01T10:00:00Z");

    @Autowired
    Occupancy occupancy;

    @Autowired
    Transactions transactions;

    @Autowired
    MongoTemplate mongo;

    private final String run = UUID.randomUUID().toString();

    /** No session stands behind what this test takes. */
    @AfterEach
    void giveBack() {
        mongo.remove(Query.query(Criteria.where("taken.by").regex(run + "$")), "occupied");
    }

    private String id(String name) {
        return name + "-" + run;
    }

    private Place place(Instant from, int minutes, String chair, @Nullable String pump) {
        return new Place(
                from,
                from.plus(Duration.ofMinutes(minutes)),
                id(chair),
                id("nurse-of-" + chair),
                1,
                pump == null ? null : id(pump),
                null);
    }

    private void take(String session, Place place) {
        transactions.run(() -> occupancy.take(taking(session, "patient-of-" + session, place)));
    }

    private Taking taking(String session, String patient, Place place) {
        return new Taking(id(session), id(patient), place, Duration.ZERO, Duration.ZERO);
    }

    private void refused(String session, Place place) {
        assertThatThrownBy(() -> take(session, place))
                .isInstanceOfSatisfying(
                        RuleViolation.class, e -> assertThat(e.rule()).isEqualTo("place-taken"));
    }

    @Test
    void aChairIsTakenByOneAtATimeAndFreeAgainAtTheEnd() {
        take("a", place(TEN, 135, "one", null));

        refused("b", place(TEN, 135, "one", null));
        refused("b", place(TEN.plusSeconds(134 * 60), 15, "one", null));
        refused("b", place(TEN.minusSeconds(60), 300, "one", null));
        take("before", place(TEN.minusSeconds(135 * 60), 135, "one", null));
        take("after", place(TEN.plusSeconds(135 * 60), 135, "one", null));
    }

    @Test
    void aPumpGoesWithOneChairOnly() {
        take("a", place(TEN, 135, "two", "pump"));

        refused("b", place(TEN, 135, "three", "pump"));
        take("b", place(TEN, 135, "three", null));
    }

    @Test
    void bufferTimeBelongsToChairAndPumpAlone() {
        Place cleaned = place(TEN, 135, "buffered", "washed");
        transactions.run(() ->
                occupancy.take(new Taking(id("a"), id("p"), cleaned, Duration.ofMinutes(20), Duration.ofMinutes(10))));

        Instant ends = cleaned.endsAt();
        refused("b", place(ends.plusSeconds(19 * 60), 15, "buffered", null));
        refused("b", place(ends.plusSeconds(9 * 60), 15, "elsewhere", "washed"));
        take("b", place(ends.plusSeconds(10 * 60), 15, "elsewhere", "washed"));
        transactions.run(() -> occupancy.take(taking("c", "p", place(ends, 15, "third", null))));
    }

    @Test
    void whatIsGivenBackCanBeTakenAgainAndGivingBackTwiceIsNothing() {
        take("a", place(TEN, 135, "four", null));
        take("b", place(TEN.plusSeconds(135 * 60), 135, "four", null));

        transactions.run(() -> occupancy.release(id("a")));
        transactions.run(() -> occupancy.release(id("a")));

        take("c", place(TEN, 135, "four", null));
        refused("d", place(TEN.plusSeconds(135 * 60), 15, "four", null));
    }

    @Test
    void aBlockOverMidnightIsTakenOnBothSides() {
        Instant eleven = Instant.parse("2027-03-01T23:00:00Z");
        take("a", place(eleven, 135, "five", null));

        refused("b", place(Instant.parse("2027-03-02T00:30:00Z"), 15, "five", null));
        take("b", place(Instant.parse("2027-03-02T01:15:00Z"), 15, "five", null));
    }

    @Test
    void aCourseIsTakenWholeOrNotAtAll() {
        take("a", place(TEN, 135, "six", null));

        assertThatThrownBy(() -> transactions.run(() -> occupancy.take(List.of(
                        taking("b", "p", place(TEN.plus(Duration.ofDays(3)), 135, "six", null)),
                        taking("c", "p", place(TEN, 135, "six", null))))))
                .isInstanceOf(RuleViolation.class);

        take("d", place(TEN.plus(Duration.ofDays(3)), 135, "six", null));
    }

    /** A hundred and fifty wishes over two chairs of one day, from sixteen desks. */
    @Test
    void underARaceNoTwoThatWereGivenOverlap() throws Exception {
        record Given(Place place, boolean taken) {}
        Random random = new Random(6);
        List<Callable<Given>> wishes = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            Place wish = place(
                    TEN.plusSeconds(random.nextInt(40) * 900L),
                    45 + 15 * random.nextInt(7),
                    "race" + random.nextInt(2),
                    null);
            String session = "race" + i;
            wishes.add(() -> {
                try {
                    take(session, wish);
                    return new Given(wish, true);
                } catch (RuntimeException e) {
                    return new Given(wish, false);
                }
            });
        }
        Set<String> minutes = new HashSet<>();
        int given = 0;
        try (var desks = Executors.newFixedThreadPool(16)) {
            for (Future<Given> one : desks.invokeAll(wishes)) {
                if (one.get().taken()) {
                    given++;
                    Place place = one.get().place();
                    for (Instant at = place.startsAt(); at.isBefore(place.endsAt()); at = at.plusSeconds(60)) {
                        assertThat(minutes.add(place.chairId() + at)).isTrue();
                    }
                }
            }
        }
        assertThat(given).isPositive();
    }
}
