package clinicops.scheduling.resource;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/** One index per query; made before the first request. */
@Component
class ResourceIndexes implements InitializingBean {
    private final MongoTemplate mongo;

    ResourceIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        mongo.indexOps(Chair.class)
                .createIndex(new Index("name", Direction.ASC).unique().named("name"));
        mongo.indexOps(Nurse.class)
                .createIndex(new Index("username", Direction.ASC).unique().named("username"));
        mongo.indexOps(Prescriber.class)
                .createIndex(new Index("username", Direction.ASC).unique().named("username"));
        mongo.indexOps(Pump.class)
                .createIndex(new Index("name", Direction.ASC).unique().named("name"));
        mongo.indexOps(Therapist.class)
                .createIndex(
                        new Index("username", Direction.ASC).unique().sparse().named("username"));
        mongo.indexOps(Credential.class).createIndex(new Index("username", Direction.ASC).named("username"));
        var availability = mongo.indexOps(Availability.class);
        availability.createIndex(new Index("effect", Direction.ASC).named("effect"));
        availability.createIndex(new Index("lastDay", Direction.ASC).named("lastDay"));
        availability.createIndex(
                new Index("of", Direction.ASC).on("_id", Direction.ASC).named("of"));
        mongo.indexOps(OccupiedDay.class).createIndex(new Index("taken.by", Direction.ASC).named("by"));
    }
}
