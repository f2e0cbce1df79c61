package clinicops.intake.safety;

import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/** One index per query; made before the first request. */
@Component
class SafetyIndexes implements InitializingBean {
    static final String OF_PATIENT = "patient-in-order";

    private final MongoTemplate mongo;

    SafetyIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        var indexes = mongo.indexOps(SafetyAlert.class);
        List.of(
                        new Index("patientId", Direction.ASC)
                                .on("_id", Direction.ASC)
                                .named(OF_PATIENT),
                        new Index("acknowledgement.at", Direction.ASC)
                                .on("_id", Direction.ASC)
                                .named("acknowledged"),
                        new Index("resolution.at", Direction.ASC)
                                .on("_id", Direction.ASC)
                                .named("resolved"),
                        new Index("calls.dueAt", Direction.ASC).sparse().named("calls"),
                        new Index("nextEscalationAt", Direction.ASC).sparse().named("escalation"))
                .forEach(indexes::createIndex);
    }
}
