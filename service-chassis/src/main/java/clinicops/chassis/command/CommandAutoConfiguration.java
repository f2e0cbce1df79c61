package clinicops.chassis.command;

import clinicops.chassis.Commands;
import clinicops.outbox.Transactions;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import tools.jackson.databind.json.JsonMapper;

/** Commands that may be sent twice. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration",
            "clinicops.outbox.OutboxAutoConfiguration"
        })
public class CommandAutoConfiguration {
    private static final Duration KEPT = Duration.ofDays(7);

    @Bean
    Commands commands(MongoOperations mongo, Transactions transactions, JsonMapper json) {
        mongo.indexOps(StoredCommands.COLLECTION).createIndex(new Index("at", Sort.Direction.ASC).expire(KEPT));
        return new StoredCommands(mongo, transactions, json, InstantSource.system());
    }
}
