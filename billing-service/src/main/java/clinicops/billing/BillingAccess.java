package clinicops.billing;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Role.ADMIN;
import static clinicops.chassis.Role.BILLER;
import static clinicops.chassis.Role.FRONT_DESK;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import clinicops.chassis.AccessTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may do what with money. Clinicians have no row: a therapist never sees it. */
@Configuration(proxyBeanMethods = false)
class BillingAccess {
    @Bean
    AccessTable accessTable() {
        return AccessTable.of(
                allow(POST, "/api/payers", ADMIN),
                allow(GET, "/api/payers", BILLER, ADMIN),
                allow(GET, "/api/coverages", BILLER, FRONT_DESK),
                allow(GET, "/api/coverages/{id}", BILLER, FRONT_DESK),
                allow(PUT, "/api/coverages/{id}/benefits", BILLER),
                allow(POST, "/api/authorizations", BILLER),
                allow(GET, "/api/authorizations", BILLER, FRONT_DESK),
                allow(GET, "/api/authorizations/{id}", BILLER, FRONT_DESK),
                allow(PUT, "/api/authorizations/{id}/decision", BILLER),
                allow(POST, "/api/estimates", BILLER, FRONT_DESK),
                allow(GET, "/api/estimates", BILLER, FRONT_DESK),
                allow(GET, "/api/estimates/{id}", BILLER, FRONT_DESK),
                allow(POST, "/api/estimates/{id}/agreement", BILLER, FRONT_DESK),
                allow(GET, "/api/unbilled-sessions", BILLER),
                allow(POST, "/api/claims", BILLER),
                allow(GET, "/api/claims", BILLER),
                allow(GET, "/api/claims/{id}", BILLER),
                allow(PUT, "/api/claims/{id}/answer", BILLER),
                allow(POST, "/api/claims/{id}/write-off", BILLER),
                allow(GET, "/api/balances", BILLER, FRONT_DESK),
                allow(GET, "/api/balances/{patientId}", BILLER, FRONT_DESK),
                allow(POST, "/api/payments", BILLER, FRONT_DESK),
                allow(GET, "/api/payments", BILLER, FRONT_DESK),
                allow(POST, "/api/payments/{id}/reversal", BILLER),
                allow(POST, "/api/statements", BILLER),
                allow(GET, "/api/statements", BILLER),
                allow(GET, "/api/statements/{id}", BILLER));
    }
}
