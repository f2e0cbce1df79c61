package clinicops.notification;

import static org.awaitility.Awaitility.await;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.ClockSettings;
import clinicops.chassis.ContactSeal;
import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.ContactCard;
import clinicops.contracts.IntakeEvent.ContactPreferencesChanged;
import clinicops.contracts.IntakeEvent.PatientRegistered;
import clinicops.contracts.SchedulingEvent.CourseBooked;
import clinicops.contracts.SchedulingEvent.SessionBooked;
import clinicops.contracts.Topics;
import clinicops.notification.delivery.MailRoom;
import clinicops.outbox.ConsumerLag;
import clinicops.outbox.Ids;
import clinicops.outbox.OutboxStatus;
import clinicops.testing.EventProbe;
import clinicops.testing.EventSender;
import clinicops.testing.Received;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import tools.jackson.databind.JsonNode;

/**
 * The whole service on a real broker, a real database and real SMTP. Every test begins in an empty clinic, at noon in New York
 * on a day of its own; the clock only ever goes forward. All classes share one context: a second one would take half of the
 * partitions away.
 */
@ServiceTest(
        database = "notification",
        properties = {
            "clinicops.notices.attempts=20",
            "clinicops.notices.first-pause=50ms",
            "clinicops.notices.longest-pause=200ms"
        })
abstract class NotificationTest {

    static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    static final String DELIVERED = "notification.notice-delivered.v1";
    static final String FAILED = "notification.notice-failed.v1";
    static final String SUPPRESSED = "notification.notice-suppressed.v1";
    private static final List<String> COLLECTIONS = List.of(
            "notices", "recipients", "sessions", "courses", "staff_tasks", "sms_places", "sandbox_sms", "links");

    @Autowired
    ApplicationContext context;

    @Autowired
    MongoTemplate mongo;

    @Autowired
    BusinessClock clock;

    @Autowired
    ClockSettings clockSettings;

    @Autowired
    ContactSeal seal;

    @Autowired
    OutboxStatus outbox;

    @Autowired
    ConsumerLag lag;

    EventSender sender;
    EventProbe probe;
    MailRoom mailRoom;

    @BeforeEach
    void noonOfANewDayInAnEmptyClinic() {
        mailRoom = new MailRoom(context);
        sender = EventSender.create();
        probe = EventProbe.on(Topics.NOTIFICATION).settledWhen(this::isSettled);
        COLLECTIONS.forEach(name -> mongo.remove(new Query(), name));
        clockSettings.turnIntoDemo();
        mailRoom.empty();
        ZonedDateTime tomorrow = clock.instant().atZone(NEW_YORK).plusDays(1).with(LocalTime.NOON);
        moveTo(tomorrow.toInstant());
        probe.forget();
    }

    @AfterEach
    void leave() {
        probe.close();
        sender.close();
    }

    private boolean isSettled() {
        JsonNode state = admin().get("/api/clock").expect(200).body();
        return !state.path("dueNow").asBoolean()
                && state.path("unsentEvents").asLong() == 0
                && state.path("consumerLag").asLong() == 0;
    }

    void moveTo(Instant instant) {
        clockSettings.moveTo(instant);
    }

    /** Until everything sent was handled, and everything due was done. */
    void settle() {
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> isSettled() && isSettled());
    }

    ServiceDoor admin() {
        return ServiceDoor.of(context).as("ada", Role.ADMIN);
    }

    ServiceDoor frontDesk() {
        return ServiceDoor.of(context).as("fred", Role.FRONT_DESK);
    }

    /** The notices of a patient, as staff see them. */
    List<JsonNode> notices(String patientId) {
        return items(frontDesk()
                .get("/api/notices?limit=200&patientId=" + patientId)
                .expect(200)
                .body());
    }

    JsonNode notice(String patientId, String template, String channel) {
        return notices(patientId).stream()
                .filter(n -> n.path("template").asString().equals(template)
                        && n.path("channel").asString().equals(channel))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + template + " by " + channel));
    }

    List<JsonNode> inbox(String address) {
        return items(
                admin().get("/api/inbox?limit=200&to=" + address).expect(200).body());
    }

    static List<JsonNode> items(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false).toList();
    }

    /** {@code reminder-24h by sms}, with the reason if there is one. */
    static List<String> told(List<Received> events) {
        return events.stream()
                .map(e -> e.body().path("template").asString()
                        + " by " + e.body().path("channel").asString()
                        + (e.body().has("reason")
                                ? ": " + e.body().path("reason").asString()
                                : ""))
                .sorted()
                .toList();
    }

    /** Awaits exactly so many notices delivered, and nothing else. */
    List<String> delivered(int count) {
        String[] types = new String[count];
        java.util.Arrays.fill(types, DELIVERED);
        return told(probe.expectExactly(types));
    }

    /** Somebody whom the clinic knows and can reach, and who has been welcomed. */
    TestPatient reachable() {
        TestPatient patient = new TestPatient(Ids.next());
        patient.card();
        patient.prefers("en", "America/New_York", true, true);
        settle();
        return patient;
    }

    /** A patient, as the other services tell of them. */
    final class TestPatient {
        final String id;
        final String email;
        private long version = 1;

        TestPatient(String id) {
            this.id = id;
            this.email = "rosa." + id.substring(24) + "@example.org";
        }

        void registered() {
            sender.send(id, new PatientRegistered(id, Ids.next(), clock.instant()));
        }

        void card() {
            card(email, "+12125550123");
        }

        void card(@Nullable String address, @Nullable String phone) {
            contact(seal.seal(new ContactCard(id, "Rosa", "Núñez", address, phone, "en", "America/New_York")));
        }

        void erased() {
            contact(null);
        }

        private void contact(@Nullable String sealed) {
            EventSender.Draft draft = sender.draft(Topics.CONTACT, "contact-card")
                    .subject(id)
                    .key(id)
                    .sequence(version++);
            (sealed == null ? draft.tombstone() : draft.raw(sealed)).send();
        }

        void prefers(String language, String zone, boolean email, boolean sms) {
            var event = new ContactPreferencesChanged(id, language, zone, email, sms, clock.instant());
            sender.draft(id, event).sequence(version++).send();
        }

        TestCourse books(Instant... starts) {
            TestCourse course = new TestCourse(this, Ids.next());
            List<String> sessionIds = new ArrayList<>();
            for (int i = 0; i < starts.length; i++) {
                sessionIds.add(Ids.next());
            }
            sender.send(
                    course.id,
                    new CourseBooked(
                            course.id,
                            id,
                            Ids.next(),
                            1,
                            "ketamine",
                            "iv",
                            sessionIds,
                            starts[0],
                            starts[starts.length - 1],
                            clock.instant()));
            for (int i = 0; i < starts.length; i++) {
                sender.send(
                        sessionIds.get(i),
                        new SessionBooked(
                                sessionIds.get(i),
                                course.id,
                                id,
                                i + 1,
                                "ketamine",
                                "iv",
                                starts[i],
                                starts[i].plus(Duration.ofMinutes(135)),
                                Ids.next(),
                                Ids.next()));
            }
            course.sessionIds.addAll(sessionIds);
            return course;
        }
    }

    static final class TestCourse {
        final TestPatient patient;
        final String id;
        final List<String> sessionIds = new ArrayList<>();

        private TestCourse(TestPatient patient, String id) {
            this.patient = patient;
            this.id = id;
        }

        String session(int number) {
            return sessionIds.get(number - 1);
        }
    }
}
