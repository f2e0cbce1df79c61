package clinicops.staffweb.messaging;

import clinicops.contracts.Event;
import clinicops.contracts.PulseEvent;
import clinicops.outbox.EventHandlers;
import clinicops.outbox.Inbox;
import clinicops.outbox.Poll;
import clinicops.outbox.Received;
import clinicops.staffweb.journey.JourneyProjection;
import clinicops.staffweb.journey.Pulses;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Everything that the services tell goes into the journeys; what only moves screens goes past them. */
@Configuration(proxyBeanMethods = false)
class JourneyConsumer {
    /** Every fact counts, in any order: the journey itself knows what is newer. */
    @Bean
    EventHandlers journeyHandlers(JourneyProjection journeys, Pulses pulses) {
        return EventHandlers.named("staff-web")
                .onEverything(events -> {
                    pulses.tell(pulsesOf(events));
                    journeys.apply(events.stream()
                            .filter(event -> !(event.event() instanceof PulseEvent))
                            .toList());
                })
                .build();
    }

    @SuppressWarnings("unchecked")
    private static List<Received<? extends PulseEvent>> pulsesOf(List<Received<? extends Event>> events) {
        List<Received<? extends PulseEvent>> pulses = new ArrayList<>();
        for (Received<? extends Event> event : events) {
            if (event.event() instanceof PulseEvent) {
                pulses.add((Received<? extends PulseEvent>) event);
            }
        }
        return pulses;
    }

    @Bean
    Consumer<Poll> clinicEvents(Inbox inbox, EventHandlers journeyHandlers) {
        return inbox.consumer(journeyHandlers);
    }
}
