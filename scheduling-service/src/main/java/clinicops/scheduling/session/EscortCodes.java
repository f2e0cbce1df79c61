package clinicops.scheduling.session;

import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.scheduling.protocol.Protocol;
import java.security.SecureRandom;
import java.util.Locale;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Six digits by which an escort is known at the door. They are shown once, when the escort is named, and only their hash is
 * kept. After some wrong tries only an ID counts, until a new code is made.
 */
@Component
class EscortCodes {
    private static final int CODES = 1_000_000;

    private final Sessions sessions;
    private final MongoOperations mongo;
    private final Protocol protocol;
    private final PasswordEncoder encoder = new BCryptPasswordEncoder();
    private final SecureRandom random = new SecureRandom();

    EscortCodes(Sessions sessions, MongoOperations mongo, Protocol protocol) {
        this.sessions = sessions;
        this.mongo = mongo;
        this.protocol = protocol;
    }

    /** A new code and what is kept of it. */
    record Issued(String code, String hash) {}

    Issued issue() {
        String code = String.format(Locale.ROOT, "%06d", random.nextInt(CODES));
        return new Issued(code, String.valueOf(encoder.encode(code)));
    }

    /**
     * Goes on when the code is right. A wrong try is counted beside the session's version, and stays counted when the request
     * that made it is refused.
     *
     * @throws RuleViolation {@code escort-code} (422)
     */
    void require(String sessionId, String code) {
        TreatmentSession session = sessions.ofClinic(sessionId).orElseThrow(() -> new NotFound("session", sessionId));
        TreatmentSession.EscortCode kept = session.escortCode();
        if (kept == null) {
            throw wrong("no code was made for this escort: see their ID");
        }
        int most = protocol.discharge().escortCodeTries();
        if (kept.wrongTries() >= most) {
            throw wrong("too many wrong tries: see the escort's ID, or make a new code");
        }
        if (!encoder.matches(code, kept.hash())) {
            mongo.updateFirst(
                    Query.query(Criteria.where("_id").is(sessionId)),
                    new Update().inc("escortCode.wrongTries", 1),
                    mongo.getCollectionName(TreatmentSession.class));
            throw wrong("wrong code; " + (most - kept.wrongTries() - 1) + " tries are left");
        }
    }

    private static RuleViolation wrong(String why) {
        return new RuleViolation("escort-code", why).withField("escortCode");
    }
}
