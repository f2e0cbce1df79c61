package clinicops.outbox;

import clinicops.contracts.Event;
import java.util.Collection;
import java.util.function.Consumer;

/** Reads history again, to rebuild a read model. Never for aggregates: it goes around the inbox. */
public interface TopicReplay {

    /**
     * Reads the topics from their beginning up to the end that they had at the time of the call. Events of one key arrive in
     * order; records that cannot be read are skipped.
     *
     * @return how many events went into the sink
     */
    long replay(Collection<String> topics, Consumer<Received<? extends Event>> sink);
}
