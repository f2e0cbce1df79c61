package clinicops.notification;

import clinicops.chassis.PatientsPresent;
import clinicops.notification.recipient.Recipients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Only a clinic without patients can become a demo. */
@Configuration(proxyBeanMethods = false)
class KnowsPatients {

    @Bean
    PatientsPresent patientsPresent(Recipients recipients) {
        return recipients::anybody;
    }
}
