package clinicops.chassis.tiny;

import static clinicops.chassis.SideDoor.Row.open;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import clinicops.chassis.Access;
import clinicops.chassis.AccessTable;
import clinicops.chassis.Role;
import clinicops.chassis.SideDoor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TinyAccess {
    @Bean
    AccessTable accessTable() {
        return AccessTable.of(
                Access.allow(POST, "/api/jars", Role.NURSE),
                Access.allow(POST, "/api/jars/import", Role.NURSE),
                Access.allow(GET, "/api/jars", Role.NURSE, Role.BILLER),
                Access.allow(GET, "/api/jars/{id}", Role.NURSE, Role.BILLER),
                Access.allow(GET, "/api/jars/filled-on/{day}", Role.NURSE),
                Access.allow(PUT, "/api/jars/{id}", Role.NURSE),
                Access.allow(DELETE, "/api/jars/{id}", Role.NURSE),
                Access.allow(GET, "/api/broken", Role.NURSE));
    }

    @Bean
    SideDoor guests() {
        return SideDoor.of(
                "/guests", "tiny-guests", open(GET, "/guests/tasting", "taste"), open(GET, "/guests/recipe", "cook"));
    }
}
