package clinicops.staffweb;

import clinicops.chassis.ClinicService;
import clinicops.chassis.ServiceRunner;
import clinicops.chassis.security.AccessAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.cloud.gateway.server.mvc.GatewayServerMvcAutoConfiguration;
import org.springframework.cloud.gateway.server.mvc.filter.FilterAutoConfiguration;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctionAutoConfiguration;
import org.springframework.cloud.gateway.server.mvc.predicate.PredicateAutoConfiguration;

/**
 * The clinic's front door: who the staff are and what they may ask, the way to the services behind it, and each patient's
 * journey through all of them.
 */
@ClinicService
@ImportAutoConfiguration(
        classes = {
            RestClientAutoConfiguration.class,
            GatewayServerMvcAutoConfiguration.class,
            FilterAutoConfiguration.class,
            HandlerFunctionAutoConfiguration.class,
            PredicateAutoConfiguration.class
        },
        // staff hold a session here, not a token: the door has rules of its own
        exclude = AccessAutoConfiguration.class)
public class StaffWeb {
    public static void main(String[] args) {
        ServiceRunner.run(StaffWeb.class, "staff-web", args);
    }
}
