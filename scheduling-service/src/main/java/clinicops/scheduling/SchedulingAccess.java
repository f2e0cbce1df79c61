package clinicops.scheduling;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Access.allowStaff;
import static clinicops.chassis.Role.ADMIN;
import static clinicops.chassis.Role.FRONT_DESK;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static clinicops.chassis.Role.THERAPIST;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import clinicops.chassis.Access;
import clinicops.chassis.AccessTable;
import clinicops.chassis.Role;
import clinicops.scheduling.session.SessionAction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may call what of scheduling-service. */
@Configuration(proxyBeanMethods = false)
class SchedulingAccess {
    private static final Role[] CLINICAL = {FRONT_DESK, NURSE, PRESCRIBER, THERAPIST};

    @Bean
    AccessTable accessTable() {
        List<Access> rows = List.of(
                allow(POST, "/api/chairs", ADMIN),
                allowStaff(GET, "/api/chairs"),
                allow(POST, "/api/nurses", ADMIN),
                allowStaff(GET, "/api/nurses"),
                allow(POST, "/api/prescribers", ADMIN),
                allowStaff(GET, "/api/prescribers"),
                allow(PUT, "/api/opening-hours", ADMIN),
                allowStaff(GET, "/api/opening-hours"),
                allow(GET, "/api/readiness", CLINICAL),
                allow(GET, "/api/readiness/{patientId}", CLINICAL),
                allow(POST, "/api/courses/suggestions", FRONT_DESK),
                allow(POST, "/api/courses", FRONT_DESK),
                allow(GET, "/api/courses", CLINICAL),
                allow(GET, "/api/courses/{id}", CLINICAL),
                allow(GET, "/api/sessions", CLINICAL),
                allow(GET, "/api/sessions/{id}", CLINICAL),
                allow(POST, "/api/sessions/{id}/vitals", NURSE));
        // what a session offers next and who may do it come from the same place
        Stream<Access> actions = Arrays.stream(SessionAction.values())
                .map(action -> new Access(POST, "/api/sessions/{id}/" + action.path(), action.roles()));
        return new AccessTable(Stream.concat(rows.stream(), actions).toList());
    }
}
