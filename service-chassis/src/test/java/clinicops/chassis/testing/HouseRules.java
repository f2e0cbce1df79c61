package clinicops.chassis.testing;

/** The architecture rules that every service keeps. */
public final class HouseRules {
    private HouseRules() {}

    /** @param rootPackage for example {@code clinicops.intake} */
    public static void verify(String rootPackage) {
        throw new UnsupportedOperationException();
    }
}
