package clinicops.scheduling.waitlist;

import clinicops.contracts.SchedulingEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A moment in the diary that is free again. Which chair and nurse are free then is asked of the roster when it is offered; whose it
 * was is kept nowhere.
 *
 * <p>It is <em>open</em> until the clock finds somebody on the wait-list whom it suits, then <em>offered</em> to one after another;
 * <em>taken</em> by whoever accepts. Where nobody suits it is <em>kept</em> and opened again as soon as the wait-list changes;
 * somebody who waits already and becomes ready is asked alone. When it is too near to be offered it is <em>over</em>.
 *
 * @param route what it was planned for; others may have it too, if their session fits
 * @param passedOver entries to which it was offered in vain
 */
@Document("freed_places")
record FreedPlace(
        @Id String id,
        @Version long version,
        String route,
        Instant startsAt,
        Instant endsAt,
        Instant freedAt,
        PlaceState state,
        List<String> passedOver) {

    /** Where a freed place stands. */
    enum PlaceState {
        OPEN,
        OFFERED,
        KEPT,
        TAKEN,
        OVER
    }

    static FreedPlace of(String id, String route, Instant startsAt, Instant endsAt, Instant now) {
        return new FreedPlace(id, 0, route, startsAt, endsAt, now, PlaceState.OPEN, List.of());
    }

    SchedulingEvent freed() {
        return new SchedulingEvent.PlaceFreed(id, route, startsAt, endsAt, freedAt);
    }

    FreedPlace in(PlaceState next) {
        return new FreedPlace(id, version, route, startsAt, endsAt, freedAt, next, passedOver);
    }

    /** The next one is asked; this one never again for this place. */
    FreedPlace passedBy(String entryId) {
        List<String> passed = new ArrayList<>(passedOver);
        passed.add(entryId);
        return new FreedPlace(id, version, route, startsAt, endsAt, freedAt, PlaceState.OPEN, List.copyOf(passed));
    }
}
