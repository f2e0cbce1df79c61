package clinicops.staffweb.token;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.testing.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.repository.support.MongoRepositoryFactory;

/** Copies of the front door that share their keys through the database. */
class SigningKeysTest {
    private final SigningKeyStore store = new MongoRepositoryFactory(
                    new MongoTemplate(new SimpleMongoClientDatabaseFactory(TestServers.freshDatabase("keys"))))
            .getRepository(SigningKeyStore.class);

    @Test
    void copiesThatStartAtOnceAcceptEachOthersTokens() throws Exception {
        var one = new SigningKeys(store);
        var other = new SigningKeys(store);
        try (var executor = Executors.newFixedThreadPool(2)) {
            executor.invokeAll(List.<Callable<Object>>of(one::current, other::current));
        }
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(one.published().containsJWK(other.current())).isTrue();
            assertThat(other.published().containsJWK(one.current())).isTrue();
            assertThat(one.current().getKeyID()).isEqualTo(other.current().getKeyID());
        });
    }

    @Test
    void aNewKeyIsPublishedFirstAndSignsLater() {
        var copy = new SigningKeys(store);
        String former = copy.current().getKeyID();
        age(former, Duration.ofDays(91));

        var renewing = new SigningKeys(store);
        assertThat(renewing.current().getKeyID()).isEqualTo(former);
        assertThat(renewing.published().getKeys()).hasSize(2);
        String renewed = store.findAllByOrderByCreatedAtDescKidDesc().getFirst().kid();

        age(renewed, Duration.ofMinutes(3));
        var later = new SigningKeys(store);
        assertThat(later.current().getKeyID()).isEqualTo(renewed);
        assertThat(later.published().getKeys()).hasSize(2);

        age(renewed, Duration.ofDays(2));
        assertThat(new SigningKeys(store).published().getKeys()).hasSize(1);
    }

    private void age(String kid, Duration by) {
        SigningKey key = store.findAllByOrderByCreatedAtDescKidDesc().stream()
                .filter(stored -> stored.kid().equals(kid))
                .findFirst()
                .orElseThrow();
        store.save(new SigningKey(kid, key.jwk(), Instant.now().minus(by)));
    }
}
