package clinicops.scheduling.resource;

import clinicops.chassis.RuleViolation;
import com.mongodb.MongoException;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;

/**
 * Several desks want the same places at one moment. Bookings that race abort each other and one of them goes on; the others try
 * again, until they see whether the places are gone: perhaps only the same nurse's first seat is.
 */
public final class Race {
    /** MongoDB's error code. */
    private static final int WRITE_CONFLICT = 112;
    /** How often it is run again; each time somebody else has won. */
    private static final int ATTEMPTS = 12;

    private Race() {}

    /** @throws RuleViolation {@code place-taken} (409) when others were faster each time, or what the taking refuses */
    public static <T> T orTaken(Supplier<T> taking) {
        for (int attempt = 1; ; attempt++) {
            try {
                return taking.get();
            } catch (DataAccessException | MongoException e) {
                if (!isWriteConflict(e)) {
                    throw e;
                }
                if (attempt == ATTEMPTS) {
                    throw Roster.placeTaken("others are booking the same places at this moment");
                }
            } catch (RuleViolation e) {
                if (e.getCause() == null || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static boolean isWriteConflict(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MongoException mongo && mongo.getCode() == WRITE_CONFLICT) {
                return true;
            }
        }
        return false;
    }
}
