package clinicops.outbox;

import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import java.time.Duration;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.MongoTransactionManager;

/**
 * Transactions that a majority has on disk. When a commit's answer is lost (a new primary, a broken connection) the commit is
 * asked for again, which MongoDB answers with the outcome of the first one.
 */
final class SurelyCommitting extends MongoTransactionManager {

    private static final Duration ASK_AGAIN_FOR = Duration.ofSeconds(20);

    SurelyCommitting(MongoDatabaseFactory database) {
        super(
                database,
                TransactionOptions.builder()
                        .readConcern(ReadConcern.MAJORITY)
                        .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                        .readPreference(ReadPreference.primary())
                        .build());
    }

    @Override
    protected void doCommit(MongoTransactionObject transaction) throws Exception {
        long begun = System.nanoTime();
        Backoff backoff = new Backoff(Duration.ofSeconds(1));
        while (true) {
            try {
                super.doCommit(transaction);
                return;
            } catch (MongoException e) {
                boolean unknown = e.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL);
                if (!unknown || System.nanoTime() - begun > ASK_AGAIN_FOR.toNanos() || !backoff.pause()) {
                    throw e;
                }
            }
        }
    }
}
