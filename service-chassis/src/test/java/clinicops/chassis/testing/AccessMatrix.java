package clinicops.chassis.testing;

import org.springframework.context.ApplicationContext;

/** Asks every route as every role, and as nobody, and compares with the access table. */
public final class AccessMatrix {
    private AccessMatrix() {}

    /** Fails when a mapped route has no row, a row no route, or an answer differs from the row. */
    public static void verify(ApplicationContext context) {
        throw new UnsupportedOperationException();
    }
}
