package clinicops.chassis;

/** The caller decided on an older version than the present one: 412, with what changed since. */
public class StaleVersion extends RuntimeException {
    private final String resource;
    private final long yourVersion;
    private final long currentVersion;

    /** @param resource as in the audit, for example {@code patient/0198...} */
    public StaleVersion(String resource, long yourVersion, long currentVersion) {
        super("version " + yourVersion + " was given, " + currentVersion + " is current");
        this.resource = resource;
        this.yourVersion = yourVersion;
        this.currentVersion = currentVersion;
    }

    public String resource() {
        return resource;
    }

    public long yourVersion() {
        return yourVersion;
    }

    public long currentVersion() {
        return currentVersion;
    }
}
