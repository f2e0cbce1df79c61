package clinicops.staffweb.signin;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * Makes guessing slow, for one username and from one client address, over all copies of the front door. An attempt counts as
 * a failure from the moment it begins until it succeeds, so that guesses side by side gain nothing. Known and unknown
 * usernames are treated alike. Goes by the system's clock.
 */
@Component
class SignInThrottle {
    /** Not the business clock: this must not move with a demo. */
    private static final InstantSource SYSTEM = InstantSource.system();

    /** After this long without a failure all is forgotten. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(24);

    /** Then the row itself goes: anybody may knock with as many names as there are. */
    private static final Duration SWEPT_AFTER = FORGOTTEN_AFTER.plusHours(1);

    /**
     * What came of knocking.
     *
     * @param stayAway how long to stay away; null when the attempt may go on
     * @param shutNow whether this attempt, should it fail, is one that shuts the door
     */
    record Knock(@Nullable Duration stayAway, boolean shutNow) {}

    private record Counted(String key, int free) {}

    private final MongoOperations mongo;
    private final SignInSettings settings;

    SignInThrottle(MongoOperations mongo, SignInSettings settings) {
        this.mongo = mongo;
        this.settings = settings;
        mongo.indexOps(SignInFailures.class)
                .createIndex(new Index("lastAt", Sort.Direction.ASC)
                        .named("forgotten")
                        .expire(SWEPT_AFTER));
    }

    /** Before the password is looked at. */
    Knock knock(String username, String address) {
        Instant now = SYSTEM.instant();
        List<Counted> both = both(username, address);
        Duration shutFor = shutFor(both, now);
        if (shutFor.isPositive()) {
            return new Knock(shutFor, false);
        }
        boolean shut = false;
        for (Counted counted : both) {
            SignInFailures admitted = admit(counted, now);
            if (admitted == null) {
                // somebody beside this one shut the door a moment ago
                Duration since = shutFor(both, now);
                return new Knock(since.isPositive() ? since : Duration.ofSeconds(1), false);
            }
            shut |= admitted.shutUntil() != null;
        }
        return new Knock(null, shut);
    }

    private Duration shutFor(List<Counted> both, Instant now) {
        Duration longest = Duration.ZERO;
        for (Counted counted : both) {
            Instant until =
                    failures(counted.key()).map(SignInFailures::shutUntil).orElse(null);
            if (until != null && until.isAfter(now)) {
                Duration wait = Duration.between(now, until);
                longest = wait.compareTo(longest) > 0 ? wait : longest;
            }
        }
        return longest;
    }

    /** The attempt was no failure after all. The address keeps its others: one good account must not pay for guessing. */
    void succeeded(String username, String address) {
        mongo.remove(query(where("_id").is(usernameKey(username))), SignInFailures.class);
        // whoever was let in found the door open: what shuts it now came of this attempt
        mongo.updateFirst(
                query(where("_id").is(addressKey(address)).and("count").gt(0)),
                new Update().inc("count", -1).unset("shutUntil"),
                SignInFailures.class);
    }

    /**
     * Looks whether the door is open, counts, and shuts it, all in one step: of guesses side by side no more get in than of
     * guesses one after the other.
     *
     * @return the failures with this one; null when the door is shut
     */
    private @Nullable SignInFailures admit(Counted counted, Instant now) {
        var open = new Document("_id", counted.key())
                .append(
                        "$or",
                        List.of(
                                new Document("shutUntil", null),
                                new Document("shutUntil", new Document("$lte", Date.from(now)))));
        List<Document> step = countAndShut(counted.free(), now);
        var options = new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);
        for (int attempt = 0; ; attempt++) {
            try {
                Document row =
                        mongo.execute(SignInFailures.class, failures -> failures.findOneAndUpdate(open, step, options));
                return row == null ? null : mongo.getConverter().read(SignInFailures.class, row);
            } catch (DuplicateKeyException e) {
                // the row is there but does not match: the door is shut, or two first failures met
                SignInFailures there = failures(counted.key()).orElse(null);
                if (there != null
                        && there.shutUntil() != null
                        && there.shutUntil().isAfter(now)) {
                    return null;
                }
                if (attempt == 3) {
                    throw e;
                }
            }
        }
    }

    /** The last free failure shuts the door first; each further one doubles how long. */
    private List<Document> countAndShut(int free, Instant now) {
        var forgotten = new Document("$lt", List.of("$lastAt", Date.from(now.minus(FORGOTTEN_AFTER))));
        var count = new Document(
                "$cond",
                List.of(forgotten, 1, new Document("$add", List.of(new Document("$ifNull", List.of("$count", 0)), 1))));
        var doublings = new Document(
                "$min",
                List.of(20, new Document("$max", List.of(0, new Document("$subtract", List.of("$count", free))))));
        var delay = new Document(
                "$min",
                List.of(
                        settings.longestDelay().toMillis(),
                        new Document(
                                "$multiply",
                                List.of(
                                        settings.firstDelay().toMillis(),
                                        new Document("$pow", List.of(2L, doublings))))));
        var shutUntil = new Document(
                "$cond",
                List.of(
                        new Document("$lt", List.of("$count", free)),
                        "$$REMOVE",
                        new Document("$add", List.of(Date.from(now), delay))));
        return List.of(
                new Document("$set", new Document("count", count).append("lastAt", Date.from(now))),
                new Document("$set", new Document("shutUntil", shutUntil)));
    }

    private Optional<SignInFailures> failures(String key) {
        return Optional.ofNullable(mongo.findOne(query(where("_id").is(key)), SignInFailures.class));
    }

    private List<Counted> both(String username, String address) {
        return List.of(
                new Counted(usernameKey(username), settings.freeFailures()),
                new Counted(addressKey(address), settings.freeFailuresOfAddress()));
    }

    private static String usernameKey(String username) {
        return "username/" + digest(username);
    }

    private static String addressKey(String address) {
        return "address/" + digest(address);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
