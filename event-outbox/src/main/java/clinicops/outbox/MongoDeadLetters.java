package clinicops.outbox;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Dead letters as a collection of the consumer's own database. */
final class MongoDeadLetters implements DeadLetters {

    static final String COLLECTION = "dead_letters";
    private static final int LONGEST_STACK = 20_000;

    private final MongoTemplate mongo;
    private @Nullable BiConsumer<String, Arrived> handle;

    MongoDeadLetters(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    void replayThrough(BiConsumer<String, Arrived> handle) {
        this.handle = handle;
    }

    /** Keeps the record; one that is kept already (delivered again after a crash) stays as it is. */
    void keep(String consumer, Arrived arrived, RuntimeException why) {
        Bson place = and(
                eq("consumer", consumer),
                eq("topic", arrived.topic()),
                eq("partition", arrived.partition()),
                eq("offset", arrived.offset()));
        Bson letter = combine(
                setOnInsert("_id", Ids.next()),
                setOnInsert("key", arrived.key()),
                setOnInsert("headers", new Document(new LinkedHashMap<>(arrived.headers()))),
                setOnInsert("body", arrived.text()),
                setOnInsert("eventId", arrived.id()),
                setOnInsert("type", arrived.type()),
                setOnInsert("reason", Failures.rule(why)),
                setOnInsert("message", message(why)),
                setOnInsert("stack", stack(why)),
                setOnInsert("at", new Date()),
                setOnInsert("attempts", 1),
                setOnInsert("state", DeadLetter.State.DEAD.name()));
        mongo.execute(COLLECTION, letters -> letters.updateOne(place, letter, new UpdateOptions().upsert(true)));
    }

    @Override
    public List<DeadLetter> list(DeadLetter.@Nullable State state, @Nullable String after, int limit) {
        List<Bson> conditions = new ArrayList<>();
        if (state != null) {
            conditions.add(eq("state", state.name()));
        }
        if (after != null) {
            conditions.add(gt("_id", after));
        }
        List<DeadLetter> found = new ArrayList<>();
        mongo.execute(COLLECTION, letters -> {
            letters.find(conditions.isEmpty() ? new Document() : and(conditions))
                    .sort(Sorts.ascending("_id"))
                    .limit(limit)
                    .forEach(row -> found.add(letter(row)));
            return null;
        });
        return found;
    }

    @Override
    public Optional<DeadLetter> find(String id) {
        return Optional.ofNullable(mongo.execute(
                        COLLECTION, letters -> letters.find(eq("_id", id)).first()))
                .map(MongoDeadLetters::letter);
    }

    @Override
    public void replay(String id) {
        DeadLetter letter = find(id).orElseThrow(() -> new NoSuchElementException("No dead letter " + id));
        BiConsumer<String, Arrived> handler = handle;
        if (letter.state() == DeadLetter.State.REPLAYED || handler == null) {
            return;
        }
        try {
            handler.accept(letter.consumer(), Arrived.of(letter));
        } catch (RuntimeException e) {
            if (Failures.passes(e)) {
                throw e;
            }
            update(
                    id,
                    set("reason", Failures.rule(e)),
                    set("message", message(e)),
                    set("stack", stack(e)),
                    set("at", new Date()),
                    inc("attempts", 1));
            throw e instanceof EventRefused refused ? refused : new EventRefused(Failures.rule(e), message(e), e);
        }
        update(id, set("state", DeadLetter.State.REPLAYED.name()), inc("attempts", 1));
    }

    private void update(String id, Bson... changes) {
        mongo.execute(COLLECTION, letters -> letters.updateOne(eq("_id", id), combine(changes)));
    }

    private static DeadLetter letter(Document row) {
        Map<String, String> headers = new LinkedHashMap<>();
        row.get("headers", Document.class).forEach((name, value) -> headers.put(name, String.valueOf(value)));
        return new DeadLetter(
                row.getString("_id"),
                row.getString("consumer"),
                row.getString("topic"),
                row.getInteger("partition"),
                row.getLong("offset"),
                row.getString("key"),
                headers,
                row.getString("body"),
                row.getString("eventId"),
                row.getString("type"),
                row.getString("reason"),
                row.getString("message"),
                row.getString("stack"),
                row.getDate("at").toInstant(),
                row.getInteger("attempts"),
                DeadLetter.State.valueOf(row.getString("state")));
    }

    /** Only a refusal's own words: any other exception may quote the patient, and lists show this. */
    private static String message(Throwable e) {
        String message = e.getMessage();
        return e instanceof EventRefused && message != null
                ? message
                : e.getClass().getSimpleName() + " (" + Failures.rule(e) + ")";
    }

    private static String stack(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString()
                .substring(0, Math.min(LONGEST_STACK, text.toString().length()));
    }
}
