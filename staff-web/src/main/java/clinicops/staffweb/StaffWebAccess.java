package clinicops.staffweb;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Access.allowStaff;
import static clinicops.chassis.Role.ADMIN;
import static clinicops.chassis.Role.AUDITOR;
import static clinicops.chassis.Role.BILLER;
import static clinicops.chassis.Role.FRONT_DESK;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static clinicops.chassis.Role.THERAPIST;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import clinicops.chassis.AccessTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may call what of the front door itself. What it passes on, the services decide. */
@Configuration(proxyBeanMethods = false)
class StaffWebAccess {
    @Bean
    AccessTable accessTable() {
        return AccessTable.of(
                allowStaff(GET, "/api/me"),
                allowStaff(PUT, "/api/me/password"),
                allowStaff(POST, "/api/me/pin"),
                allowStaff(POST, "/api/me/unlock"),
                allowStaff(GET, "/api/live"),
                allow(POST, "/api/staff", ADMIN),
                allow(GET, "/api/staff", ADMIN),
                allow(GET, "/api/staff/{username}", ADMIN),
                allow(PUT, "/api/staff/{username}", ADMIN),
                allow(POST, "/api/insurers", ADMIN),
                allow(GET, "/api/insurers", ADMIN),
                allow(GET, "/api/insurers/{id}", ADMIN),
                allow(PUT, "/api/insurers/{id}", ADMIN),
                allow(GET, "/api/journeys", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST, BILLER, ADMIN),
                allow(GET, "/api/journeys/{patientId}", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST, BILLER, ADMIN),
                allow(POST, "/api/journeys/rebuild", ADMIN),
                allowStaff(GET, "/api/clock"),
                allow(PUT, "/api/clock", ADMIN),
                allow(POST, "/api/demo-clinic", ADMIN),
                // the chassis' own endpoints, which the front door has as every service does
                allow(GET, "/api/dead-letters", ADMIN),
                allow(GET, "/api/dead-letters/{id}", ADMIN),
                allow(POST, "/api/dead-letters/{id}/replay", ADMIN),
                allow(GET, "/api/audit", AUDITOR),
                allow(GET, "/api/audit/verification", AUDITOR),
                allowStaff(GET, "/v3/api-docs"));
    }
}
