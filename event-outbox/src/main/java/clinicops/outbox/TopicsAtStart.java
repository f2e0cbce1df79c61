package clinicops.outbox;

import clinicops.contracts.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Makes the topics that are missing, as soon as there is a broker; nothing waits for it but relay and consumers. */
final class TopicsAtStart implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopicsAtStart.class);

    private final KafkaConnection kafka;
    private final CountDownLatch made = new CountDownLatch(1);
    private volatile boolean running;
    private @Nullable Thread thread;

    TopicsAtStart(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    /** @return whether the topics are there */
    boolean await(Duration atMost) throws InterruptedException {
        return made.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void start() {
        running = true;
        if (made.getCount() > 0) {
            thread = Thread.ofPlatform().name("outbox-topics").daemon(true).start(this::run);
        }
    }

    @Override
    public void stop() {
        running = false;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before everything that reads or sends. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void run() {
        Backoff backoff = new Backoff(Duration.ofSeconds(2));
        boolean told = false;
        while (running) {
            try (Admin admin =
                    Admin.create(kafka.with(Map.of("request.timeout.ms", 3_000, "default.api.timeout.ms", 5_000)))) {
                make(admin);
                made.countDown();
                return;
            } catch (InterruptedException e) {
                return;
            } catch (ExecutionException | RuntimeException e) {
                if (running && !told) {
                    log.warn("Kafka is not there yet; the service works on, events wait: {}", e.toString());
                    told = true;
                }
            }
            if (!backoff.pause()) {
                return;
            }
        }
    }

    private static void make(Admin admin) throws InterruptedException, ExecutionException {
        List<NewTopic> topics = List.of(
                kept(Topics.INTAKE),
                kept(Topics.SCHEDULING),
                kept(Topics.BILLING),
                kept(Topics.NOTIFICATION),
                topic(Topics.PULSES, Map.of("retention.ms", "86400000")),
                topic(Topics.CONTACT, Map.of("cleanup.policy", "compact")));
        for (Future<?> topic : admin.createTopics(topics).values().values()) {
            try {
                topic.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private static NewTopic kept(String name) {
        return topic(name, Map.of("retention.ms", "-1"));
    }

    private static NewTopic topic(String name, Map<String, String> settings) {
        // the broker knows best how many copies it can keep
        return new NewTopic(name, Optional.of(Topics.PARTITIONS), Optional.empty()).configs(settings);
    }
}
