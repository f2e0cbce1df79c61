package clinicops.chassis.tiny.messaging;

import clinicops.contracts.IntakeEvent.PatientRegistered;
import clinicops.outbox.EventHandlers;
import clinicops.outbox.Inbox;
import clinicops.outbox.Poll;
import java.util.function.Consumer;
import org.bson.Document;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoOperations;

/** Gives each new patient a jar from those labelled "spare", and stumbles when there is none. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("spring.cloud.function.definition")
class TinyConsumers {
    @Bean
    Consumer<Poll> clinicEvents(Inbox inbox, EventHandlers handlers) {
        return inbox.consumer(handlers);
    }

    @Bean
    EventHandlers handlers(MongoOperations mongo) {
        return EventHandlers.named("tiny")
                .on(PatientRegistered.class, received -> {
                    if (mongo.getCollection("jars").countDocuments(new Document("label", "spare")) == 0) {
                        throw new IllegalStateException("no jar for Jane Doe");
                    }
                    mongo.insert(new Document("patient", received.event().patientId()), "given_jars");
                })
                .build();
    }
}
