package clinicops.scheduling.session;

import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/** One index per query; made before the first request. */
@Component
class SessionIndexes implements InitializingBean {
    private final MongoTemplate mongo;

    SessionIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        var sessions = mongo.indexOps(TreatmentSession.class);
        List.of(
                        new Index("courseId", Direction.ASC)
                                .on("listKey", Direction.ASC)
                                .named("course"),
                        new Index("patientId", Direction.ASC)
                                .on("listKey", Direction.ASC)
                                .named("patient"),
                        new Index("listKey", Direction.ASC).named("time"),
                        new Index("noteQueueKey", Direction.ASC).sparse().named("notes"),
                        new Index("state", Direction.ASC)
                                .on("hold.recheckUntil", Direction.ASC)
                                .named("held"),
                        new Index("state", Direction.ASC)
                                .on("noShowSince", Direction.ASC)
                                .on("place.startsAt", Direction.ASC)
                                .named("expected"))
                .forEach(sessions::createIndex);
        var overrides = mongo.indexOps(SessionOverride.class);
        List.of(
                        new Index("sessionId", Direction.ASC)
                                .on("_id", Direction.ASC)
                                .named("session"),
                        new Index("state", Direction.ASC)
                                .on("_id", Direction.ASC)
                                .named("state"))
                .forEach(overrides::createIndex);
    }
}
