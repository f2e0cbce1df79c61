package clinicops.staffweb.messaging;

import clinicops.outbox.EventHandlers;
import clinicops.outbox.Inbox;
import clinicops.outbox.Poll;
import clinicops.staffweb.journey.JourneyProjection;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Everything that the services tell goes into the journeys. */
@Configuration(proxyBeanMethods = false)
class JourneyConsumer {
    /** Every fact counts, in any order: the journey itself knows what is newer. */
    @Bean
    EventHandlers journeyHandlers(JourneyProjection journeys) {
        return EventHandlers.named("staff-web").onEverything(journeys::apply).build();
    }

    @Bean
    Consumer<Poll> clinicEvents(Inbox inbox, EventHandlers journeyHandlers) {
        return inbox.consumer(journeyHandlers);
    }
}
