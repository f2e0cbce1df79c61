package clinicops.intake.outcome;

import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/** One index per query; made before the first request. */
@Component
class OutcomeIndexes implements InitializingBean {
    private final MongoTemplate mongo;

    OutcomeIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        mongo.indexOps(TreatedSession.class)
                .createIndex(new Index("patientId", Direction.ASC)
                        .on("startedAt", Direction.ASC)
                        .named("patient"));
        var outcomes = mongo.indexOps(FollowUp.class);
        List.of(
                        new Index("patientId", Direction.ASC)
                                .on("at", Direction.ASC)
                                .named("patient"),
                        new Index("instrument", Direction.ASC)
                                .on("scale", Direction.ASC)
                                .on("at", Direction.ASC)
                                .named("cohort"))
                .forEach(outcomes::createIndex);
    }
}
