package clinicops.outbox;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The dead letters of this service, kept in its own database. */
public interface DeadLetters {

    /**
     * @param state null for all
     * @param after id of the last one of the page before; null for the first page
     * @param limit at most so many
     * @return oldest first
     */
    List<DeadLetter> list(DeadLetter.@Nullable State state, @Nullable String after, int limit);

    Optional<DeadLetter> find(String id);

    /**
     * Handles the event again, here and now, under the same inbox: an event that was handled meanwhile changes nothing. On
     * success the letter is {@code REPLAYED}; replaying such a letter does nothing.
     *
     * @throws java.util.NoSuchElementException when there is no such letter
     * @throws EventRefused when handling fails again; the letter stays {@code DEAD} with the new reason and one more attempt
     */
    void replay(String id);
}
