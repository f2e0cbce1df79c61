package clinicops.chassis.wrong.lid;

import clinicops.chassis.wrong.jar.WrongJar;

public class WrongLid {
    WrongJar jar;
}
