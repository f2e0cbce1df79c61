package clinicops.scheduling.messaging;

import clinicops.contracts.BillingEvent;
import clinicops.contracts.Event;
import clinicops.contracts.IntakeEvent;
import clinicops.outbox.EventHandlers;
import clinicops.outbox.Inbox;
import clinicops.outbox.Poll;
import clinicops.scheduling.booster.Boosters;
import clinicops.scheduling.dayclose.DayCloseDesk;
import clinicops.scheduling.readiness.PatientFacts;
import clinicops.scheduling.readiness.PatientFactsProjection;
import clinicops.scheduling.session.SessionDesk;
import clinicops.scheduling.waitlist.FreedPlaceOffers;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What scheduling does when intake or billing tell something. Facts guard themselves against late news, part by part (see
 * {@link clinicops.scheduling.readiness.PatientFacts}), so every handler takes every event.
 */
@Configuration(proxyBeanMethods = false)
class SchedulingConsumers {

    /** A plan may want boosters from now on, or none any more. */
    private static final List<Class<? extends Event>> OF_PLANS =
            List.of(IntakeEvent.TreatmentPlanApproved.class, IntakeEvent.TreatmentPlanEnded.class);

    @Bean
    EventHandlers schedulingHandlers(
            PatientFactsProjection facts,
            SessionDesk sessions,
            DayCloseDesk days,
            Boosters boosters,
            FreedPlaceOffers waitlist) {
        EventHandlers.Builder handlers = EventHandlers.named("scheduling");
        for (Class<? extends Event> type : PatientFactsProjection.HEARD) {
            if (type == IntakeEvent.ConsentWithdrawn.class) {
                continue;
            }
            handlers.on(type, told -> {
                PatientFacts known = facts.hear(told);
                waitlist.mayBeReady(known.patientId());
                if (OF_PLANS.contains(type)) {
                    boosters.lookAgain(known.patientId());
                }
            });
        }
        handlers.on(IntakeEvent.ConsentWithdrawn.class, withdrawn -> {
            IntakeEvent.ConsentWithdrawn event = withdrawn.event();
            // late news of a consent that was signed again must not cancel anything
            if (!facts.hear(withdrawn).consents(event.drug(), event.route())) {
                sessions.consentWithdrawn(event.patientId(), event.drug(), event.route());
            }
        });
        handlers.on(IntakeEvent.OutcomeRecorded.class, boosters::hear);
        handlers.on(BillingEvent.PaymentReceived.class, days::hear);
        handlers.on(BillingEvent.SessionCharged.class, days::charged);
        return handlers.build();
    }

    @Bean
    Consumer<Poll> clinicEvents(Inbox inbox, EventHandlers schedulingHandlers) {
        return inbox.consumer(schedulingHandlers);
    }
}
