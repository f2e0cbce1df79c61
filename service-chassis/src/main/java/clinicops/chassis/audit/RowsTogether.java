package clinicops.chassis.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Inserts rows of concurrent requests together: while one insert is under way, those who come meanwhile wait for the next and
 * share it. Alone, a row is inserted at once. Nobody goes on before their row is safe.
 */
final class RowsTogether {
    private static final int MOST = 500;

    private final Consumer<List<AuditRow>> insert;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock inserting = new ReentrantLock();

    RowsTogether(Consumer<List<AuditRow>> insert) {
        this.insert = insert;
    }

    private static final class Waiting {
        final AuditRow row;
        /** Both are read and written under the lock. */
        boolean done;

        @Nullable
        RuntimeException failure;

        Waiting(AuditRow row) {
            this.row = row;
        }
    }

    /** @throws RuntimeException what the insert threw that the row was part of */
    void add(AuditRow row) {
        var mine = new Waiting(row);
        waiting.add(mine);
        inserting.lock();
        try {
            // those before me may fill an insert of their own
            while (!mine.done) {
                insertSome();
            }
        } finally {
            inserting.unlock();
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
    }

    private void insertSome() {
        var together = new ArrayList<Waiting>();
        for (Waiting next = waiting.poll(); next != null; next = together.size() < MOST ? waiting.poll() : null) {
            together.add(next);
        }
        RuntimeException failure = null;
        try {
            insert.accept(together.stream().map(each -> each.row).toList());
        } catch (RuntimeException e) {
            failure = e;
        }
        for (Waiting each : together) {
            each.failure = failure;
            each.done = true;
        }
    }
}
