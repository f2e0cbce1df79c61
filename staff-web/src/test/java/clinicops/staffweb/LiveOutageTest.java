package clinicops.staffweb;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Role;
import clinicops.outbox.Ids;
import clinicops.staffweb.journey.JourneyEvents;
import clinicops.testing.EventSender;
import clinicops.testing.TestServers;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The database goes away and comes back while people look on. */
class LiveOutageTest extends FrontDoor {
    @Test
    void aStreamOutlivesTheDatabaseAndSaysHowOldWhatIsShownIs() {
        var nurse = as(Role.NURSE);
        try (var reader = LiveReader.of(url(), nurse);
                var sender = EventSender.create()) {
            reader.await(one ->
                    one.event().equals("heartbeat") && !one.data().path("asOf").isNull());
            TestServers.mongo().kill();
            try {
                reader.await(one -> one.event().equals("heartbeat")
                        && Duration.between(instant(one, "asOf"), instant(one, "now"))
                                        .compareTo(Duration.ofSeconds(4))
                                > 0);
            } finally {
                TestServers.mongo().startAgain();
            }
            String patient = Ids.next();
            var event = new JourneyEvents(patient).referred().all().getFirst();
            sender.draft(event.subject(), event.event())
                    .id(event.id())
                    .sequence(event.sequence())
                    .time(event.time())
                    .correlation(event.correlationId())
                    .without("ce_causationid")
                    .send();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !reader.about(patient)
                    .isEmpty());
            assertThat(reader.ended()).isFalse();
            nurse.get("/api/journeys/" + patient).expect(200);
        }
    }

    private static Instant instant(LiveReader.Told told, String field) {
        String text = told.data().path(field).asString("");
        return text.isEmpty() ? Instant.now() : Instant.parse(text);
    }
}
