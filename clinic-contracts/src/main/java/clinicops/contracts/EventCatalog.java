package clinicops.contracts;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which wire type stands for which record. A type is {@code owner.kebab-name.vN}, for example {@code
 * scheduling.session-booked.v1}; Java names never travel.
 */
public final class EventCatalog {

    /** @param type wire type, @param topic where it travels, @param owner service that alone may send it */
    public record Entry(String type, String topic, String owner, Class<? extends Event> recordClass) {}

    private static final List<Entry> ENTRIES = Stream.of(
                    entries(IntakeEvent.class, "intake", Topics.INTAKE),
                    entries(SchedulingEvent.class, "scheduling", Topics.SCHEDULING),
                    entries(BillingEvent.class, "billing", Topics.BILLING),
                    entries(NotificationEvent.class, "notification", Topics.NOTIFICATION),
                    entries(PulseEvent.class, "scheduling", Topics.PULSES))
            .flatMap(s -> s)
            .toList();
    private static final Map<String, Entry> BY_TYPE =
            ENTRIES.stream().collect(Collectors.toMap(Entry::type, Function.identity()));
    private static final Map<Class<?>, Entry> BY_CLASS =
            ENTRIES.stream().collect(Collectors.toMap(Entry::recordClass, Function.identity()));

    private EventCatalog() {}

    public static List<Entry> entries() {
        return ENTRIES;
    }

    /** The entry of a wire type; empty when no such event is known. */
    public static Optional<Entry> byType(String type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }

    public static Entry of(Class<? extends Event> recordClass) {
        Entry entry = BY_CLASS.get(recordClass);
        if (entry == null) {
            throw new IllegalArgumentException(recordClass + " is no event record");
        }
        return entry;
    }

    @SuppressWarnings("unchecked")
    private static Stream<Entry> entries(Class<? extends Event> family, String owner, String topic) {
        return Arrays.stream(family.getPermittedSubclasses())
                .map(c -> new Entry(
                        owner + "." + kebab(c.getSimpleName()) + ".v1", topic, owner, (Class<? extends Event>) c));
    }

    private static String kebab(String simpleName) {
        return simpleName.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
    }
}
