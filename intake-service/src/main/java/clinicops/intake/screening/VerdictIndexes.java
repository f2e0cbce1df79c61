package clinicops.intake.screening;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/** The order in which a patient's verdicts are read. */
@Component
class VerdictIndexes implements InitializingBean {
    private final MongoTemplate mongo;

    VerdictIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        mongo.indexOps(Verdict.class)
                .createIndex(new Index("patientId", Direction.ASC)
                        .on("_id", Direction.DESC)
                        .named("of-patient"));
    }
}
