package clinicops.outbox;

import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.bson.UuidRepresentation;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.cloud.stream.binder.kafka.ListenerContainerWithDlqAndRetryCustomizer;
import org.springframework.cloud.stream.binder.kafka.support.ProducerConfigCustomizer;
import org.springframework.cloud.stream.binding.Bindable;
import org.springframework.cloud.stream.binding.BindingService;
import org.springframework.cloud.stream.binding.InputBindingLifecycle;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.cloud.stream.config.ProducerMessageHandlerCustomizer;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.env.Environment;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.MongoTransactionManager;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.integration.kafka.outbound.KafkaProducerMessageHandler;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Outbox, relay, inbox, dead letters and replay of one service, and MongoDB as they need it: a replica set, majority and
 * journal, transactions.
 */
@AutoConfiguration(
        afterName = {
            "clinicops.chassis.ChassisAutoConfiguration",
            "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration"
        })
@EnableConfigurationProperties(OutboxProperties.class)
@PropertySource("classpath:clinicops/outbox/outbox-defaults.properties")
public class OutboxAutoConfiguration {

    /** Business time; the chassis brings a clock that a demo can move. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    MongoClientSettingsBuilderCustomizer surelyWritten() {
        return settings -> settings.writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .readConcern(ReadConcern.MAJORITY)
                // longer than an election, shorter than a person waits
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(10, TimeUnit.SECONDS))
                .uuidRepresentation(UuidRepresentation.STANDARD);
    }

    @Bean
    @ConditionalOnMissingBean(MongoTransactionManager.class)
    MongoTransactionManager transactionManager(MongoDatabaseFactory database) {
        return new SurelyCommitting(database);
    }

    @Bean
    Transactions transactions(MongoTransactionManager manager) {
        return new Transactions(manager);
    }

    @Bean
    OutboxCollections outboxCollections(MongoDatabaseFactory database) {
        return new OutboxCollections(database);
    }

    @Bean
    Leases leases(MongoDatabaseFactory database, OutboxCollections collections) {
        return new Leases(database);
    }

    @Bean
    Outbox outbox(MongoTemplate mongo, MongoDatabaseFactory database, Clock clock, OutboxCollections collections) {
        return new MongoOutbox(mongo, database, clock);
    }

    @Bean
    static KafkaConnection kafkaConnection(Environment environment) {
        return KafkaConnection.of(environment);
    }

    @Bean
    static TopicsAtStart topicsAtStart(KafkaConnection kafka) {
        return new TopicsAtStart(kafka);
    }

    @Bean
    RelayLatency relayLatency() {
        return new RelayLatency();
    }

    @Bean
    Relay outboxRelay(
            MongoClient client,
            MongoDatabaseFactory database,
            Leases leases,
            StreamBridge bridge,
            TopicsAtStart topics,
            OutboxProperties properties,
            RelayLatency latency) {
        return new Relay(client, database, leases, new StreamSink(bridge), topics, properties, latency);
    }

    @Bean
    RelayStatus outboxStatus(MongoDatabaseFactory database, Relay relay) {
        return new RelayStatus(database, relay);
    }

    @Bean
    MongoDeadLetters deadLetters(MongoTemplate mongo, OutboxCollections collections) {
        return new MongoDeadLetters(mongo);
    }

    @Bean
    Inbox inbox(MongoTemplate mongo, Transactions transactions, MongoDeadLetters deadLetters) {
        return new Inbox(mongo, transactions, deadLetters);
    }

    @Bean
    GroupLag consumerLag(KafkaConnection kafka, BindingServiceProperties bindings, OutboxProperties properties) {
        return new GroupLag(kafka, bindings, properties.lagEvery());
    }

    @Bean
    TopicReplay topicReplay(KafkaConnection kafka) {
        return new KafkaTopicReplay(kafka);
    }

    @Bean
    ProducerConfigCustomizer acknowledgedByAll() {
        return (settings, binding, destination) -> {
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            // what the relay sends together goes out together
            settings.put(ProducerConfig.LINGER_MS_CONFIG, 1);
            // the relay itself tries without end. A round is shorter than what is left of a lease that is renewed in
            // time: no
            // record of a relay that lost its lease may arrive after its successor's
            settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 6_000);
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        };
    }

    @Bean
    ProducerMessageHandlerCustomizer<KafkaProducerMessageHandler<?, ?>> futuresToTheSender() {
        return (handler, destination) -> handler.setFuturesChannel(StreamSink.futures());
    }

    /** Named in the defaults of the inputs' bindings. */
    @Bean
    static PollConverter pollConverter() {
        return new PollConverter();
    }

    /** What time can cure is delivered again without end. The rest the inbox has taken care of. */
    @Bean
    ListenerContainerWithDlqAndRetryCustomizer deliveredAgainWithoutEnd(OutboxProperties properties) {
        return new ListenerContainerWithDlqAndRetryCustomizer() {
            @Override
            public void configure(
                    AbstractMessageListenerContainer<?, ?> container,
                    String destination,
                    String group,
                    java.util.function.BiFunction<
                                    org.apache.kafka.clients.consumer.ConsumerRecord<?, ?>,
                                    Exception,
                                    org.apache.kafka.common.TopicPartition>
                            deadLetterTopic,
                    BackOff backOff) {
                ExponentialBackOff pauses = new ExponentialBackOff(100, 2);
                pauses.setMaxInterval(properties.retryAtMost().toMillis());
                DefaultErrorHandler again = new DefaultErrorHandler(pauses);
                // by default it gives up on some exceptions and skips the record
                again.setClassifications(Map.of(), true);
                again.setLogLevel(org.springframework.kafka.KafkaException.Level.WARN);
                container.setCommonErrorHandler(again);
                // the offset once per poll, not per event: what comes again after a crash in between, the inbox knows
                container.getContainerProperties().setAckMode(ContainerProperties.AckMode.BATCH);
                container.getContainerProperties().setAuthExceptionRetryInterval(properties.retryAtMost());
            }

            @Override
            public boolean retryAndDlqInBinding(String destination, String group) {
                return false;
            }
        };
    }

    @Bean
    static BeanPostProcessor inputsAfterTopics(ApplicationContext context, ObjectProvider<TopicsAtStart> topics) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (!(bean instanceof InputBindingLifecycle) || bean instanceof InputsAfterTopics) {
                    return bean;
                }
                InputsAfterTopics later = new InputsAfterTopics(
                        context.getBean(BindingService.class),
                        context.getBeansOfType(Bindable.class),
                        topics.getObject());
                context.getAutowireCapableBeanFactory().autowireBean(later);
                return later;
            }
        };
    }

    /** Keeps Java's class names out of the database; a polymorphic value needs {@code @TypeAlias}. */
    @Bean
    static BeanPostProcessor noClassNames() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof org.springframework.data.mongodb.core.convert.MappingMongoConverter converter) {
                    converter.setTypeMapper(new org.springframework.data.mongodb.core.convert.DefaultMongoTypeMapper(
                            "_type",
                            List.of(new org.springframework.data.convert.MappingContextTypeInformationMapper(
                                    converter.getMappingContext()))));
                }
                return bean;
            }
        };
    }
}
