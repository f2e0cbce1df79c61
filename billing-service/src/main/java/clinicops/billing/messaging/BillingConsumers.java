package clinicops.billing.messaging;

import clinicops.billing.charge.SessionCharging;
import clinicops.billing.coverage.CoverageFile;
import clinicops.billing.fee.Treatment;
import clinicops.billing.patient.PatientFile;
import clinicops.contracts.IntakeEvent.CoverageReported;
import clinicops.contracts.IntakeEvent.PatientRegistered;
import clinicops.contracts.IntakeEvent.TreatmentPlanApproved;
import clinicops.contracts.SchedulingEvent.NoteSigned;
import clinicops.contracts.SchedulingEvent.SessionCompleted;
import clinicops.outbox.EventHandlers;
import clinicops.outbox.EventRefused;
import clinicops.outbox.Inbox;
import clinicops.outbox.Poll;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What billing hears from intake and scheduling, translated at the door. */
@Configuration(proxyBeanMethods = false)
class BillingConsumers {

    @Bean
    EventHandlers billingHandlers(PatientFile patients, CoverageFile coverages, SessionCharging charging) {
        return EventHandlers.named("billing")
                .on(PatientRegistered.class, r -> patients.registered(r.event().patientId()))
                // the coverage itself keeps out what is older: a guard per patient would mix up the ranks
                .on(CoverageReported.class, r -> {
                    CoverageReported e = r.event();
                    coverages.reported(
                            e.patientId(), e.rank(), e.payerCode(), e.plan(), e.sealedMemberId(), r.sequence());
                })
                .latest("plan", TreatmentPlanApproved.class, r -> {
                    TreatmentPlanApproved e = r.event();
                    patients.planned(e.patientId(), e.diagnosisCode(), e.drug(), e.route());
                })
                .on(SessionCompleted.class, r -> {
                    SessionCompleted e = r.event();
                    charging.completed(e.sessionId(), e.patientId(), treatment(e));
                })
                .on(NoteSigned.class, r -> {
                    NoteSigned e = r.event();
                    charging.signed(e.sessionId(), e.patientId(), e.signedBy(), e.signedAt());
                })
                .onContact(c -> patients.contactChanged(c.patientId(), c.sealed()))
                .build();
    }

    @Bean
    Consumer<Poll> clinicEvents(Inbox inbox, EventHandlers billingHandlers) {
        return inbox.consumer(billingHandlers);
    }

    private static Treatment treatment(SessionCompleted e) {
        try {
            return new Treatment(
                    e.drug(),
                    e.route(),
                    e.ndc(),
                    e.doseMg(),
                    e.doseStartedAt(),
                    e.doseEndedAt(),
                    e.dischargedAt(),
                    e.otherDrugs().stream()
                            .map(d -> new Treatment.Push(d.drug(), d.amountMg(), d.givenAt()))
                            .toList());
        } catch (IllegalArgumentException impossible) {
            throw new EventRefused("session-times", String.valueOf(impossible.getMessage()), impossible);
        }
    }
}
