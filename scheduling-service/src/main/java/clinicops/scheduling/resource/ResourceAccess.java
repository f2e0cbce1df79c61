package clinicops.scheduling.resource;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Access.allowStaff;
import static clinicops.chassis.Role.ADMIN;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import clinicops.scheduling.FeatureAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may see and change the clinic's means. */
@Configuration(proxyBeanMethods = false)
class ResourceAccess {
    @Bean
    FeatureAccess resourceRows() {
        return FeatureAccess.of(
                allow(POST, "/api/chairs", ADMIN),
                allow(PUT, "/api/chairs/{id}", ADMIN),
                allow(PUT, "/api/nurses/{id}", ADMIN),
                allow(PUT, "/api/prescribers/{id}", ADMIN),
                allow(POST, "/api/resources/pumps", ADMIN),
                allowStaff(GET, "/api/resources/pumps"),
                allow(PUT, "/api/resources/pumps/{id}", ADMIN),
                allow(POST, "/api/resources/therapists", ADMIN),
                allowStaff(GET, "/api/resources/therapists"),
                allow(PUT, "/api/resources/therapists/{id}", ADMIN),
                allowStaff(GET, "/api/availability"),
                allow(POST, "/api/availability", ADMIN),
                allow(PUT, "/api/availability/{id}", ADMIN),
                allow(DELETE, "/api/availability/{id}", ADMIN),
                allowStaff(GET, "/api/credentials"),
                allow(PUT, "/api/credentials/{username}/{kind}", ADMIN),
                allowStaff(GET, "/api/chairs"),
                allow(POST, "/api/nurses", ADMIN),
                allowStaff(GET, "/api/nurses"),
                allow(POST, "/api/prescribers", ADMIN),
                allowStaff(GET, "/api/prescribers"),
                allow(PUT, "/api/opening-hours", ADMIN),
                allowStaff(GET, "/api/opening-hours"));
    }
}
