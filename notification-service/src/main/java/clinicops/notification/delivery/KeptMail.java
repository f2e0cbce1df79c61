package clinicops.notification.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A mail that stayed in the clinic.
 *
 * @param noticeId the notice that it is: one that was sent again is here once
 * @param position sorts by arrival
 * @param patientId whose it is; null when the notice is none of ours
 * @param receivedAt business time
 * @param sealed address, subject and body, sealed with the contact key
 */
@Document("mailbox")
record KeptMail(
        @Id String noticeId, String position, @Nullable String patientId, Instant receivedAt, String sealed) {}
