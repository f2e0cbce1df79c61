package clinicops.chassis;

import java.time.Instant;
import java.util.Optional;

/** Work that the business clock will trigger; a bean per kind. The demo moves the clock from one such item to the next. */
@FunctionalInterface
public interface DueWork {
    /** When the earliest pending item falls due, in business time; in the past when it waits to be done now. */
    Optional<Instant> nextDueAt();
}
