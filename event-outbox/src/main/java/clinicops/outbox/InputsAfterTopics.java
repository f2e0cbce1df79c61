package clinicops.outbox;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.binding.Bindable;
import org.springframework.cloud.stream.binding.BindingService;
import org.springframework.cloud.stream.binding.InputBindingLifecycle;

/**
 * Binds the consumers once the topics are there. Stream's own way asks the broker for them during start-up, for minutes, and
 * the service would not serve without a broker.
 */
final class InputsAfterTopics extends InputBindingLifecycle {

    private static final Logger log = LoggerFactory.getLogger(InputsAfterTopics.class);
    private static final Duration WITHIN_STARTUP = Duration.ofSeconds(2);

    private final TopicsAtStart topics;
    private volatile @Nullable Thread waiting;

    InputsAfterTopics(BindingService service, Map<String, Bindable> bindables, TopicsAtStart topics) {
        super(service, bindables);
        this.topics = topics;
    }

    @Override
    public void start() {
        try {
            if (topics.await(WITHIN_STARTUP)) {
                super.start();
            } else {
                waiting = Thread.ofPlatform()
                        .name("inputs-after-topics")
                        .daemon(true)
                        .start(this::startLater);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startLater() {
        try {
            while (!topics.await(Duration.ofMinutes(1))) {
                log.warn("Consumers still wait for Kafka");
            }
            super.start();
        } catch (InterruptedException e) {
            log.debug("Stopped before Kafka came");
        } finally {
            waiting = null;
        }
    }

    @Override
    public void stop() {
        Thread thread = waiting;
        if (thread != null) {
            thread.interrupt();
        }
        super.stop();
    }

    @Override
    public boolean isRunning() {
        return waiting != null || super.isRunning();
    }
}
