package clinicops.staffweb;

import clinicops.chassis.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseTest {
    @Test
    void keepsTheHouseRules() {
        HouseRules.verify("clinicops.staffweb");
    }
}
