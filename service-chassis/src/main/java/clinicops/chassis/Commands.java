package clinicops.chassis;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Commands that create something and may be sent twice. */
public interface Commands {
    /**
     * Runs {@code work} in a transaction, once per caller and key: a repeat gets the first answer and has no effect. Keys are
     * kept for 7 days. Without a key the work simply runs in a transaction.
     *
     * @param idempotencyKey value of the header {@code Idempotency-Key}, at most 200 characters
     * @param body the request; a repeat with another body is refused
     * @param answer class of the answer; it is stored as the JSON that the caller gets
     * @throws RuleViolation {@code idempotency-key-reuse} (422) when the key came with another body before
     */
    <R> R once(@Nullable String idempotencyKey, Object body, Class<R> answer, Supplier<R> work);
}
