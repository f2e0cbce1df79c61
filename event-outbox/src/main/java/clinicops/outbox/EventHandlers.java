package clinicops.outbox;

import clinicops.contracts.Event;
import java.util.function.Consumer;

/** The handlers of one consumer: a bean in each service's messaging package. */
public final class EventHandlers {

    private final String consumer;

    private EventHandlers(Builder builder) {
        this.consumer = builder.consumer;
    }

    /** @param consumer the scope of the inbox, usually the service's name; changing it handles everything again */
    public static Builder named(String consumer) {
        return new Builder(consumer);
    }

    /** Name of the consumer. */
    public String consumer() {
        return consumer;
    }

    /** Collects handlers; at most one per event type. */
    public static final class Builder {
        private final String consumer;

        private Builder(String consumer) {
            this.consumer = consumer;
        }

        /** For a fact that counts on its own: handled once, whenever it arrives. */
        public <E extends Event> Builder on(Class<E> type, Consumer<Received<E>> handler) {
            return this;
        }

        /**
         * For a fact that carries state: ignored when one of the same group and subject with a higher sequence was handled
         * before, so that a late replay cannot bring an old state back.
         *
         * @param group names the state that these types carry together, for example {@code consent}
         */
        public <E extends Event> Builder latest(String group, Class<E> type, Consumer<Received<E>> handler) {
            return this;
        }

        /** For contact cards; guarded like {@link #latest}. */
        public Builder onContact(Consumer<ReceivedContact> handler) {
            return this;
        }

        public EventHandlers build() {
            return new EventHandlers(this);
        }
    }
}
