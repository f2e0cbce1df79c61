package clinicops.outbox;

import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work in a MongoDB transaction. Joins an open one; as the outermost it runs the work again, up to 5 times in all, when
 * MongoDB reports a write conflict or another transient error, so the work must have no effect outside the database.
 */
public final class Transactions {

    private static final int ATTEMPTS = 5;
    private static final int LONGEST_PAUSE_MILLIS = 40;

    private final TransactionTemplate template;

    /** Transactions of this manager. */
    public Transactions(PlatformTransactionManager manager) {
        this.template = new TransactionTemplate(manager);
    }

    /**
     * @return what the work returned, once it was committed (when this is the outermost call)
     * @throws RuntimeException what the work or the commit threw; nothing was written then
     */
    @SuppressWarnings("NullAway") // the template would return null for work that does, and this work does not
    public <R extends @Nullable Object> R inTransaction(Supplier<R> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return template.execute(_ -> work.get());
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return template.execute(_ -> work.get());
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !isTransient(e)) {
                    throw e;
                }
                pause(attempt, e);
            }
        }
    }

    /** As {@link #inTransaction} for work without a result. */
    public void run(Runnable work) {
        inTransaction(() -> {
            work.run();
            return true;
        });
    }

    /** True for a conflict or a moved primary; false when no server was found in all the time that the driver waits. */
    static boolean isTransient(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof MongoTimeoutException) {
                return false;
            }
            if (cause instanceof MongoException mongo
                    && mongo.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)) {
                return true;
            }
        }
        return false;
    }

    private static void pause(int attempt, RuntimeException why) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(1, LONGEST_PAUSE_MILLIS * attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw why;
        }
    }
}
