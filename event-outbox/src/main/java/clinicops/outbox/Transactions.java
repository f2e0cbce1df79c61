package clinicops.outbox;

import java.util.function.Supplier;

/**
 * Runs work in a MongoDB transaction. Joins an open one; as the outermost it runs the work again, up to 5 times, when MongoDB
 * reports a write conflict or another transient error, so the work must have no effect outside the database.
 */
public final class Transactions {

    Transactions() {}

    public <R> R inTransaction(Supplier<R> work) {
        throw new UnsupportedOperationException();
    }

    public void run(Runnable work) {
        throw new UnsupportedOperationException();
    }
}
