package clinicops.scheduling.course;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.schema.JsonSchemaObject;
import org.springframework.stereotype.Component;

/** One index per query; made before the first request. */
@Component
class CourseIndexes implements InitializingBean {
    private final MongoTemplate mongo;

    CourseIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        mongo.indexOps(TreatmentCourse.class)
                .createIndex(new Index("patientId", Direction.ASC)
                        .on("_id", Direction.ASC)
                        .named("patient"));
        mongo.indexOps(TreatmentCourse.class)
                .createIndex(new Index("_id", Direction.ASC)
                        .on("replanSince", Direction.ASC)
                        .partial(PartialIndexFilter.of(
                                Criteria.where("replanSince").type(JsonSchemaObject.Type.dateType())))
                        .named("to-replan"));
    }
}
