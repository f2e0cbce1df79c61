package clinicops.scheduling.monitor;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/** One index per query; made before the first request. */
@Component
class MonitorIndexes implements InitializingBean {
    private final MongoTemplate mongo;

    MonitorIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        mongo.indexOps(VitalSigns.class)
                .createIndex(new Index("sessionId", Direction.ASC)
                        .on("takenAt", Direction.ASC)
                        .named("session"));
        mongo.indexOps(Bedside.class)
                .createIndex(new Index("nextCheckAt", Direction.ASC).sparse().named("check"));
    }
}
