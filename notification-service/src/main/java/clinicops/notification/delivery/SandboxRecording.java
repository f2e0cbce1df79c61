package clinicops.notification.delivery;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** A text message that was not sent. It names no number. */
@Document("sandbox_sms")
record SandboxRecording(@Id String noticeId, String text, Instant recordedAt) {}
