package clinicops.billing;

import clinicops.chassis.testing.HouseRules;
import org.junit.jupiter.api.Test;

class BillingArchitectureTest {
    @Test
    void keepsTheHouseRules() {
        HouseRules.verify("clinicops.billing");
    }
}
