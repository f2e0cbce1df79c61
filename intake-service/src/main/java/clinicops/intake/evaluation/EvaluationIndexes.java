package clinicops.intake.evaluation;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/** A patient's evaluations of a kind, the latest first. */
@Component
class EvaluationIndexes implements InitializingBean {
    private final MongoTemplate mongo;

    EvaluationIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        mongo.indexOps(Evaluation.class)
                .createIndex(new Index("patientId", Direction.ASC)
                        .on("kind", Direction.ASC)
                        .on("number", Direction.DESC)
                        .named("latest"));
    }
}
