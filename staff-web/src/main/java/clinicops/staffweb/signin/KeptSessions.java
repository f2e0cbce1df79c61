package clinicops.staffweb.signin;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import org.jspecify.annotations.Nullable;
import org.mongodb.spring.session.MongoSession;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.session.SessionRepository;

/**
 * Stores a session that was found only while it is there. At the end of each request the session is stored as a whole; one that
 * was still under way when its person signed out would bring the session back, for whoever else holds the cookie.
 */
final class KeptSessions implements SessionRepository<MongoSession> {
    /** On a session that this request made, and that is not stored yet. */
    private static final String NEW = "new";

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
        if (session.getAttribute(NEW) != null || mongo.exists(query(where("_id").is(session.getId())), collection)) {
            stored.save(session);
        }
    }

    @Override
    public @Nullable MongoSession findById(String id) {
        MongoSession session = stored.findById(id);
        if (session != null) {
            session.removeAttribute(NEW);
        }
        return session;
    }

    @Override
    public void deleteById(String id) {
        stored.deleteById(id);
    }
}
