package clinicops.scheduling.monitor;

import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.data.mongodb.core.query.Criteria;
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
        var alarms = mongo.indexOps(Alarm.class);
        List.of(
                        // one cause sounds once
                        new Index("sessionId", Direction.ASC)
                                .on("kind", Direction.ASC)
                                .unique()
                                .partial(PartialIndexFilter.of(
                                        Criteria.where("closed").is(false)))
                                .named("not-closed"),
                        new Index("sessionId", Direction.ASC)
                                .on("_id", Direction.ASC)
                                .named("session"),
                        new Index("acknowledgement.at", Direction.ASC)
                                .on("_id", Direction.ASC)
                                .named("acknowledged"),
                        new Index("nextEscalationAt", Direction.ASC).sparse().named("escalation"))
                .forEach(alarms::createIndex);
    }
}
