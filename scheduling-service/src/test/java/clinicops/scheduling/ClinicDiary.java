package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.contracts.EventCatalog;
import clinicops.contracts.Topics;
import clinicops.outbox.OutboxStatus;
import clinicops.testing.DiaryChecker;
import clinicops.testing.EventProbe;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/** The clinic's diary as the whole history of the topic tells it, against what lies in the database as taken. */
final class ClinicDiary {
    /** Of every nurse in {@link Clinic}. */
    private static final int SEATS = 2;

    private final ApplicationContext context;
    private final MongoTemplate mongo;

    ClinicDiary(ApplicationContext context) {
        this.context = context;
        this.mongo = context.getBean(MongoTemplate.class);
    }

    /** Nothing was ever given twice, and nothing is taken but by what is booked or held. */
    void isSound() {
        assertThat(findings()).isEmpty();
    }

    List<String> findings() {
        OutboxStatus outbox = context.getBean(OutboxStatus.class);
        DiaryChecker checker = new DiaryChecker(SEATS);
        Set<String> sessions = mongo.findAll(Document.class, "sessions").stream()
                .map(session -> session.getString("_id"))
                .collect(Collectors.toSet());
        // an event may lie on the topic twice: a relay that takes over sends again what the last one had not marked
        Set<String> told = new HashSet<>();
        try (EventProbe probe = EventProbe.on(Topics.SCHEDULING)
                .settledWhen(() -> outbox.unsent() == 0)
                .fromTheBeginning()) {
            probe.forget().all().stream()
                    // of several partitions; ids are in the order of time
                    .sorted(Comparator.comparing(message -> String.valueOf(message.id())))
                    .filter(message -> message.type().startsWith("scheduling.session-"))
                    // the topic is shared with other databases of other test runs
                    .filter(message -> sessions.contains(message.subject()))
                    .filter(message -> told.add(message.id()))
                    .map(message -> message.body(
                            EventCatalog.byType(message.type()).orElseThrow().recordClass()))
                    .forEach(checker::told);
        }
        mongo.findAll(Document.class, "occupied").forEach(day -> day.getList("taken", Document.class)
                .forEach(stretch -> checker.occupied(
                        day.getString("_id"),
                        stretch.getLong("from"),
                        stretch.getLong("until"),
                        stretch.getString("by"))));
        Set<String> held = mongo.find(Query.query(Criteria.where("state").is("OPEN")), Document.class, "holds").stream()
                .flatMap(hold -> hold.getList("sessions", Document.class).stream())
                .map(session -> session.getString("sessionId"))
                .collect(Collectors.toSet());
        return checker.findings(held::contains);
    }
}
