package clinicops.intake.messaging;

import clinicops.contracts.SchedulingEvent.SessionCompleted;
import clinicops.intake.duplicate.DuplicateDesk;
import clinicops.intake.outcome.OutcomeDesk;
import clinicops.outbox.EventHandlers;
import clinicops.outbox.Inbox;
import clinicops.outbox.Poll;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What intake does when scheduling tells something: outcomes are counted in sessions. */
@Configuration(proxyBeanMethods = false)
class IntakeConsumers {

    @Bean
    EventHandlers intakeHandlers(OutcomeDesk outcomes, DuplicateDesk duplicates) {
        return EventHandlers.named("intake")
                .on(SessionCompleted.class, told -> {
                    SessionCompleted session = told.event();
                    outcomes.sessionGiven(
                            session.sessionId(), session.patientId(), session.route(), session.doseStartedAt());
                    duplicates.bringAfter(session.patientId());
                })
                .build();
    }

    @Bean
    Consumer<Poll> clinicEvents(Inbox inbox, EventHandlers intakeHandlers) {
        return inbox.consumer(intakeHandlers);
    }
}
