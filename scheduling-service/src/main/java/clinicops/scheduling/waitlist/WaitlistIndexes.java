package clinicops.scheduling.waitlist;

import clinicops.scheduling.waitlist.WaitlistEntry.WaitState;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

/** One index per query; made before the first request. */
@Component
class WaitlistIndexes implements InitializingBean {
    private final MongoTemplate mongo;

    WaitlistIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        var entries = mongo.indexOps(WaitlistEntry.class);
        entries.createIndex(
                new Index("state", Direction.ASC).on("queueKey", Direction.ASC).named("order"));
        entries.createIndex(new Index("patientId", Direction.ASC)
                .on("state", Direction.ASC)
                .on("queueKey", Direction.ASC)
                .named("patient"));
        entries.createIndex(new Index("offer.holdId", Direction.ASC).sparse().named("hold"));
        entries.createIndex(new Index("lookAgainSince", Direction.ASC).sparse().named("look-again"));
        // nobody waits twice for the same
        entries.createIndex(new Index("patientId", Direction.ASC)
                .on("wants", Direction.ASC)
                .unique()
                .partial(PartialIndexFilter.of(
                        Criteria.where("state").in(WaitState.WAITING.name(), WaitState.OFFERED.name())))
                .named("once"));
        mongo.indexOps(FreedPlace.class)
                .createIndex(new Index("state", Direction.ASC)
                        .on("startsAt", Direction.ASC)
                        .named("open"));
    }
}
