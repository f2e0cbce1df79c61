package clinicops.scheduling.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What nobody may refuse, as it stands on record: stop, rescue drug, call for help, effect, leaving against advice, transfer.
 *
 * @param entryId unique within the session
 * @param action last part of the route
 * @param what its code: the reason, the drug and its amount, the effect; empty when there is none
 * @param at when it happened
 * @param toldAt when it happened by the tablet's own clock; null unless that was off
 * @param recordedAt when it came in
 * @param during state of the session when it came in
 */
public record Exit(
        String entryId,
        String action,
        String what,
        Instant at,
        @Nullable Instant toldAt,
        Instant recordedAt,
        String during,
        String by) {

    static Exit of(Entry entry, SessionAction action, String what, SessionState during) {
        return new Exit(
                entry.id(),
                action.path(),
                what,
                entry.at(),
                entry.toldAt(),
                entry.recordedAt(),
                during.code(),
                entry.by());
    }
}
