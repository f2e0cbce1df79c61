package clinicops.chassis;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does the same work for concurrent callers together: while one round is under way, those who come meanwhile wait for the next
 * and share it. Alone, a caller's work is done at once. Nobody goes on before theirs is done.
 *
 * @param <T> what a caller brings
 * @param <R> what a caller gets
 */
public final class Together<T, R> {
    private final int most;
    private final Function<List<T>, List<R>> work;
    private final Queue<Waiting<T, R>> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock working = new ReentrantLock();

    /**
     * @param most in one round
     * @param work answers with a result for each, in their order; runs on the thread of one of the callers
     */
    public Together(int most, Function<List<T>, List<R>> work) {
        this.most = most;
        this.work = work;
    }

    private static final class Waiting<T, R> {
        final T brought;
        /** All are read and written under the lock. */
        boolean done;

        @Nullable
        R result;

        @Nullable
        RuntimeException failure;

        Waiting(T brought) {
            this.brought = brought;
        }
    }

    /** @throws RuntimeException what the round threw that this was part of */
    @SuppressWarnings("NullAway") // a round that threw nothing has a result for each
    public R add(T one) {
        var mine = new Waiting<T, R>(one);
        waiting.add(mine);
        working.lock();
        try {
            // those before me may fill a round of their own
            while (!mine.done) {
                round();
            }
        } finally {
            working.unlock();
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
        return mine.result;
    }

    private void round() {
        var together = new ArrayList<Waiting<T, R>>();
        for (var next = waiting.poll(); next != null; next = together.size() < most ? waiting.poll() : null) {
            together.add(next);
        }
        try {
            List<R> results =
                    work.apply(together.stream().map(each -> each.brought).toList());
            for (int i = 0; i < together.size(); i++) {
                together.get(i).result = results.get(i);
            }
        } catch (RuntimeException e) {
            together.forEach(each -> each.failure = e);
        }
        together.forEach(each -> each.done = true);
    }
}
