package clinicops.chassis.tiny;

import clinicops.chassis.ClinicService;
import clinicops.chassis.ServiceRunner;

/** The smallest service that has everything: a shelf of jars, to test the chassis by. */
@ClinicService
public class TinyService {
    public static void main(String[] args) {
        ServiceRunner.run(TinyService.class, "tiny-service", args);
    }
}
