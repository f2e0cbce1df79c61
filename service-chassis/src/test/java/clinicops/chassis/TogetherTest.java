package clinicops.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Work of many at one moment, done in few rounds. */
class TogetherTest {
    @Test
    void whoComesWhileARoundIsUnderWaySharesTheNextAndGetsTheirOwnResult() throws Exception {
        List<Integer> rounds = Collections.synchronizedList(new ArrayList<>());
        var allHere = new CountDownLatch(51);
        Together<Integer, Integer> together = new Together<>(20, some -> {
            rounds.add(some.size());
            allHere.countDown();
            try {
                allHere.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return some.stream().map(each -> each * 2).toList();
        });
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int mine = i;
                work.add(() -> {
                    allHere.countDown();
                    return together.add(mine) - 2 * mine;
                });
            }
            for (var one : callers.invokeAll(work)) {
                assertThat(one.get()).isZero();
            }
        }
        assertThat(rounds).allMatch(size -> size <= 20);
        assertThat(rounds.stream().mapToInt(Integer::intValue).sum()).isEqualTo(50);
        assertThat(rounds).hasSizeLessThan(50);
    }

    @Test
    void aRoundThatFailsIsTheFailureOfAllWhoSharedItAndOfNobodyAfter() {
        var down = new AtomicBoolean(true);
        Together<String, String> together = new Together<>(20, some -> {
            if (down.get()) {
                throw new IllegalStateException("down");
            }
            return some;
        });
        assertThatThrownBy(() -> together.add("a reading")).hasMessage("down");
        down.set(false);
        assertThat(together.add("a reading")).isEqualTo("a reading");
    }
}
