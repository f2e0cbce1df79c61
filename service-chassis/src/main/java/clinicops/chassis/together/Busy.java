package clinicops.chassis.together;

import org.springframework.dao.DataAccessResourceFailureException;

/** More commands wait for the database than it commits in time. Nothing was done: 503, come again. */
public final class Busy extends DataAccessResourceFailureException {
    Busy(String what) {
        super("too many " + what + " wait to be committed");
    }
}
