package clinicops.staffweb.journey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A state of which only the newest counts, whatever the order in which its facts arrive: of two, the same one is always kept.
 *
 * @param value the state's code
 * @param order version of the aggregate that had it; facts of one command share it
 * @param rank decides between facts of one command: the graver, or the later in a life, is greater
 * @param at business time of the fact
 * @param eventId decides what is still undecided
 */
record Latest(String value, long order, int rank, Instant at, String eventId) {

    /** The newer of what is held and this one. */
    static Latest newer(@Nullable Latest held, Latest arrived) {
        return held == null || arrived.isAfter(held) ? arrived : held;
    }

    private boolean isAfter(Latest other) {
        if (order != other.order) {
            return order > other.order;
        }
        if (rank != other.rank) {
            return rank > other.rank;
        }
        return at.equals(other.at) ? eventId.compareTo(other.eventId) > 0 : at.isAfter(other.at);
    }
}
