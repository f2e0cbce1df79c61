package clinicops.notification;

import static clinicops.chassis.Role.ADMIN;
import static clinicops.chassis.Role.BILLER;
import static clinicops.chassis.Role.FRONT_DESK;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static clinicops.chassis.Role.THERAPIST;

import clinicops.chassis.Access;
import clinicops.chassis.AccessTable;
import clinicops.chassis.SideDoor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Who may call what in notification-service. */
@Configuration(proxyBeanMethods = false)
class NotificationAccess {

    @Bean
    AccessTable accessTable() {
        return AccessTable.of(
                Access.allow(HttpMethod.GET, "/api/notices", FRONT_DESK, NURSE, BILLER, ADMIN),
                Access.allow(HttpMethod.GET, "/api/notices/{id}", FRONT_DESK, NURSE, BILLER, ADMIN),
                Access.allow(HttpMethod.POST, "/api/notices/{id}/resend", ADMIN),
                Access.allow(HttpMethod.GET, "/api/inbox", ADMIN),
                Access.allow(HttpMethod.GET, "/api/staff-tasks", NURSE, PRESCRIBER, THERAPIST, ADMIN));
    }

    /** The front door's own entrance: neither staff nor patients have business here. */
    @Bean
    SideDoor linkDoor() {
        return SideDoor.of("/links", "links", SideDoor.Row.open(HttpMethod.POST, "/links/redemption", "redeem"));
    }
}
