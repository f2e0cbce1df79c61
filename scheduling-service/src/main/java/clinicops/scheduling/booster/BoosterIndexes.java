package clinicops.scheduling.booster;

import clinicops.scheduling.booster.BoosterSuggestion.BoosterState;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

/** One index per query; made before the first request. */
@Component
class BoosterIndexes implements InitializingBean {
    private final MongoTemplate mongo;

    BoosterIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        mongo.indexOps(OutcomeScore.class).createIndex(new Index("patientId", Direction.ASC).named("patient"));
        mongo.indexOps(BoosterWatch.class).createIndex(new Index("lookAt", Direction.ASC).named("due"));
        var suggestions = mongo.indexOps(BoosterSuggestion.class);
        suggestions.createIndex(
                new Index("patientId", Direction.ASC).on("_id", Direction.ASC).named("patient"));
        suggestions.createIndex(new Index("state", Direction.ASC)
                .on("dueBy", Direction.ASC)
                .on("_id", Direction.ASC)
                .named("due"));
        // one open suggestion a patient
        suggestions.createIndex(new Index("patientId", Direction.ASC)
                .unique()
                .partial(PartialIndexFilter.of(Criteria.where("state").is(BoosterState.OPEN.name())))
                .named("open"));
    }
}
