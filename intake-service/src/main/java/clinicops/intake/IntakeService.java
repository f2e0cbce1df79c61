package clinicops.intake;

import clinicops.chassis.ClinicService;
import clinicops.chassis.ServiceRunner;
import org.springframework.scheduling.annotation.EnableScheduling;

/** From the first call to the treatment plan. */
@ClinicService
@EnableScheduling
public class IntakeService {
    public static void main(String[] args) {
        ServiceRunner.run(IntakeService.class, "intake-service", args);
    }
}
