package clinicops.scheduling.drug;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Role.ADMIN;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import clinicops.scheduling.FeatureAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may handle controlled drugs, and who may look at their log. */
@Configuration(proxyBeanMethods = false)
class DrugAccess {
    @Bean
    FeatureAccess drugRows() {
        return FeatureAccess.of(
                allow(GET, "/api/drug-stock", NURSE, PRESCRIBER, ADMIN),
                allow(POST, "/api/drug-stock", NURSE, PRESCRIBER),
                allow(GET, "/api/drug-stock/balances", NURSE, PRESCRIBER, ADMIN),
                allow(GET, "/api/drug-stock/missing", NURSE, PRESCRIBER, ADMIN),
                allow(POST, "/api/drug-stock/{id}/receipt", NURSE, PRESCRIBER),
                allow(POST, "/api/drug-stock/{id}/return", NURSE, PRESCRIBER),
                allow(GET, "/api/drug-log", NURSE, PRESCRIBER, ADMIN),
                allow(GET, "/api/drug-log/draws", NURSE, PRESCRIBER, ADMIN),
                allow(GET, "/api/drug-log/wastes", NURSE, PRESCRIBER, ADMIN),
                allow(POST, "/api/drug-log/wastes", NURSE, PRESCRIBER),
                allow(POST, "/api/drug-log/wastes/{id}/witness", NURSE, PRESCRIBER),
                allow(POST, "/api/drug-log/wastes/{id}/refusal", NURSE, PRESCRIBER),
                allow(GET, "/api/counts", NURSE, PRESCRIBER, ADMIN),
                allow(POST, "/api/counts", NURSE, PRESCRIBER),
                allow(POST, "/api/counts/{id}/confirmation", NURSE, PRESCRIBER),
                allow(GET, "/api/counts/reviews", NURSE, PRESCRIBER, ADMIN),
                allow(POST, "/api/counts/reviews/{id}/conclusion", PRESCRIBER));
    }
}
