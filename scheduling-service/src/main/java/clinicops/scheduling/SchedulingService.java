package clinicops.scheduling;

import clinicops.chassis.ClinicService;
import clinicops.chassis.ServiceRunner;

/** Chairs, nurses and courses; and each treatment session from check-in to the signed note. */
@ClinicService
public class SchedulingService {
    public static void main(String[] args) {
        ServiceRunner.run(SchedulingService.class, "scheduling-service", args);
    }
}
