package clinicops.staffweb.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.outbox.Transactions;
import clinicops.testing.TestServers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.MongoTransactionManager;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

/** Rebuilds that fail, and that meet. */
class JourneyRebuildTest {
    private final SimpleMongoClientDatabaseFactory database =
            new SimpleMongoClientDatabaseFactory(TestServers.freshDatabase("rebuild"));
    private final JourneyStore store = new JourneyStore(new MongoTemplate(database));
    private final Transactions transactions = new Transactions(new MongoTransactionManager(database));

    @Test
    void aRebuildThatFailsLeavesNothingBehind() {
        store.save(List.of(Journey.begin(JourneyBuild.FIRST, "anna")));
        var projection = new JourneyProjection(store, transactions, (topics, sink) -> {
            store.save(List.of(Journey.begin(String.valueOf(store.build().making()), "anna")));
            throw new IllegalStateException("the broker is gone");
        });
        assertThatThrownBy(projection::rebuild).hasMessage("the broker is gone");
        assertThat(store.build().making()).isNull();
        assertThat(store.build().shown()).isEqualTo(JourneyBuild.FIRST);
        assertThat(store.patients(JourneyBuild.FIRST)).isEqualTo(1);
        assertThat(new MongoTemplate(database).estimatedCount(Journey.class)).isEqualTo(1);
    }

    @Test
    void aRebuildThatIsOvertakenShowsNothingAndTouchesNothingOfTheOther() {
        var first = new JourneyProjection(store, transactions, (topics, sink) -> {
            new JourneyProjection(store, transactions, (_, _) -> {
                        store.save(List.of(
                                Journey.begin(String.valueOf(store.build().making()), "anna")));
                        return 1;
                    })
                    .rebuild();
            return 1;
        });
        assertThatThrownBy(first::rebuild).isInstanceOf(JourneyProjection.RebuildOvertaken.class);
        assertThat(store.build().making()).isNull();
        assertThat(store.patients(store.build().shown())).isEqualTo(1);
    }

    @Test
    void beginningARebuildNeverChangesWhatIsShown() {
        store.make("a", Instant.now());
        assertThat(store.build().shown()).isEqualTo(JourneyBuild.FIRST);
        assertThat(store.show("a")).isTrue();
        store.make("b", Instant.now());
        store.giveUp("a");
        assertThat(store.build().shown()).isEqualTo("a");
        assertThat(store.build().making()).isEqualTo("b");
        store.giveUp("b");
        assertThat(store.build().making()).isNull();
    }
}
