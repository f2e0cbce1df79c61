package clinicops.chassis;

/**
 * There is no such resource, or it is somebody else's: 404 either way, and an audit row {@code refused}.
 */
public class NotFound extends RuntimeException {
    private final String kind;
    private final String id;

    /** @param kind what was looked for, for example {@code patient} */
    public NotFound(String kind, String id) {
        super("no " + kind + " of that id");
        this.kind = kind;
        this.id = id;
    }

    public String kind() {
        return kind;
    }

    public String id() {
        return id;
    }
}
