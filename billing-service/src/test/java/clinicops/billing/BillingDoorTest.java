package clinicops.billing;

import clinicops.chassis.testing.AccessMatrix;
import clinicops.chassis.testing.OpenApiDrift;
import clinicops.chassis.testing.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@ServiceTest(database = "billing")
class BillingDoorTest {
    @Autowired
    private ApplicationContext context;

    @Test
    void letsInExactlyWhoTheAccessTableNames() {
        AccessMatrix.verify(context);
    }

    @Test
    void servesTheCommittedDescription() {
        OpenApiDrift.verify(context);
    }
}
