package clinicops.notification.delivery;

import clinicops.notification.template.Gsm7;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How notices go out: {@code clinicops.notices.*}.
 *
 * @param clinicName the name that notices give the clinic; it must not tell what the clinic treats. At most 30 letters of the
 *     GSM alphabet
 * @param clinicPhone where patients call, at most 20 characters
 * @param sender address that mail comes from
 * @param parallel notices that one copy of the service sends at once
 * @param attempts tries after which a notice has failed
 * @param firstPause system time from the first try to the second; it doubles with each
 * @param longestPause system time between two tries at most
 * @param claim system time for which a copy of the service holds a notice that it sends; longer than any try takes
 */
@ConfigurationProperties("clinicops.notices")
record DeliverySettings(
        String clinicName,
        String clinicPhone,
        String sender,
        @DefaultValue("8") int parallel,
        @DefaultValue("12") int attempts,
        @DefaultValue("1s") Duration firstPause,
        @DefaultValue("10m") Duration longestPause,
        @DefaultValue("60s") Duration claim) {

    private static final int NAME_LIMIT = 30;
    private static final int PHONE_LIMIT = 20;

    DeliverySettings {
        if (clinicName.isBlank() || clinicName.length() > NAME_LIMIT || !Gsm7.writes(clinicName)) {
            throw new IllegalArgumentException("clinicops.notices.clinic-name takes 1 to " + NAME_LIMIT
                    + " letters that every telephone can show");
        }
        if (clinicPhone.isBlank() || clinicPhone.length() > PHONE_LIMIT || !Gsm7.writes(clinicPhone)) {
            throw new IllegalArgumentException(
                    "clinicops.notices.clinic-phone takes 1 to " + PHONE_LIMIT + " characters");
        }
        if (sender.indexOf('@') < 1) {
            throw new IllegalArgumentException("clinicops.notices.sender takes a mail address");
        }
        if (parallel < 1 || attempts < 1) {
            throw new IllegalArgumentException("clinicops.notices.parallel and .attempts are at least 1");
        }
    }

    /** The pause after that many failed tries. */
    Duration pauseAfter(int failedTries) {
        Duration pause = firstPause;
        for (int i = 1; i < failedTries && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestPause) > 0 ? longestPause : pause;
    }
}
