package clinicops.outbox;

import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoWriteConcernException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.springframework.beans.factory.BeanCreationNotAllowedException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;

/** Tells what time cures from what it does not. */
final class Failures {

    /**
     * Server errors that are not about the command itself: elections, shutdown, network, disk full, lock and time limits,
     * denied access.
     */
    private static final Set<Integer> PASSING_CODES = Set.of(
            6, 7, 11, 13, 18, 24, 46, 50, 63, 64, 83, 89, 91, 112, 133, 134, 150, 189, 202, 225, 234, 246, 251, 256,
            262, 290, 9001, 10107, 11600, 11601, 11602, 13388, 13435, 13436, 14031);

    private Failures() {}

    /** True when the same event may well be handled later: the infrastructure failed, or others wrote at the same time. */
    static boolean passes(Throwable e) {
        List<Throwable> causes = causes(e);
        if (causes.stream().anyMatch(EventRefused.class::isInstance)) {
            return false;
        }
        return causes.stream().anyMatch(Failures::passesItself);
    }

    /** True when another try at once may succeed. A doubled key is one: who lost the race finds the row at the next try. */
    static boolean isConflict(Throwable e) {
        return Transactions.isTransient(e)
                || causes(e).stream()
                        .anyMatch(c ->
                                c instanceof OptimisticLockingFailureException || c instanceof DuplicateKeyException);
    }

    /** Name of the rule that refused, in kebab case. */
    static String rule(Throwable e) {
        return causes(e).stream()
                .filter(EventRefused.class::isInstance)
                .map(refused -> ((EventRefused) refused).rule())
                .findFirst()
                .orElse("handler-failed");
    }

    /** Rule and class, no message: messages of handlers may quote what they should not. */
    static String reason(Throwable e) {
        return rule(e) + " (" + e.getClass().getSimpleName() + ")";
    }

    private static boolean passesItself(Throwable e) {
        return switch (e) {
            case DataAccessResourceFailureException _,
                    TransientDataAccessException _,
                    RecoverableDataAccessException _,
                    KafkaException _,
                    IOException _,
                    TimeoutException _,
                    InterruptedException _,
                    RejectedExecutionException _,
                    BeanCreationNotAllowedException _ -> true;
            case MongoException mongo -> passes(mongo);
            // a closed client says no more than that
            case IllegalStateException closed ->
                String.valueOf(closed.getMessage()).contains("state should be: open");
            default -> false;
        };
    }

    private static boolean passes(MongoException e) {
        if (e.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)
                || e.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL)
                || e.hasErrorLabel("RetryableWriteError")) {
            return true;
        }
        return switch (e) {
            case MongoNotPrimaryException _,
                    MongoNodeIsRecoveringException _,
                    MongoInterruptedException _,
                    MongoSecurityException _,
                    MongoWriteConcernException _,
                    MongoExecutionTimeoutException _ -> true;
            case MongoCommandException command -> PASSING_CODES.contains(command.getCode());
            case MongoServerException server -> PASSING_CODES.contains(server.getCode());
            // sockets, pools, server selection: everything that never reached the server
            case MongoClientException _ -> true;
            default -> e.getCode() < 0;
        };
    }

    private static List<Throwable> causes(Throwable e) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = e; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
