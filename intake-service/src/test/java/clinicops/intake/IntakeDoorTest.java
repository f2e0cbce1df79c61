package clinicops.intake;

import clinicops.chassis.testing.AccessMatrix;
import clinicops.chassis.testing.OpenApiDrift;
import clinicops.chassis.testing.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@ServiceTest(database = "intake")
class IntakeDoorTest {
    @Autowired
    ApplicationContext context;

    @Test
    void opensEachRouteToItsRolesAndNobodyElse() {
        AccessMatrix.verify(context);
    }

    @Test
    void servesTheApiThatIsCommitted() {
        OpenApiDrift.verify(context);
    }
}
