package clinicops.chassis;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a list goes on: the sort key of the last row seen, opaque to callers.
 *
 * @param after sort key of the last row; empty at the beginning, so that {@code key > after} is always the query
 */
public record Cursor(String after) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;

    /** @throws RuleViolation {@code cursor} (400) when it is none of ours */
    public static Cursor of(@Nullable String encoded) {
        if (encoded == null || encoded.isEmpty()) {
            return new Cursor("");
        }
        try {
            return new Cursor(new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw RuleViolation.malformed("cursor", "the cursor is not one that this list gave")
                    .withField("cursor");
        }
    }

    /**
     * The page size that was asked for, {@value #DEFAULT_LIMIT} when none was.
     *
     * @throws RuleViolation {@code limit} (400) below 1 or above {@value #MAX_LIMIT}
     */
    public static int limit(@Nullable Integer asked) {
        if (asked == null) {
            return DEFAULT_LIMIT;
        }
        if (asked < 1 || asked > MAX_LIMIT) {
            throw RuleViolation.malformed("limit", "limit must be 1 to " + MAX_LIMIT)
                    .withField("limit");
        }
        return asked;
    }

    String encoded() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(after.getBytes(StandardCharsets.UTF_8));
    }
}
