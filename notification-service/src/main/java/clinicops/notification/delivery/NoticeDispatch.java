package clinicops.notification.delivery;

import clinicops.notification.notice.Notice;
import clinicops.notification.notice.Notices;
import clinicops.notification.poll.DueJob;
import clinicops.outbox.Ids;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/**
 * Claims the notices that are due and sends them, so many at once. A claim is a versioned save: of several copies of the
 * service that want the same notice one succeeds.
 */
@Component
class NoticeDispatch implements DueJob {

    private static final Logger log = LoggerFactory.getLogger(NoticeDispatch.class);
    private static final Duration A_MOMENT = Duration.ofMillis(100);
    private static final int CANDIDATES_PER_PLACE = 4;

    private final String me = Ids.next();
    private final Notices notices;
    private final NoticeSending sending;
    private final DeliverySettings settings;
    private final Clock clock;
    private final InstantSource system = InstantSource.system();
    private final Semaphore places;
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

    NoticeDispatch(Notices notices, NoticeSending sending, DeliverySettings settings, Clock clock) {
        this.notices = notices;
        this.sending = sending;
        this.settings = settings;
        this.clock = clock;
        this.places = new Semaphore(settings.parallel());
    }

    @Override
    public int runDue() {
        int free = places.availablePermits();
        if (free == 0) {
            awaitPlace();
            return 1;
        }
        List<Notice> candidates =
                new ArrayList<>(notices.due(clock.instant(), system.instant(), Limit.of(free * CANDIDATES_PER_PLACE)));
        // copies of the service that look at the same moment should not all want the same notice
        Collections.shuffle(candidates);
        int begun = 0;
        for (Notice candidate : candidates) {
            if (!places.tryAcquire()) {
                break;
            }
            if (begin(candidate)) {
                begun++;
            }
        }
        return begun;
    }

    private void awaitPlace() {
        try {
            if (places.tryAcquire(A_MOMENT.toMillis(), TimeUnit.MILLISECONDS)) {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean begin(Notice candidate) {
        boolean begun = false;
        try {
            candidate.claim(me, Instant.ofEpochMilli(system.millis()).plus(settings.claim()));
            Notice claimed = notices.save(candidate);
            senders.execute(() -> {
                try {
                    send(claimed);
                } finally {
                    places.release();
                }
            });
            begun = true;
        } catch (OptimisticLockingFailureException e) {
            // another copy has it, or an event changed it
        } finally {
            if (!begun) {
                places.release();
            }
        }
        return begun;
    }

    private void send(Notice claimed) {
        try {
            sending.attempt(claimed, me);
        } catch (RuntimeException e) {
            log.warn("notice {} was left half-way", claimed.id(), e);
            try {
                sending.putBack(claimed, me);
            } catch (RuntimeException again) {
                // the database is away: the claim runs out, and somebody tries again
                log.debug("notice {} could not be put back", claimed.id(), again);
            }
        }
    }

    @PreDestroy
    void finish() throws InterruptedException {
        senders.shutdown();
        if (!senders.awaitTermination(settings.claim().toMillis(), TimeUnit.MILLISECONDS)) {
            log.warn("some notices were still being sent; they will be sent again by another copy");
        }
    }
}
