package clinicops.outbox;

import clinicops.contracts.Event;
import clinicops.contracts.EventCatalog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The handlers of one consumer: a bean in each service's messaging package. */
public final class EventHandlers {

    /** @param group the state that the event carries; null when it counts on its own */
    record Handler(@Nullable String group, Consumer<Received<Event>> handle) {}

    private final String consumer;
    private final Map<Class<? extends Event>, Handler> handlers;
    private final @Nullable Consumer<ReceivedContact> contactHandler;
    private final @Nullable Consumer<List<Received<? extends Event>>> projection;

    private EventHandlers(Builder builder) {
        this.consumer = builder.consumer;
        this.projection = builder.projection;
        this.handlers = Map.copyOf(builder.handlers);
        this.contactHandler = builder.contactHandler;
    }

    /** @param consumer the scope of the inbox, usually the service's name; changing it handles everything again */
    public static Builder named(String consumer) {
        return new Builder(consumer);
    }

    /** Name of the consumer. */
    public String consumer() {
        return consumer;
    }

    Optional<Handler> handler(EventCatalog.Entry entry) {
        return Optional.ofNullable(handlers.get(entry.recordClass()));
    }

    Optional<Consumer<ReceivedContact>> contactHandler() {
        return Optional.ofNullable(contactHandler);
    }

    Optional<Consumer<List<Received<? extends Event>>>> projection() {
        return Optional.ofNullable(projection);
    }

    /** Collects handlers; at most one per event type. */
    public static final class Builder {
        private final String consumer;
        private final Map<Class<? extends Event>, Handler> handlers = new HashMap<>();
        private @Nullable Consumer<ReceivedContact> contactHandler;
        private @Nullable Consumer<List<Received<? extends Event>>> projection;

        private Builder(String consumer) {
            if (consumer.isBlank() || consumer.contains("|")) {
                throw new IllegalArgumentException("A consumer's name is neither empty nor has it a bar: " + consumer);
            }
            this.consumer = consumer;
        }

        /** For a fact that counts on its own: handled once, whenever it arrives. */
        public <E extends Event> Builder on(Class<E> type, Consumer<Received<E>> handler) {
            return add(null, type, handler);
        }

        /**
         * For a fact that carries state: ignored when one of the same group and subject with a higher sequence was handled
         * before, so that a late replay cannot bring an old state back.
         *
         * @param group names the state that these types carry together, for example {@code consent}
         */
        public <E extends Event> Builder latest(String group, Class<E> type, Consumer<Received<E>> handler) {
            return add(group, type, handler);
        }

        /** For contact cards; guarded like {@link #latest}. */
        public Builder onContact(Consumer<ReceivedContact> handler) {
            if (contactHandler != null) {
                throw new IllegalArgumentException(consumer + " has two handlers for contact cards");
            }
            contactHandler = handler;
            return this;
        }

        /**
         * For a projection of every event that there is: those of one poll come together, each once, in the order of their
         * partitions, and share a transaction. It must not tell events of its own, for these would have no cause.
         */
        public Builder onEverything(Consumer<List<Received<? extends Event>>> projection) {
            this.projection = projection;
            EventCatalog.entries().forEach(entry -> add(entry.recordClass(), projection));
            return this;
        }

        private <E extends Event> void add(Class<E> type, Consumer<List<Received<? extends Event>>> projection) {
            add(null, type, received -> projection.accept(List.of(received)));
        }

        @SuppressWarnings("unchecked")
        private <E extends Event> Builder add(@Nullable String group, Class<E> type, Consumer<Received<E>> handler) {
            EventCatalog.of(type);
            Consumer<Received<Event>> handle = received -> handler.accept((Received<E>) (Received<?>) received);
            if (handlers.putIfAbsent(type, new Handler(group, handle)) != null) {
                throw new IllegalArgumentException(consumer + " has two handlers for " + type.getSimpleName());
            }
            return this;
        }

        public EventHandlers build() {
            return new EventHandlers(this);
        }
    }
}
