package clinicops.outbox;

import clinicops.contracts.Event;
import clinicops.contracts.EventCatalog;
import clinicops.contracts.Topics;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoTemplate;

/**
 * Gives every event its effect exactly once: the inbox row, what the handler saves and the events that it appends are one
 * MongoDB transaction.
 *
 * <p>What one poll brought shares transactions, for most of an event's cost is that of its transaction.
 *
 * <p>What fails for good becomes a dead letter at once, and the partition goes on: an unknown type, a malformed body, {@link
 * EventRefused} and any other exception of a handler. What fails because database or broker is away is thrown, and the
 * listener container delivers the record again, without end. Write conflicts are tried again here a few times first.
 *
 * <p>Inbox rows are kept. They may be deleted by their field {@code at} once no copy of an event that old can arrive any more,
 * that is when they are older than the oldest record that a consumer's committed offset or a dead letter still points to.
 */
public class Inbox {

    static final String COLLECTION = "inbox";
    static final String LATEST = "inbox_latest";
    private static final Logger log = LoggerFactory.getLogger(Inbox.class);
    private static final int ATTEMPTS = 5;
    /** Few enough that a command which wants one of their rows does not wait long. */
    private static final int TOGETHER = 16;

    private final MongoTemplate mongo;
    private final Transactions transactions;
    private final MongoDeadLetters deadLetters;
    private final Map<String, EventHandlers> consumers = new ConcurrentHashMap<>();

    Inbox(MongoTemplate mongo, Transactions transactions, MongoDeadLetters deadLetters) {
        this.mongo = mongo;
        this.transactions = transactions;
        this.deadLetters = deadLetters;
        deadLetters.replayThrough(this::replay);
    }

    /** The function that Spring Cloud Stream binds: {@code @Bean Consumer<Poll> clinicEvents(...)}. */
    public Consumer<Poll> consumer(EventHandlers handlers) {
        EventHandlers before = consumers.putIfAbsent(handlers.consumer(), handlers);
        if (before != null && before != handlers) {
            throw new IllegalStateException("Two consumers are named " + handlers.consumer());
        }
        return poll ->
                receive(handlers, poll.records().stream().map(Arrived::of).toList());
    }

    /** When it throws, what came before in the same poll comes again too; the inbox knows it then. */
    private void receive(EventHandlers handlers, List<Arrived> arrived) {
        int together = handlers.projection().isPresent() ? arrived.size() : TOGETHER;
        for (int from = 0; from < arrived.size(); from += together) {
            receiveTogether(handlers, arrived.subList(from, Math.min(arrived.size(), from + together)));
        }
    }

    /** In one transaction, all or none of them. When that fails, each in its own: whichever is to blame, alone it will show. */
    private void receiveTogether(EventHandlers handlers, List<Arrived> arrived) {
        if (arrived.size() > 1) {
            try {
                handle(handlers, arrived);
                return;
            } catch (RuntimeException e) {
                if (Failures.passes(e) && !Failures.isConflict(e)) {
                    throw e;
                }
                log.debug("{} handles a poll's events one by one", handlers.consumer(), e);
            }
        }
        arrived.forEach(one -> receive(handlers, one));
    }

    void receive(EventHandlers handlers, Arrived arrived) {
        try {
            handle(handlers, List.of(arrived));
        } catch (RuntimeException e) {
            if (Failures.passes(e)) {
                throw e;
            }
            log.warn(
                    "Dead letter: {} could not handle {} {} from {}-{}@{}: {}",
                    handlers.consumer(),
                    arrived.type(),
                    arrived.id(),
                    arrived.topic(),
                    arrived.partition(),
                    arrived.offset(),
                    Failures.reason(e));
            deadLetters.keep(handlers.consumer(), arrived, e);
        }
    }

    private void replay(String consumer, Arrived arrived) {
        EventHandlers handlers = consumers.get(consumer);
        if (handlers == null) {
            throw new EventRefused("unknown-consumer", "No consumer of this service is named " + consumer);
        }
        handle(handlers, List.of(arrived));
    }

    /**
     * What a consumer wants of a record.
     *
     * @param event null for a contact card
     */
    private record Wanted(
            String id,
            String correlationId,
            @Nullable String group,
            String subject,
            long sequence,
            @Nullable Received<Event> event,
            Runnable effect) {}

    /** Returns when the events have had their effect, now or before, or want none. */
    private void handle(EventHandlers handlers, List<Arrived> arrived) {
        Map<String, Wanted> wanted = new LinkedHashMap<>();
        for (Arrived one : arrived) {
            wanted(handlers, one).ifPresent(w -> wanted.putIfAbsent(handlers.consumer() + "|" + w.id(), w));
        }
        if (!wanted.isEmpty()) {
            once(handlers, wanted);
        }
    }

    private static Optional<Wanted> wanted(EventHandlers handlers, Arrived arrived) {
        if (arrived.topic().equals(Topics.CONTACT)) {
            return handlers.contactHandler().map(handler -> {
                ReceivedContact contact = contact(arrived);
                return new Wanted(
                        contact.id(),
                        Objects.requireNonNullElse(arrived.headers().get(Wire.CORRELATION_ID), contact.id()),
                        "contact",
                        contact.patientId(),
                        contact.sequence(),
                        null,
                        () -> handler.accept(contact));
            });
        }
        EventCatalog.Entry entry = entry(arrived);
        return handlers.handler(entry).map(handler -> {
            Received<Event> received = received(arrived, entry);
            return new Wanted(
                    received.id(),
                    received.correlationId(),
                    handler.group(),
                    received.subject(),
                    received.sequence(),
                    received,
                    () -> handler.handle().accept(received));
        });
    }

    private static EventCatalog.Entry entry(Arrived arrived) {
        String type = arrived.required(Wire.TYPE);
        return EventCatalog.byType(type)
                .orElseThrow(() -> new EventRefused("unknown-event", "No event of type " + type + " is known"));
    }

    static Received<Event> received(Arrived arrived, EventCatalog.Entry entry) {
        String id = arrived.required(Wire.ID);
        return new Received<>(
                id,
                entry.type(),
                arrived.required(Wire.SOURCE),
                arrived.required(Wire.SUBJECT),
                arrived.sequence(),
                arrived.time(),
                Objects.requireNonNullElse(arrived.headers().get(Wire.CORRELATION_ID), id),
                arrived.headers().get(Wire.CAUSATION_ID),
                EventFormat.read(entry, arrived.body()));
    }

    private static ReceivedContact contact(Arrived arrived) {
        String key = arrived.key();
        if (key == null || key.isBlank()) {
            throw new EventRefused("malformed-event", "a contact card without a key");
        }
        return new ReceivedContact(arrived.required(Wire.ID), key, arrived.sequence(), arrived.time(), arrived.text());
    }

    /** @param wanted by their ids in the inbox */
    private void once(EventHandlers handlers, Map<String, Wanted> wanted) {
        for (int attempt = 1; ; attempt++) {
            // that none was handled before is likely, and an insert that fails tells it without a question
            boolean ask = attempt > 1;
            try {
                transactions.run(() -> {
                    List<Wanted> fresh = noted(wanted, ask);
                    if (!fresh.isEmpty()) {
                        handlers.projection()
                                .ifPresentOrElse(
                                        projection -> projection.accept(fresh.stream()
                                                .<Received<? extends Event>>map(w -> Objects.requireNonNull(w.event()))
                                                .toList()),
                                        () -> fresh.forEach(w -> effect(handlers.consumer(), w)));
                    }
                });
                return;
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !Failures.isConflict(e)) {
                    throw e;
                }
            }
        }
    }

    private void effect(String consumer, Wanted wanted) {
        try (EventContext.Scope scope = EventContext.open(wanted.correlationId(), wanted.id())) {
            String group = wanted.group();
            if (group == null || isLatest(consumer, group, wanted.subject(), wanted.sequence())) {
                wanted.effect().run();
            }
        }
    }

    /** Puts into the inbox what is not there yet, and tells which these are. */
    private List<Wanted> noted(Map<String, Wanted> wanted, boolean ask) {
        Map<String, Wanted> fresh = new LinkedHashMap<>(wanted);
        mongo.execute(COLLECTION, inbox -> {
            if (ask) {
                inbox.find(Filters.in("_id", wanted.keySet()))
                        .projection(Projections.include("_id"))
                        .forEach(known -> fresh.remove(known.getString("_id")));
            }
            if (!fresh.isEmpty()) {
                Date now = new Date();
                inbox.insertMany(fresh.keySet().stream()
                        .map(id -> new Document("_id", id).append("at", now))
                        .toList());
            }
            return null;
        });
        return List.copyOf(fresh.values());
    }

    private boolean isLatest(String consumer, String group, String subject, long sequence) {
        String id = consumer + "|" + group + "|" + subject;
        return Boolean.TRUE.equals(mongo.execute(LATEST, latest -> {
            Document known = latest.find(Filters.eq("_id", id)).first();
            if (known != null && known.getLong("sequence") > sequence) {
                return false;
            }
            latest.updateOne(
                    Filters.eq("_id", id), Updates.set("sequence", sequence), new UpdateOptions().upsert(true));
            return true;
        }));
    }
}
