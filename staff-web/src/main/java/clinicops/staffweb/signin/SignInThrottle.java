package clinicops.staffweb.signin;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
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
    }

    /** Before the password is looked at. */
    Knock knock(String username, String address) {
        Instant now = SYSTEM.instant();
        List<Counted> both = both(username, address);
        Duration longest = Duration.ZERO;
        for (Counted counted : both) {
            Instant until =
                    failures(counted.key()).map(SignInFailures::shutUntil).orElse(null);
            if (until != null && until.isAfter(now)) {
                Duration wait = Duration.between(now, until);
                longest = wait.compareTo(longest) > 0 ? wait : longest;
            }
        }
        if (longest.isPositive()) {
            return new Knock(longest, false);
        }
        boolean shut = false;
        for (Counted counted : both) {
            shut |= count(counted, now);
        }
        return new Knock(null, shut);
    }

    /** The attempt was no failure after all. The address keeps its others: one good account must not pay for guessing. */
    void succeeded(String username, String address) {
        mongo.remove(query(where("_id").is(usernameKey(username))), SignInFailures.class);
        String key = addressKey(address);
        int left = mongo.findAndModify(
                                query(where("_id").is(key).and("count").gt(0)),
                                new Update().inc("count", -1),
                                FindAndModifyOptions.options().returnNew(true),
                                SignInFailures.class)
                        instanceof SignInFailures now
                ? now.count()
                : 0;
        if (left <= settings.freeFailuresOfAddress()) {
            mongo.updateFirst(query(where("_id").is(key)), new Update().unset("shutUntil"), SignInFailures.class);
        }
    }

    private boolean count(Counted counted, Instant now) {
        forgetOld(counted.key(), now);
        int failures = increment(counted.key(), now);
        Duration delay = delay(failures - counted.free());
        if (delay.isPositive()) {
            mongo.updateFirst(
                    query(where("_id").is(counted.key())),
                    new Update().max("shutUntil", now.plus(delay)),
                    SignInFailures.class);
        }
        return delay.isPositive();
    }

    private void forgetOld(String key, Instant now) {
        mongo.remove(query(where("_id").is(key).and("lastAt").lt(now.minus(FORGOTTEN_AFTER))), SignInFailures.class);
    }

    private int increment(String key, Instant now) {
        for (int attempt = 0; ; attempt++) {
            try {
                SignInFailures counted = mongo.findAndModify(
                        query(where("_id").is(key)),
                        new Update().inc("count", 1).set("lastAt", now),
                        FindAndModifyOptions.options().upsert(true).returnNew(true),
                        SignInFailures.class);
                return counted == null ? 1 : counted.count();
            } catch (DuplicateKeyException e) {
                // two first failures at once: the row is there now
                if (attempt == 3) {
                    throw e;
                }
            }
        }
    }

    /** @param beyondFree failures beyond those that cost nothing, this one included: the last free one shuts the door first */
    private Duration delay(int beyondFree) {
        if (beyondFree < 0) {
            return Duration.ZERO;
        }
        Duration delay = settings.firstDelay().multipliedBy(1L << Math.min(beyondFree, 20));
        return delay.compareTo(settings.longestDelay()) > 0 ? settings.longestDelay() : delay;
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
