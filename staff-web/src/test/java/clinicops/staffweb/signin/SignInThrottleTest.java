package clinicops.staffweb.signin;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.testing.TestServers;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

class SignInThrottleTest {
    private static final String URI = TestServers.freshDatabase("throttle");
    private static final MongoClient CLIENT = MongoClients.create(URI);
    private static final MongoTemplate MONGO = new MongoTemplate(new SimpleMongoClientDatabaseFactory(URI));

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Test
    void eachFailureBeyondTheFreeOnesDoublesTheWait() {
        var throttle = throttle(3, 100, Duration.ofMillis(300), Duration.ofMillis(900));
        knockAndFail(throttle, "nora", "a1", 3);
        assertThat(wait(throttle, "nora", "a1")).isBetween(Duration.ofMillis(1), Duration.ofMillis(300));

        Awaitility.await().until(() -> throttle.knock("nora", "a1").stayAway() == null);
        assertThat(wait(throttle, "nora", "a1")).isBetween(Duration.ofMillis(301), Duration.ofMillis(600));

        Awaitility.await().until(() -> throttle.knock("nora", "a1").stayAway() == null);
        Awaitility.await().until(() -> throttle.knock("nora", "a1").stayAway() == null);
        assertThat(wait(throttle, "nora", "a1")).isLessThanOrEqualTo(Duration.ofMillis(900));
    }

    @Test
    void successForgetsTheNamesFailuresAndOneOfTheAddress() {
        var throttle = throttle(3, 4, Duration.ofMinutes(5), Duration.ofMinutes(5));
        knockAndFail(throttle, "omar", "a2", 2);
        assertThat(throttle.knock("omar", "a2").stayAway()).isNull();
        throttle.succeeded("omar", "a2");
        // two are left with the address, none with the name
        knockAndFail(throttle, "omar", "a2", 2);
        assertThat(wait(throttle, "pia", "a2")).isPositive();
    }

    @Test
    void guessingManyNamesFromOneAddressIsSlowToo() {
        var throttle = throttle(5, 4, Duration.ofMinutes(5), Duration.ofMinutes(5));
        for (int i = 0; i < 4; i++) {
            assertThat(throttle.knock("name-" + i, "a3").stayAway()).isNull();
        }
        assertThat(wait(throttle, "name-9", "a3")).isPositive();
        assertThat(throttle.knock("name-9", "elsewhere").stayAway()).isNull();
    }

    @Test
    void guessesSideBySideGainNothing() throws Exception {
        var throttle = throttle(5, 100, Duration.ofMinutes(5), Duration.ofMinutes(5));
        try (var executor = Executors.newFixedThreadPool(16)) {
            var guesses = executor.invokeAll(IntStream.range(0, 40)
                    .<Callable<Boolean>>mapToObj(
                            i -> () -> throttle.knock("quentin", "a4-" + i).stayAway() == null)
                    .toList());
            int admitted = 0;
            for (var guess : guesses) {
                admitted += guess.get() ? 1 : 0;
            }
            assertThat(admitted).isEqualTo(5);
        }
        assertThat(wait(throttle, "quentin", "a4")).isPositive();
    }

    @Test
    void guessesOfManyNamesSideBySideFromOneAddressGainNothing() throws Exception {
        var throttle = throttle(5, 7, Duration.ofMinutes(5), Duration.ofMinutes(5));
        try (var executor = Executors.newFixedThreadPool(16)) {
            var guesses = executor.invokeAll(IntStream.range(0, 40)
                    .<Callable<Boolean>>mapToObj(
                            i -> () -> throttle.knock("many-" + i, "a5").stayAway() == null)
                    .toList());
            int admitted = 0;
            for (var guess : guesses) {
                admitted += guess.get() ? 1 : 0;
            }
            assertThat(admitted).isEqualTo(7);
        }
    }

    @Test
    void aSignInThatSucceedsLeavesTheDoorOpenForTheColleagues() {
        var throttle = throttle(5, 2, Duration.ofMinutes(5), Duration.ofMinutes(5));
        knockAndFail(throttle, "rosa", "a6", 1);
        assertThat(throttle.knock("sam", "a6").shutNow()).isTrue();
        throttle.succeeded("sam", "a6");
        assertThat(throttle.knock("tess", "a6").stayAway()).isNull();
    }

    @Test
    void failuresAreForgottenAfterADayAndTheirRowsGo() {
        var throttle = throttle(2, 100, Duration.ofMinutes(5), Duration.ofMinutes(5));
        knockAndFail(throttle, "uma", "a7", 1);
        MONGO.getCollection("sign_in_failures")
                .updateMany(
                        new Document(),
                        new Document(
                                "$set",
                                new Document("lastAt", Date.from(Instant.now().minus(Duration.ofHours(25))))));
        assertThat(throttle.knock("uma", "a7").shutNow()).isFalse();
        assertThat(throttle.knock("uma", "a7").shutNow()).isTrue();
        assertThat(MONGO.indexOps("sign_in_failures").getIndexInfo())
                .anySatisfy(index -> assertThat(index.getExpireAfter()).hasValue(Duration.ofHours(25)));
    }

    @Test
    void whatPeopleTypeIntoTheUsernameFieldIsNotKept() {
        var throttle = throttle(5, 5, Duration.ofMinutes(5), Duration.ofMinutes(5));
        throttle.knock("my secret password", "10.1.2.3");
        assertThat(MONGO.getCollection("sign_in_failures").find())
                .noneMatch(
                        row -> row.toJson().contains("secret") || row.toJson().contains("10.1.2.3"));
    }

    private static void knockAndFail(SignInThrottle throttle, String username, String address, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(throttle.knock(username, address).stayAway()).isNull();
        }
    }

    private static Duration wait(SignInThrottle throttle, String username, String address) {
        return java.util.Objects.requireNonNullElse(
                throttle.knock(username, address).stayAway(), Duration.ZERO);
    }

    private static SignInThrottle throttle(int free, int freeOfAddress, Duration first, Duration longest) {
        return new SignInThrottle(
                MONGO,
                new SignInSettings(free, freeOfAddress, first, longest, Duration.ofMinutes(30), Duration.ofHours(12)));
    }
}
