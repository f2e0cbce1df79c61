package clinicops.billing;

import clinicops.chassis.ClinicService;
import clinicops.chassis.ServiceRunner;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Coverage, authorizations, estimates, charges, claims and the ledger. */
@ClinicService
@ConfigurationPropertiesScan
@EnableScheduling
public class BillingService {
    public static void main(String[] args) {
        ServiceRunner.run(BillingService.class, "billing-service", args);
    }
}
