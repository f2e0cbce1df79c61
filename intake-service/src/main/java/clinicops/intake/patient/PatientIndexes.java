package clinicops.intake.patient;

import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/** One index per query; made before the first request. */
@Component
class PatientIndexes implements InitializingBean {
    private final MongoTemplate mongo;

    PatientIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        var indexes = mongo.indexOps(Patient.class);
        Search.dropFormerIndexes(indexes);
        List.of(
                        // what makes an import repeatable
                        new Index("referral.importKey", Direction.ASC).unique().named("import-key"),
                        new Index("status", Direction.ASC)
                                .on("_id", Direction.ASC)
                                .named("status"),
                        // with the status a common name is put in order before its patients are read, and only a page
                        // of them is
                        new Index("search.names", Direction.ASC)
                                .on("_id", Direction.ASC)
                                .on("status", Direction.ASC)
                                .named(Search.NAMES_INDEX),
                        new Index("search.birthDate", Direction.ASC)
                                .on("_id", Direction.ASC)
                                .named(Search.BIRTH_DATE_INDEX),
                        new Index("search.phone", Direction.ASC)
                                .on("_id", Direction.ASC)
                                .named(Search.PHONE_INDEX),
                        // patients without a clearance are the many, and never due
                        new Index("clearances.expiresAt", Direction.ASC)
                                .sparse()
                                .named("clearance-expiry"))
                .forEach(indexes::createIndex);
    }
}
