package clinicops.staffweb.messaging;

import clinicops.contracts.Event;
import clinicops.contracts.EventCatalog;
import clinicops.outbox.EventHandlers;
import clinicops.outbox.Inbox;
import clinicops.staffweb.journey.JourneyProjection;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** Everything that the services tell goes into the journeys. */
@Configuration(proxyBeanMethods = false)
class JourneyConsumer {
    /** Every fact counts, in any order: the journey itself knows what is newer. */
    @Bean
    EventHandlers journeyHandlers(JourneyProjection journeys) {
        EventHandlers.Builder handlers = EventHandlers.named("staff-web");
        EventCatalog.entries().forEach(entry -> handle(handlers, entry.recordClass(), journeys));
        return handlers.build();
    }

    @Bean
    Consumer<Message<byte[]>> clinicEvents(Inbox inbox, EventHandlers journeyHandlers) {
        return inbox.consumer(journeyHandlers);
    }

    private static <E extends Event> void handle(
            EventHandlers.Builder handlers, Class<E> type, JourneyProjection journeys) {
        handlers.on(type, journeys::apply);
    }
}
