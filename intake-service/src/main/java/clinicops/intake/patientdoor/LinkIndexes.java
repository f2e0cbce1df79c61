package clinicops.intake.patientdoor;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/** One index per query; made before the first request. */
@Component
class LinkIndexes implements InitializingBean {
    private final MongoTemplate mongo;

    LinkIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        mongo.indexOps(PatientLink.class)
                .createIndex(new Index("patientId", Direction.ASC)
                        .on("_id", Direction.DESC)
                        .named("patient"));
    }
}
