package clinicops.scheduling.course;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Role.FRONT_DESK;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static clinicops.chassis.Role.THERAPIST;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import clinicops.scheduling.FeatureAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may book courses and see them. */
@Configuration(proxyBeanMethods = false)
class CourseAccess {
    @Bean
    FeatureAccess courseRows() {
        return FeatureAccess.of(
                allow(POST, "/api/courses/suggestions", FRONT_DESK),
                allow(POST, "/api/courses", FRONT_DESK),
                allow(POST, "/api/courses/{id}/replan", FRONT_DESK),
                allow(POST, "/api/holds", FRONT_DESK),
                allow(GET, "/api/holds", FRONT_DESK),
                allow(DELETE, "/api/holds/{id}", FRONT_DESK),
                allow(POST, "/api/courses/{id}/leave-short", FRONT_DESK),
                allow(GET, "/api/courses/to-replan", FRONT_DESK, NURSE, PRESCRIBER),
                allow(GET, "/api/courses", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/courses/{id}", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST));
    }
}
