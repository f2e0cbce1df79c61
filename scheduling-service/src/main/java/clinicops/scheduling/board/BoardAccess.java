package clinicops.scheduling.board;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Role.FRONT_DESK;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static clinicops.chassis.Role.THERAPIST;
import static org.springframework.http.HttpMethod.GET;

import clinicops.scheduling.FeatureAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may see the day. */
@Configuration(proxyBeanMethods = false)
class BoardAccess {
    @Bean
    FeatureAccess boardRows() {
        return FeatureAccess.of(allow(GET, "/api/board", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST));
    }
}
