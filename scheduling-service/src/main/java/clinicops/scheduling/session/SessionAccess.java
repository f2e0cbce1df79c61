package clinicops.scheduling.session;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Role.BILLER;
import static clinicops.chassis.Role.FRONT_DESK;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static clinicops.chassis.Role.THERAPIST;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import clinicops.chassis.Access;
import clinicops.scheduling.FeatureAccess;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may see a session and act on it. */
@Configuration(proxyBeanMethods = false)
class SessionAccess {
    @Bean
    FeatureAccess sessionRows() {
        List<Access> rows = List.of(
                allow(GET, "/api/sessions", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/sessions/{id}", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/sessions/{id}/cancellation-terms", FRONT_DESK),
                allow(GET, "/api/session-fees", FRONT_DESK, BILLER, PRESCRIBER),
                allow(POST, "/api/sessions/{id}/waive-fee", FRONT_DESK, BILLER, PRESCRIBER),
                allow(POST, "/api/sessions/{id}/overrides", NURSE, PRESCRIBER),
                allow(GET, "/api/sessions/{id}/overrides", NURSE, PRESCRIBER),
                allow(GET, "/api/overrides", NURSE, PRESCRIBER),
                allow(POST, "/api/overrides/{id}/approval", PRESCRIBER),
                allow(POST, "/api/overrides/{id}/refusal", PRESCRIBER),
                allow(GET, "/api/notes", NURSE, PRESCRIBER));
        // what a session offers next and who may do it come from the same place
        Stream<Access> actions = Arrays.stream(SessionAction.values())
                .map(action -> new Access(POST, "/api/sessions/{id}/" + action.path(), action.roles()));
        return new FeatureAccess(Stream.concat(rows.stream(), actions).toList());
    }
}
