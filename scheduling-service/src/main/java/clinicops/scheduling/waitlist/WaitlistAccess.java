package clinicops.scheduling.waitlist;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Role.FRONT_DESK;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import clinicops.scheduling.FeatureAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who keeps the wait-list, and who says how urgent somebody is. */
@Configuration(proxyBeanMethods = false)
class WaitlistAccess {
    @Bean
    FeatureAccess waitlistRows() {
        return FeatureAccess.of(
                allow(GET, "/api/waitlist", FRONT_DESK, NURSE, PRESCRIBER),
                allow(POST, "/api/waitlist", FRONT_DESK),
                allow(DELETE, "/api/waitlist/{id}", FRONT_DESK),
                allow(PUT, "/api/waitlist/{id}/urgency", NURSE, PRESCRIBER),
                allow(POST, "/api/waitlist/{id}/acceptance", FRONT_DESK),
                allow(POST, "/api/waitlist/{id}/refusal", FRONT_DESK));
    }
}
