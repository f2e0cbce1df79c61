package clinicops.chassis;

/** An update came without {@code If-Match}: 428. */
public class VersionRequired extends RuntimeException {
    public VersionRequired() {
        super("send If-Match with the version that you saw");
    }
}
