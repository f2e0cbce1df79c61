package clinicops.scheduling.monitor;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import clinicops.scheduling.FeatureAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may record vital signs and see their limits, and look after alarms. */
@Configuration(proxyBeanMethods = false)
class MonitorAccess {
    @Bean
    FeatureAccess monitorRows() {
        return FeatureAccess.of(
                allow(POST, "/api/sessions/{id}/vitals", NURSE),
                allow(POST, "/api/sessions/{id}/vitals/batch", NURSE),
                allow(GET, "/api/sessions/{id}/limits", NURSE, PRESCRIBER),
                allow(GET, "/api/alarms", NURSE, PRESCRIBER),
                allow(POST, "/api/alarms/{id}/acknowledgement", NURSE, PRESCRIBER));
    }
}
