package clinicops.notification;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

/** The indexes that the queries of this service go by, made before anything is asked. */
@Component
class NotificationIndexes implements InitializingBean {

    private final MongoTemplate mongo;

    NotificationIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void afterPropertiesSet() {
        var notices = mongo.indexOps("notices");
        // one notice per occurrence, template, version and channel, whatever happens
        notices.createIndex(new Index("key", Sort.Direction.ASC).named("key").unique());
        // small: what is decided leaves it
        notices.createIndex(new Index()
                .named("due")
                .on("dueAt", Sort.Direction.ASC)
                .on("availableAt", Sort.Direction.ASC)
                .partial(PartialIndexFilter.of(Criteria.where("state").is("PENDING"))));
        notices.createIndex(
                new Index().named("patient").on("patientId", Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
        notices.createIndex(new Index()
                .named("open")
                .on("patientId", Sort.Direction.ASC)
                .on("state", Sort.Direction.ASC)
                .on("occurrence.id", Sort.Direction.ASC));
        notices.createIndex(
                new Index().named("state").on("state", Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
        mongo.indexOps("sessions")
                .createIndex(new Index()
                        .named("course")
                        .on("patientId", Sort.Direction.ASC)
                        .on("courseId", Sort.Direction.ASC)
                        .on("number", Sort.Direction.ASC));
        var tasks = mongo.indexOps("staff_tasks");
        tasks.createIndex(new Index()
                .named("escalation")
                .on("nextEscalationAt", Sort.Direction.ASC)
                .partial(PartialIndexFilter.of(Criteria.where("open").is(true))));
        tasks.createIndex(
                new Index().named("list").on("open", Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
        var links = mongo.indexOps("links");
        links.createIndex(new Index()
                .named("token")
                .on("issued.hash", Sort.Direction.ASC)
                .unique()
                .partial(PartialIndexFilter.of(Criteria.where("issued.hash").exists(true))));
        links.createIndex(new Index().named("patient").on("patientId", Sort.Direction.ASC));
        var mailbox = mongo.indexOps("mailbox");
        mailbox.createIndex(
                new Index().named("arrival").on("position", Sort.Direction.ASC).unique());
        mailbox.createIndex(new Index().named("patient").on("patientId", Sort.Direction.ASC));
        mongo.indexOps("sms_places").createIndex(new Index().named("notice").on("noticeId", Sort.Direction.ASC));
    }
}
