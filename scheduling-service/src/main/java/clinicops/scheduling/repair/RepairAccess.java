package clinicops.scheduling.repair;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Role.ADMIN;
import static clinicops.chassis.Role.FRONT_DESK;
import static clinicops.chassis.Role.NURSE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import clinicops.scheduling.FeatureAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may see what is broken. */
@Configuration(proxyBeanMethods = false)
class RepairAccess {
    @Bean
    FeatureAccess repairRows() {
        return FeatureAccess.of(
                allow(GET, "/api/broken-sessions", FRONT_DESK, NURSE, ADMIN),
                allow(POST, "/api/availability/preview", ADMIN),
                allow(POST, "/api/resources/preview", ADMIN),
                allow(POST, "/api/opening-hours/preview", ADMIN));
    }
}
