package clinicops.chassis;

/** A service that knows patients tells here whether it has any: only an empty clinic can become a demo. */
@FunctionalInterface
public interface PatientsPresent {
    boolean any();
}
