package clinicops.staffweb.signin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The failures of one username or one client address.
 *
 * @param key kind and a digest: people type passwords into the username field
 * @param count failures that still count
 * @param shutUntil null while the door is open to them
 * @param lastAt when the newest one happened, by the system's clock
 */
@Document("sign_in_failures")
record SignInFailures(@Id String key, int count, @Nullable Instant shutUntil, Instant lastAt) {}
