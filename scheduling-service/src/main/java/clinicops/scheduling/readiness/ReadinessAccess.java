package clinicops.scheduling.readiness;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Role.FRONT_DESK;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static clinicops.chassis.Role.THERAPIST;
import static org.springframework.http.HttpMethod.GET;

import clinicops.scheduling.FeatureAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may ask whether a patient can be treated. */
@Configuration(proxyBeanMethods = false)
class ReadinessAccess {
    @Bean
    FeatureAccess readinessRows() {
        return FeatureAccess.of(
                allow(GET, "/api/readiness", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/readiness/{patientId}", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST));
    }
}
