package clinicops.staffweb.journey;

import clinicops.contracts.BillingEvent.AuthorizationDenied;
import clinicops.contracts.BillingEvent.BalanceChanged;
import clinicops.contracts.BillingEvent.ClaimDenied;
import clinicops.contracts.Event;
import clinicops.contracts.EventCatalog;
import clinicops.contracts.IntakeEvent.ClearanceLapsed;
import clinicops.contracts.IntakeEvent.ConsentSigned;
import clinicops.contracts.IntakeEvent.ConsentWithdrawn;
import clinicops.contracts.IntakeEvent.PatientDeclined;
import clinicops.contracts.IntakeEvent.ReferralReceived;
import clinicops.contracts.IntakeEvent.SafetyAlertRaised;
import clinicops.contracts.IntakeEvent.SafetyAlertResolved;
import clinicops.contracts.IntakeEvent.ScreeningCompleted;
import clinicops.contracts.IntakeEvent.TreatmentPlanEnded;
import clinicops.contracts.IntakeEvent.WorkupRecorded;
import clinicops.contracts.NotificationEvent.NoticeDelivered;
import clinicops.contracts.NotificationEvent.NoticeFailed;
import clinicops.contracts.NotificationEvent.NoticeSuppressed;
import clinicops.contracts.SchedulingEvent.AdverseEventRecorded;
import clinicops.contracts.SchedulingEvent.AlarmRaised;
import clinicops.contracts.SchedulingEvent.CallDue;
import clinicops.contracts.SchedulingEvent.CallMade;
import clinicops.contracts.SchedulingEvent.CallOverdue;
import clinicops.contracts.SchedulingEvent.IntegrationCancelled;
import clinicops.contracts.SchedulingEvent.SessionBooked;
import clinicops.contracts.SchedulingEvent.SessionCancelled;
import clinicops.contracts.SchedulingEvent.SessionFeeDue;
import clinicops.contracts.SchedulingEvent.SessionHeld;
import clinicops.contracts.SchedulingEvent.SessionStopped;
import clinicops.contracts.SchedulingEvent.WaitlistOfferEnded;
import clinicops.outbox.Received;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One line of a patient's journey: one event.
 *
 * @param id generation and event id: the same event makes one entry, however often it arrives
 * @param at business time
 * @param type the event's name without owner and version, for example {@code session-booked}
 * @param summary the code that says most of it; null when the type says all
 * @param subject id of the aggregate that it is about
 * @param causedBy id of the event whose handling brought this one about; null when a person or the clock did
 * @param correlationId shared by everything that one request set off
 */
@Document("journey_entries")
record JourneyEntry(
        @Id String id,
        String generation,
        String patientId,
        String eventId,
        Instant at,
        String service,
        String type,
        @Nullable String summary,
        String subject,
        @Nullable String causedBy,
        String correlationId) {

    static JourneyEntry of(String generation, String patientId, Received<? extends Event> received) {
        return new JourneyEntry(
                id(generation, received.id()),
                generation,
                patientId,
                received.id(),
                received.time(),
                EventCatalog.of(received.event().getClass()).owner(),
                name(received.type()),
                summary(received.event()),
                received.subject(),
                received.causationId(),
                received.correlationId());
    }

    static String id(String generation, String eventId) {
        return generation + "/" + eventId;
    }

    private static String name(String type) {
        return type.substring(type.indexOf('.') + 1, type.lastIndexOf('.'));
    }

    private static @Nullable String summary(Event event) {
        return switch (event) {
            case ReferralReceived e -> e.indication();
            case ScreeningCompleted e -> e.outcome();
            case SafetyAlertRaised e -> e.reason();
            case SafetyAlertResolved e -> e.outcome();
            case WorkupRecorded e -> e.kind();
            case PatientDeclined e -> e.kind();
            case ClearanceLapsed e -> e.clearance();
            case ConsentSigned e -> e.route();
            case ConsentWithdrawn e -> e.route();
            case TreatmentPlanEnded e -> e.reason();
            case SessionBooked e -> String.valueOf(e.number());
            case SessionCancelled e -> e.reason();
            case SessionHeld e -> e.blockers().isEmpty() ? null : e.blockers().getFirst();
            case SessionStopped e -> e.reason();
            case AdverseEventRecorded e -> e.effect();
            case AlarmRaised e -> e.kind();
            case SessionFeeDue e -> e.kind();
            case WaitlistOfferEnded e -> e.outcome();
            case IntegrationCancelled e -> e.reason();
            case CallDue e -> e.reason();
            case CallOverdue e -> e.reason();
            case CallMade e -> e.outcome();
            case AuthorizationDenied e -> e.reason();
            case ClaimDenied e -> e.reasons().isEmpty() ? null : e.reasons().getFirst();
            case BalanceChanged e -> e.cause();
            case NoticeDelivered e -> e.template();
            case NoticeFailed e -> e.reason();
            case NoticeSuppressed e -> e.reason();
            default -> null;
        };
    }
}
