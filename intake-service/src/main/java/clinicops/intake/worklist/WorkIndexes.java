package clinicops.intake.worklist;

import clinicops.intake.patient.Search;
import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/** One index per way to narrow the list, each in the list's order, and one to count by; made before the first request. */
@Component
class WorkIndexes implements InitializingBean {
    private final MongoTemplate mongo;

    WorkIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        var indexes = mongo.indexOps(WorkRow.class);
        Search.dropFormerIndexes(indexes);
        List.of(
                        inOrder("open").named("open"),
                        inOrder("stage").named("stage"),
                        inOrder("missing").named("missing"),
                        inOrder("safetyFlag").named("safety"),
                        new Index("stage", Direction.ASC)
                                .on("urgency", Direction.ASC)
                                .on("safetyFlag", Direction.ASC)
                                .named("counts"),
                        inOrder("search.names").named(Search.NAMES_INDEX),
                        inOrder("search.birthDate").named(Search.BIRTH_DATE_INDEX),
                        inOrder("search.phone").named(Search.PHONE_INDEX))
                .forEach(indexes::createIndex);
    }

    private static Index inOrder(String field) {
        return new Index(field, Direction.ASC).on("place", Direction.ASC);
    }
}
