package clinicops.notification;

import clinicops.chassis.ClinicService;
import clinicops.chassis.ServiceRunner;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;

/**
 * Tells patients what they need to know, when they need it, and staff what can't wait: notices by mail and text message, and
 * staff tasks. It learns everything from the other services' events, and tells what became of each notice.
 */
@ClinicService
@ImportAutoConfiguration(MailSenderAutoConfiguration.class)
public class NotificationService {

    public static void main(String[] args) {
        ServiceRunner.run(NotificationService.class, "notification-service", args);
    }
}
