package clinicops.notification.messaging;

import clinicops.contracts.BillingEvent.AuthorizationDenied;
import clinicops.contracts.BillingEvent.AuthorizationGranted;
import clinicops.contracts.BillingEvent.EstimateIssued;
import clinicops.contracts.BillingEvent.PaymentReceived;
import clinicops.contracts.BillingEvent.StatementIssued;
import clinicops.contracts.IntakeEvent.ContactPreferencesChanged;
import clinicops.contracts.IntakeEvent.LinkRequested;
import clinicops.contracts.IntakeEvent.LinkRevoked;
import clinicops.contracts.IntakeEvent.PatientRegistered;
import clinicops.contracts.IntakeEvent.SafetyAlertAcknowledged;
import clinicops.contracts.IntakeEvent.SafetyAlertRaised;
import clinicops.contracts.SchedulingEvent.CourseBooked;
import clinicops.contracts.SchedulingEvent.EscortNamed;
import clinicops.contracts.SchedulingEvent.SessionBooked;
import clinicops.contracts.SchedulingEvent.SessionCancelled;
import clinicops.contracts.SchedulingEvent.SessionCompleted;
import clinicops.contracts.SchedulingEvent.SessionMoved;
import clinicops.contracts.SchedulingEvent.WaitlistOfferEnded;
import clinicops.contracts.SchedulingEvent.WaitlistOffered;
import clinicops.notification.link.LinkDesk;
import clinicops.notification.notice.NoticeDesk;
import clinicops.notification.task.StaffTaskDesk;
import clinicops.outbox.EventHandlers;
import clinicops.outbox.Inbox;
import clinicops.outbox.Poll;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which events of the others notification listens to, and what each sets off. */
@Configuration(proxyBeanMethods = false)
class NotificationConsumers {

    @Bean
    Consumer<Poll> clinicEvents(Inbox inbox, EventHandlers handlers) {
        return inbox.consumer(handlers);
    }

    @Bean
    EventHandlers eventHandlers(
            RecipientNews recipients, SessionNews sessions, NoticeDesk notices, LinkDesk links, StaffTaskDesk tasks) {
        return EventHandlers.named("notification")
                .onContact(recipients::card)
                .latest("preferences", ContactPreferencesChanged.class, r -> recipients.preferences(r.event()))
                .on(PatientRegistered.class, r -> notices.welcome(r.event().patientId()))
                .on(EstimateIssued.class, r -> {
                    EstimateIssued e = r.event();
                    notices.estimateReady(e.patientId(), e.estimateId(), e.sessions(), e.total());
                })
                .on(AuthorizationGranted.class, r -> {
                    AuthorizationGranted e = r.event();
                    notices.authorizationDecided(e.patientId(), e.authorizationId(), true);
                })
                .on(AuthorizationDenied.class, r -> {
                    AuthorizationDenied e = r.event();
                    notices.authorizationDecided(e.patientId(), e.authorizationId(), false);
                })
                .on(StatementIssued.class, r -> {
                    StatementIssued e = r.event();
                    notices.statementIssued(e.patientId(), e.statementId(), e.amountDue(), e.dueOn());
                })
                .on(PaymentReceived.class, r -> {
                    PaymentReceived e = r.event();
                    notices.paymentReceived(e.patientId(), e.paymentId(), e.amount(), e.balance());
                })
                .on(CourseBooked.class, r -> sessions.courseBooked(r.event()))
                .on(SessionBooked.class, sessions::booked)
                .on(SessionMoved.class, sessions::moved)
                .on(SessionCancelled.class, sessions::cancelled)
                .on(EscortNamed.class, r -> sessions.escortNamed(r.event()))
                .on(SessionCompleted.class, r -> sessions.completed(r.event()))
                .on(WaitlistOffered.class, r -> {
                    WaitlistOffered e = r.event();
                    notices.placeOffered(e.patientId(), e.offerId(), e.startsAt(), e.expiresAt());
                })
                .on(
                        WaitlistOfferEnded.class,
                        r -> notices.offerEnded(r.event().patientId(), r.event().offerId()))
                .on(LinkRequested.class, r -> {
                    LinkRequested e = r.event();
                    links.requested(e.linkId(), e.patientId(), e.purpose(), e.resource(), e.expiresAt());
                })
                .on(
                        LinkRevoked.class,
                        r -> links.revoked(r.event().linkId(), r.event().revokedAt()))
                .on(SafetyAlertRaised.class, r -> tasks.alertRaised(r.event()))
                .on(SafetyAlertAcknowledged.class, r -> tasks.alertAcknowledged(r.event()))
                .build();
    }
}
