package clinicops.notification.delivery;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** A text message's place in a patient's day. See {@link SmsQuota}. */
@Document("sms_places")
record SmsPlace(@Id String id, String noticeId) {}
