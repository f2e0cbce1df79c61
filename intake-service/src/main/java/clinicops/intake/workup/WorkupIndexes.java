package clinicops.intake.workup;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/** A patient's results, the latest first. */
@Component
class WorkupIndexes implements InitializingBean {
    private final MongoTemplate mongo;

    WorkupIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        mongo.indexOps(WorkupResult.class)
                .createIndex(new Index("patientId", Direction.ASC)
                        .on("takenAt", Direction.DESC)
                        .named("latest"));
    }
}
