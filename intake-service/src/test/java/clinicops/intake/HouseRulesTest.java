package clinicops.intake;

import clinicops.chassis.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void keepsTheHouseRules() {
        HouseRules.verify("clinicops.intake");
    }
}
