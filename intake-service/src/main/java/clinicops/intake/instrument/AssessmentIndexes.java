package clinicops.intake.instrument;

import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/** One index per query; made before the first request. A patient has tens of assessments, so the patient is enough. */
@Component
class AssessmentIndexes implements InitializingBean {
    private final MongoTemplate mongo;

    AssessmentIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        var indexes = mongo.indexOps(Assessment.class);
        List.of(
                        new Index("patientId", Direction.ASC)
                                .on("openedAt", Direction.ASC)
                                .named("patient"),
                        new Index("patientId", Direction.ASC)
                                .on("completedAt", Direction.DESC)
                                .named("completed"))
                .forEach(indexes::createIndex);
    }
}
