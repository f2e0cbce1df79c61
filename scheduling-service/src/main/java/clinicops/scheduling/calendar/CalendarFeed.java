package clinicops.scheduling.calendar;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A calendar that somebody follows by a secret link: of a nurse, a prescriber or a chair. The link is shown once, when it is
 * made; only its hash is kept, and revoking it is for good.
 *
 * @param secretHash SHA-256, hexadecimal
 * @param kind {@code nurse}, {@code prescriber} or {@code chair}
 * @param of id of that nurse, prescriber or chair
 * @param username of the nurse or prescriber; null for a chair
 */
@Document("calendar_feeds")
record CalendarFeed(
        @Id String id,
        @Version @Nullable Long version,
        String secretHash,
        String kind,
        String of,
        String name,
        @Nullable String username,
        String madeBy,
        Instant madeAt,
        @Nullable Instant revokedAt) {

    CalendarFeed revoked(Instant now) {
        return revokedAt != null
                ? this
                : new CalendarFeed(id, version, secretHash, kind, of, name, username, madeBy, madeAt, now);
    }
}
