package clinicops.chassis.together;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Commits together what waits together: while one transaction is on its way to the disk, the commands that come meanwhile gather,
 * and all of them go into the next one, in the order they came. A command alone does not wait for company.
 *
 * <p>A command that is refused leaves its neighbours alone. When a group fails as a whole, because of one of its commands or
 * of somebody else's write, each command is tried again by itself, so that only the one that can't be done fails.
 *
 * @param <Q> what is asked
 * @param <A> what it is answered with
 */
public final class GroupCommit<Q, A> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    private static final long LOOKS_UP_EVERY_MILLIS = 100;

    /** Does all of them in one transaction and answers each, in order. Must have no effect outside the database. */
    @FunctionalInterface
    public interface Work<Q, A> {
        List<Outcome<A>> all(List<Asked<Q>> asked);
    }

    /** A command and who wants it. */
    public static final class Asked<Q> {
        private final Q what;
        private final OnBehalf caller;

        private Asked(Q what, OnBehalf caller) {
            this.what = what;
            this.caller = caller;
        }

        public Q what() {
            return what;
        }

        /** Runs work in the caller's name: audit rows and events carry it. */
        public <R> R onBehalf(Supplier<R> work) {
            return caller.run(work);
        }
    }

    /** How a command of a group ended. */
    public sealed interface Outcome<A> {
        record Done<A>(A answer) implements Outcome<A> {}

        /** Refused, and nothing written for it. */
        record Refused<A>(RuntimeException why) implements Outcome<A> {}
    }

    private record Waiting<Q, A>(Asked<Q> asked, CompletableFuture<Outcome<A>> outcome) {}

    private final String name;
    private final Work<Q, A> work;
    private final int most;
    private final BlockingQueue<Waiting<Q, A>> queue;
    private final Thread committer;
    private volatile boolean closing;
    private volatile boolean closed;

    /**
     * @param name of what is committed, for threads and refusals, for example {@code answers}
     * @param most commands in one transaction
     * @param waiting commands that may wait; the next one is refused
     */
    public GroupCommit(String name, int most, int waiting, Work<Q, A> work) {
        this.name = name;
        this.work = work;
        this.most = most;
        this.queue = new ArrayBlockingQueue<>(waiting);
        this.committer = Thread.ofPlatform().name("commits-" + name).daemon().start(this::commitAll);
    }

    /**
     * Waits until the command was committed, with majority and journal, or refused.
     *
     * @throws Busy when too many wait already; nothing was done
     * @throws RuntimeException what the command was refused with, or what the database failed with
     */
    public A take(Q what) {
        return switch (enter(what).outcome().join()) {
            case Outcome.Done<A>(A answer) -> answer;
            case Outcome.Refused<A>(RuntimeException why) -> throw why;
        };
    }

    /**
     * As {@link #take} of many; each has its own outcome, and one that fails hinders no other.
     *
     * @throws Busy when too many wait already; those before were done, and may be sent again
     */
    public List<Outcome<A>> takeAll(List<Q> all) {
        return all.stream().map(this::enter).toList().stream()
                .map(waiting -> waiting.outcome().join())
                .toList();
    }

    private Waiting<Q, A> enter(Q what) {
        var waiting = new Waiting<Q, A>(new Asked<>(what, OnBehalf.current()), new CompletableFuture<>());
        if (closing || !queue.offer(waiting) || closed && queue.remove(waiting)) {
            throw new Busy(name);
        }
        return waiting;
    }

    /** Commits what waits, takes nothing more. */
    @Override
    public void close() {
        closing = true;
        try {
            committer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commitAll() {
        var group = new ArrayList<Waiting<Q, A>>();
        while (gather(group)) {
            try {
                commit(group);
            } catch (Throwable broken) {
                // whoever waits must hear of it, and the next ones must be served
                log.error("a group of {} {} failed", group.size(), name, broken);
                fail(group, new IllegalStateException("the group failed", broken));
            }
            group.clear();
        }
        closed = true;
        queue.drainTo(group);
        fail(group, new Busy(name));
    }

    private boolean gather(List<Waiting<Q, A>> group) {
        try {
            while (true) {
                boolean last = closing;
                Waiting<Q, A> first = last ? queue.poll() : queue.poll(LOOKS_UP_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    queue.drainTo(group, most - 1);
                    return true;
                }
                if (last) {
                    return false;
                }
            }
        } catch (InterruptedException e) {
            // nobody interrupts it: that could break a commit off in the middle
            closing = true;
            return gather(group);
        }
    }

    private void commit(List<Waiting<Q, A>> group) {
        RuntimeException failed = tried(group);
        if (failed == null) {
            return;
        }
        if (group.size() == 1 || failed instanceof DataAccessResourceFailureException) {
            fail(group, failed);
            return;
        }
        log.info(
                "{} {} go on one by one: {}",
                group.size(),
                name,
                failed.getClass().getSimpleName());
        for (int i = 0; i < group.size(); i++) {
            RuntimeException alone = tried(group.subList(i, i + 1));
            if (alone instanceof DataAccessResourceFailureException) {
                // the database is away: don't make each wait for it in turn
                fail(group.subList(i, group.size()), alone);
                return;
            }
            if (alone != null) {
                fail(group.subList(i, i + 1), alone);
            }
        }
    }

    /** @return what the group failed with; null when every command has its outcome */
    private @Nullable RuntimeException tried(List<Waiting<Q, A>> group) {
        List<Outcome<A>> outcomes;
        try {
            outcomes = work.all(group.stream().map(Waiting::asked).toList());
        } catch (RuntimeException e) {
            return e;
        }
        for (int i = 0; i < group.size(); i++) {
            group.get(i).outcome().complete(outcomes.get(i));
        }
        return null;
    }

    private void fail(List<Waiting<Q, A>> group, RuntimeException why) {
        group.forEach(waiting -> waiting.outcome().complete(new Outcome.Refused<>(why)));
    }
}
