package clinicops.chassis.command;

import clinicops.chassis.Caller;
import clinicops.chassis.Commands;
import clinicops.chassis.RuleViolation;
import clinicops.outbox.Transactions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.mapping.Document;
import tools.jackson.databind.json.JsonMapper;

/** Keys and first answers in the service's database. The row is inserted in the command's transaction: its key decides. */
final class StoredCommands implements Commands {
    static final String COLLECTION = "idempotency_keys";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final MongoOperations mongo;
    private final Transactions transactions;
    private final JsonMapper json;
    private final InstantSource system;

    StoredCommands(MongoOperations mongo, Transactions transactions, JsonMapper json, InstantSource system) {
        this.mongo = mongo;
        this.transactions = transactions;
        this.json = json;
        this.system = system;
    }

    /**
     * @param id caller and key
     * @param body hash of the request
     * @param answer as JSON
     * @param at system time; rows go 7 days later
     */
    @Document(COLLECTION)
    record Remembered(@Id String id, String body, String answer, Instant at) {}

    @Override
    public <R> R once(@Nullable String idempotencyKey, Object body, Class<R> answer, Supplier<R> work) {
        if (idempotencyKey == null) {
            return transactions.inTransaction(work);
        }
        if (!KEY.matcher(idempotencyKey).matches()) {
            throw RuleViolation.malformed("idempotency-key", "1 to 200 visible ASCII characters")
                    .withField("Idempotency-Key");
        }
        String id = Caller.current().name() + " " + idempotencyKey;
        String hash = hash(body, answer);
        try {
            return transactions.inTransaction(() -> {
                Remembered first = remembered(id);
                if (first != null) {
                    return repeat(first, hash, answer);
                }
                R result = work.get();
                mongo.insert(new Remembered(id, hash, json.writeValueAsString(result), system.instant()));
                return result;
            });
        } catch (DuplicateKeyException e) {
            Remembered first = remembered(id);
            if (first == null) {
                // another key than ours: the command's own rule
                throw e;
            }
            return repeat(first, hash, answer);
        }
    }

    private @Nullable Remembered remembered(String id) {
        return mongo.findById(id, Remembered.class);
    }

    private <R> R repeat(Remembered first, String hash, Class<R> answer) {
        if (!first.body().equals(hash)) {
            throw new RuleViolation("idempotency-key-reuse", "this key came with another request before")
                    .withField("Idempotency-Key");
        }
        return json.readValue(first.answer(), answer);
    }

    private String hash(Object body, Class<?> answer) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((body.getClass().getName() + " " + answer.getName() + " ").getBytes(StandardCharsets.UTF_8));
            digest.update(json.writeValueAsBytes(body));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
