package clinicops.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What notification-service tells. Topic {@link Topics#NOTIFICATION}. */
public sealed interface NotificationEvent extends Event {

    /** {@code template}, {@code channel} (email, sms, staff) and {@code occurrenceId} (session, estimate ... id) tell which notice. */
    record NoticeDelivered(
            String noticeId,
            @Nullable String patientId,
            String template,
            String channel,
            String occurrenceId,
            Instant deliveredAt)
            implements NotificationEvent {}

    /** {@code reason}: address-refused, provider-failed, no-address. */
    record NoticeFailed(
            String noticeId,
            @Nullable String patientId,
            String template,
            String channel,
            String occurrenceId,
            String reason,
            Instant failedAt)
            implements NotificationEvent {}

    /** {@code reason}: no-consent, opted-out, useless-by-then, withdrawn, daily-limit. */
    record NoticeSuppressed(
            String noticeId,
            @Nullable String patientId,
            String template,
            String channel,
            String occurrenceId,
            String reason,
            Instant suppressedAt)
            implements NotificationEvent {}
}
