package clinicops.staffweb.signin;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mongodb.spring.session.MongoSession;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.session.SessionRepository;

/**
 * Stores a session that was found only while it is there, and when it has something new to tell. At the end of each request the
 * session would be stored as a whole; one that was still under way when its person signed out would bring the session back, for
 * whoever else holds the cookie. That somebody was here is stored once in a sixtieth of the time after which they are signed
 * out: who is at work asks several times a second.
 */
final class KeptSessions implements SessionRepository<MongoSession> {
    /** On a session that this request made, and that is not stored yet. */
    private static final String NEW = "new";
    /** On a session that this request found: what was found. */
    private static final String FOUND = "found";

    private static final int STEPS_TO_SIGN_OUT = 60;

    private final SessionRepository<MongoSession> stored;
    private final MongoOperations mongo;
    private final String collection;

    KeptSessions(SessionRepository<MongoSession> stored, MongoOperations mongo, String collection) {
        this.stored = stored;
        this.mongo = mongo;
        this.collection = collection;
    }

    @Override
    public MongoSession createSession() {
        MongoSession session = stored.createSession();
        session.setAttribute(NEW, true);
        return session;
    }

    @Override
    public void save(MongoSession session) {
        Found found = session.getAttribute(FOUND);
        session.removeAttribute(FOUND);
        if (found != null && found.stillTells(session)) {
            session.setAttribute(FOUND, found);
        } else if (session.getAttribute(NEW) != null
                || mongo.exists(query(where("_id").is(session.getId())), collection)) {
            stored.save(session);
        }
    }

    @Override
    public @Nullable MongoSession findById(String id) {
        MongoSession session = stored.findById(id);
        if (session != null) {
            session.removeAttribute(NEW);
            session.setAttribute(FOUND, Found.in(session));
        }
        return session;
    }

    /** A session as it is stored. */
    private record Found(String id, Instant at, Duration idle, Map<String, Object> attributes) {
        static Found in(MongoSession session) {
            return new Found(
                    session.getId(),
                    session.getLastAccessedTime(),
                    session.getMaxInactiveInterval(),
                    session.getAttributeNames().stream()
                            .collect(Collectors.toMap(n -> n, session::getRequiredAttribute)));
        }

        boolean stillTells(MongoSession session) {
            Found now = in(session);
            return now.id.equals(id)
                    && now.idle.equals(idle)
                    && now.attributes.equals(attributes)
                    && now.at.isBefore(at.plus(idle.dividedBy(STEPS_TO_SIGN_OUT)));
        }
    }

    @Override
    public void deleteById(String id) {
        stored.deleteById(id);
    }
}
