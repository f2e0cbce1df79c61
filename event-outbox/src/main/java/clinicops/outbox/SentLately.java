package clinicops.outbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Ids of the last events that Kafka acknowledged. Lets unsent rows be counted without marking the sent ones. */
final class SentLately {

    private static final int KEPT = 20_000;

    private final Set<String> ids = new HashSet<>();
    private final Deque<String> order = new ArrayDeque<>();

    synchronized void add(List<OutboxRow> rows) {
        for (OutboxRow row : rows) {
            if (ids.add(row.id())) {
                order.add(row.id());
            }
        }
        while (order.size() > KEPT) {
            ids.remove(order.remove());
        }
    }

    synchronized boolean contains(String id) {
        return ids.contains(id);
    }

    synchronized void clear() {
        ids.clear();
        order.clear();
    }
}
