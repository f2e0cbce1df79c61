package clinicops.scheduling.hold;

import clinicops.scheduling.hold.CourseHold.HoldState;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

/** One index per query; made before the first request. */
@Component
class HoldIndexes implements InitializingBean {
    private final MongoTemplate mongo;

    HoldIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        var holds = mongo.indexOps(CourseHold.class);
        holds.createIndex(
                new Index("state", Direction.ASC).on("expiresAt", Direction.ASC).named("due"));
        // one open hold a patient
        holds.createIndex(new Index("patientId", Direction.ASC)
                .unique()
                .partial(PartialIndexFilter.of(Criteria.where("state").is(HoldState.OPEN.name())))
                .named("open"));
    }
}
