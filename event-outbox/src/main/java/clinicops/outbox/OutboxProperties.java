package clinicops.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of outbox and inbox; the defaults suit every service.
 *
 * @param relay false in a process that only writes: another one must relay
 * @param lease how long a relay may be silent before another one takes over
 * @param margin rows stay this long after they were sent, to be sent again when the place in the change stream is lost. Must
 *     exceed the longest life of a transaction (MongoDB's default is 60 s), because a row is stamped before its commit
 * @param watermarkEvery how often the place in the change stream is stored while events flow
 * @param sweepEvery how often rows behind the margin are deleted
 * @param batch at most so many events are on their way to Kafka at once
 * @param retryAtMost longest pause between two tries when Kafka or MongoDB is away
 * @param lagEvery how often the lag of this service's consumers is asked for
 */
@ConfigurationProperties("clinicops.outbox")
public record OutboxProperties(
        @DefaultValue("true") boolean relay,
        @DefaultValue("10s") Duration lease,
        @DefaultValue("90s") Duration margin,
        @DefaultValue("50ms") Duration watermarkEvery,
        @DefaultValue("1s") Duration sweepEvery,
        @DefaultValue("500") int batch,
        @DefaultValue("5s") Duration retryAtMost,
        @DefaultValue("2s") Duration lagEvery) {}
