package clinicops.chassis.together;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.together.GroupCommit.Asked;
import clinicops.chassis.together.GroupCommit.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class GroupCommitTest {
    private final ExecutorService people = Executors.newCachedThreadPool();
    private final List<List<String>> groups = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch disk = new CountDownLatch(1);

    @AfterEach
    void everybodyGoes() {
        people.shutdownNow();
        SecurityContextHolder.clearContext();
    }

    @Test
    void whatComesWhileOneIsCommittedGoesTogetherInOrder() throws Exception {
        try (var commits = new GroupCommit<String, String>("answers", 10, 10, this::commit)) {
            Future<String> first = ask(commits, "first");
            await().until(() -> groups.size() == 1);
            var others = new ArrayList<Future<String>>();
            for (int i = 0; i < 4; i++) {
                int before = waiting.get();
                others.add(ask(commits, "other " + i));
                await().until(() -> waiting.get() > before);
                pauseUntilQueued(others.getLast());
            }
            disk.countDown();

            assertThat(first.get()).isEqualTo("done: first");
            for (int i = 0; i < 4; i++) {
                assertThat(others.get(i).get()).isEqualTo("done: other " + i);
            }
            assertThat(groups).hasSize(2);
            assertThat(groups.get(1)).hasSize(4);
        }
    }

    @Test
    void refusesWhoeverComesWhenTooManyWait() throws Exception {
        try (var commits = new GroupCommit<String, String>("answers", 1, 2, this::commit)) {
            Future<String> first = ask(commits, "first");
            await().until(() -> groups.size() == 1);
            var crowd = new ArrayList<Future<String>>();
            for (int i = 0; i < 5; i++) {
                crowd.add(ask(commits, "other " + i));
            }
            await().until(() -> crowd.stream().filter(Future::isDone).count() == 3);
            disk.countDown();

            first.get();
            int done = 0;
            for (Future<String> each : crowd) {
                try {
                    each.get();
                    done++;
                } catch (java.util.concurrent.ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(Busy.class);
                }
            }
            assertThat(done).isEqualTo(2);
        }
    }

    @Test
    void oneThatCantBeDoneDoesNotTakeItsNeighboursDown() throws Exception {
        try (var commits = new GroupCommit<String, String>("answers", 10, 10, this::commit)) {
            Future<String> first = ask(commits, "first");
            await().until(() -> groups.size() == 1);
            var good = ask(commits, "good");
            var bad = ask(commits, "poison");
            var refused = ask(commits, "refused");
            var alsoGood = ask(commits, "also good");
            await().until(() -> waiting.get() == 5);
            for (Future<String> each : List.of(good, bad, refused, alsoGood)) {
                pauseUntilQueued(each);
            }
            disk.countDown();

            assertThat(first.get()).isEqualTo("done: first");
            assertThat(good.get()).isEqualTo("done: good");
            assertThat(alsoGood.get()).isEqualTo("done: also good");
            assertThat(bad)
                    .failsWithin(java.time.Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withCauseInstanceOf(IllegalStateException.class);
            assertThat(refused)
                    .failsWithin(java.time.Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aDatabaseThatIsAwayIsNotAskedForEachInTurn() throws Exception {
        var tries = new AtomicInteger();
        try (var commits = new GroupCommit<String, String>("answers", 10, 10, asked -> {
            tries.incrementAndGet();
            arrive();
            throw new DataAccessResourceFailureException("away");
        })) {
            var all = new ArrayList<Future<String>>();
            for (int i = 0; i < 6; i++) {
                all.add(ask(commits, "some " + i));
            }
            await().until(() -> waiting.get() == 6);
            disk.countDown();
            for (Future<String> each : all) {
                assertThat(each)
                        .failsWithin(java.time.Duration.ofSeconds(5))
                        .withThrowableThat()
                        .withCauseInstanceOf(DataAccessResourceFailureException.class);
            }
            assertThat(tries.get()).isLessThanOrEqualTo(6);
        }
    }

    @Test
    void worksInTheNameOfWhoAsked() throws Exception {
        try (var commits = new GroupCommit<String, String>("answers", 10, 10, asked -> asked.stream()
                .<Outcome<String>>map(each -> each.onBehalf(() -> new Outcome.Done<>(
                        SecurityContextHolder.getContext().getAuthentication().getName())))
                .toList())) {
            for (String who : List.of("bea", "ada")) {
                SecurityContextHolder.getContext()
                        .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(who, null, List.of()));
                assertThat(commits.take("anything")).isEqualTo(who);
            }
        }
    }

    @Test
    void commitsWhatWaitsWhenItClosesAndTakesNothingMore() throws Exception {
        var commits = new GroupCommit<String, String>("answers", 1, 10, this::commit);
        Future<String> first = ask(commits, "first");
        await().until(() -> groups.size() == 1);
        Future<String> second = ask(commits, "second");
        await().until(() -> waiting.get() == 2);
        pauseUntilQueued(second);
        Future<?> closing = people.submit(commits::close);
        disk.countDown();
        closing.get();

        assertThat(first.get()).isEqualTo("done: first");
        assertThat(second.get()).isEqualTo("done: second");
        assertThatExceptionOfType(Busy.class).isThrownBy(() -> commits.take("late"));
    }

    private Future<String> ask(GroupCommit<String, String> commits, String what) {
        return people.submit(() -> {
            waiting.incrementAndGet();
            return commits.take(what);
        });
    }

    /** It has got as far as it gets: it waits for the disk. */
    private static void pauseUntilQueued(Future<String> asked) {
        await().during(java.time.Duration.ofMillis(30)).until(() -> !asked.isDone());
    }

    private void arrive() {
        boolean interrupted = false;
        while (true) {
            try {
                disk.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Outcome<String>> commit(List<Asked<String>> asked) {
        groups.add(asked.stream().map(Asked::what).toList());
        arrive();
        if (asked.stream().anyMatch(a -> a.what().equals("poison"))) {
            throw new IllegalStateException("the group can't be stored");
        }
        return asked.stream()
                .<Outcome<String>>map(a -> a.what().equals("refused")
                        ? new Outcome.Refused<>(new IllegalArgumentException("no"))
                        : new Outcome.Done<>("done: " + a.what()))
                .toList();
    }
}
