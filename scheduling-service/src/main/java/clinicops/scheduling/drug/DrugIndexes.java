package clinicops.scheduling.drug;

import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/** One index per query, and the collections themselves: two transactions that both make one would conflict. */
@Component
class DrugIndexes implements InitializingBean {
    private final MongoTemplate mongo;

    DrugIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        var lots = mongo.indexOps(StockLot.class);
        lots.createIndex(
                new Index("state", Direction.ASC).on("_id", Direction.ASC).named("state"));
        lots.createIndex(new Index("drug", Direction.ASC)
                .on("state", Direction.ASC)
                .on("expiresOn", Direction.ASC)
                .named("on-hand"));
        lots.createIndex(new Index("drug", Direction.ASC)
                .on("ndc", Direction.ASC)
                .on("lot", Direction.ASC)
                .named("lot"));
        var draws = mongo.indexOps(DrugDraw.class);
        draws.createIndex(
                new Index("sessionId", Direction.ASC).on("at", Direction.ASC).named("session"));
        draws.createIndex(
                new Index("open", Direction.ASC).on("at", Direction.ASC).named("open"));
        mongo.indexOps(Waste.class)
                .createIndex(new Index("state", Direction.ASC)
                        .on("_id", Direction.ASC)
                        .named("state"));
        var counts = mongo.indexOps(DrugCount.class);
        counts.createIndex(
                new Index("day", Direction.ASC).on("_id", Direction.ASC).named("day"));
        counts.createIndex(new Index("drug", Direction.ASC)
                .on("at", Direction.ASC)
                .on("day", Direction.DESC)
                .named("inventory"));
        mongo.indexOps(CountReview.class)
                .createIndex(new Index("open", Direction.ASC)
                        .on("openedAt", Direction.ASC)
                        .named("open"));
        List.of(DrugBook.class, DrugLogEntry.class).forEach(kept -> {
            if (!mongo.collectionExists(kept)) {
                mongo.createCollection(kept);
            }
        });
    }
}
