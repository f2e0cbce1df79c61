package clinicops.notification.link;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.testing.TestServers;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.repository.support.MongoRepositoryFactory;

/** The one key, which copies of the service may want to make at the same moment. */
class LinkKeyTest {
    @Test
    void copiesThatStartTogetherSignWithTheSameKey() throws Exception {
        LinkKeys keys = new MongoRepositoryFactory(
                        new MongoTemplate(new SimpleMongoClientDatabaseFactory(TestServers.freshDatabase("link_key"))))
                .getRepository(LinkKeys.class);
        PatientLink link =
                PatientLink.requested("link-1", "rosa", "paperwork", "rosa", Instant.parse("2026-05-14T15:00:00Z"));
        List<LinkTokens> copies = new ArrayList<>();
        try (var starting = Executors.newFixedThreadPool(8)) {
            List<Callable<LinkTokens>> starts = new ArrayList<>();
            for (int copy = 0; copy < 8; copy++) {
                starts.add(() -> LinkTokens.kept(keys, new SecureRandom()));
            }
            for (Future<LinkTokens> started : starting.invokeAll(starts)) {
                copies.add(started.get());
            }
        }

        String token = copies.getFirst().make(link);
        assertThat(copies).allMatch(copy -> copy.fits(token, link));
        assertThat(LinkTokens.kept(keys, new SecureRandom()).fits(token, link)).isTrue();
    }
}
