package clinicops.notification.poll;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks for due work, on one thread a job. The business clock may jump, so looking again after a short pause of system time is
 * simpler, and sure; an idle look is one query answered by an index.
 */
@Component
class DuePoller implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DuePoller.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration END_WITHIN = Duration.ofSeconds(10);

    private final List<DueJob> jobs;
    private final List<Thread> threads = new ArrayList<>();
    private volatile CountDownLatch stop = new CountDownLatch(0);

    DuePoller(List<DueJob> jobs) {
        this.jobs = jobs;
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        CountDownLatch untilStopped = new CountDownLatch(1);
        stop = untilStopped;
        for (DueJob job : jobs) {
            threads.add(Thread.ofPlatform()
                    .name("due-" + job.getClass().getSimpleName())
                    .daemon()
                    .start(() -> run(job, untilStopped)));
        }
    }

    private static void run(DueJob job, CountDownLatch untilStopped) {
        Duration pause = PAUSE;
        try {
            while (untilStopped.getCount() > 0) {
                boolean idle;
                try {
                    idle = job.runDue() == 0;
                    pause = PAUSE;
                } catch (RuntimeException e) {
                    log.warn("{} failed, and goes on in {}", job.getClass().getSimpleName(), pause, e);
                    idle = true;
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                }
                if (idle && untilStopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop() {
        stop.countDown();
        try {
            for (Thread thread : threads) {
                thread.join(END_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return stop.getCount() > 0;
    }
}
