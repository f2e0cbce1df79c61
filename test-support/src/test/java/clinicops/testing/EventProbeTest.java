package clinicops.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventProbeTest {

    private static final String BOOKED = "scheduling.session-booked.v1";
    private static final String MOVED = "scheduling.session-moved.v1";

    private final String topic = "probe." + UUID.randomUUID();
    private EventSender sender;
    private EventProbe probe;

    @BeforeEach
    void listen() {
        sender = EventSender.create();
        sender.draft(topic, "before.the-probe.v1").send();
        probe = EventProbe.on(topic).within(Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        probe.close();
        sender.close();
    }

    @Test
    void takesExactlyTheExpectedMessagesAndNoneFromBefore() {
        send(BOOKED, 1);
        send(BOOKED, 2);
        send(MOVED, 3);

        var taken = probe.expectExactly(MOVED, BOOKED, BOOKED);

        assertThat(taken).extracting(Received::sequence).containsExactly(3L, 1L, 2L);
        assertThat(probe.ofKey("patient-1")).extracting(Received::type).containsExactly(BOOKED, BOOKED, MOVED);
        probe.expectSilence();
    }

    @Test
    void oneMessageMoreThanExpectedFails() {
        send(BOOKED, 1);
        send(MOVED, 2);
        assertThatThrownBy(() -> probe.expectExactly(BOOKED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("but there is also [" + MOVED + "]");
    }

    @Test
    void oneMessageFewerThanExpectedFailsAndSaysWhatIsMissing() {
        send(BOOKED, 1);
        assertThatThrownBy(() -> probe.within(Duration.ofMillis(300)).expectExactly(BOOKED, BOOKED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("missing [" + BOOKED + "]");
    }

    @Test
    void silenceIsBelievedOnlyOnceTheSenderHasNothingMoreToSend() {
        AtomicBoolean sent = new AtomicBoolean();
        send(BOOKED, 1);
        probe.settledWhen(() -> {
            if (sent.compareAndSet(false, true)) {
                send(MOVED, 2);
                return false;
            }
            return true;
        });
        assertThatThrownBy(() -> probe.expectExactly(BOOKED)).hasMessageContaining("but there is also");
    }

    @Test
    void readsHeadersBodyAndKeyAsTheyWereSent() {
        var draft = sender.draft(topic, BOOKED)
                .key("patient-1")
                .subject("session-1")
                .sequence(7)
                .correlation("c")
                .causation("d")
                .body(Map.of("start", "2026-03-02T14:00:00Z", "name", "José"))
                .send();

        Received received = probe.awaitType(BOOKED);

        assertThat(received.id()).isEqualTo(draft.id());
        assertThat(received.key()).isEqualTo("patient-1");
        assertThat(received.subject()).isEqualTo("session-1");
        assertThat(received.sequence()).isEqualTo(7);
        assertThat(received.headers())
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_correlationid", "c")
                .containsEntry("ce_causationid", "d")
                .containsEntry("content-type", "application/json")
                .containsKeys("ce_time", "ce_source");
        assertThat(received.body().get("name").asString()).isEqualTo("José");
    }

    @Test
    void carriesMalformedBodiesAndTombstones() {
        sender.draft(topic, BOOKED).raw("{not json").without("ce_id").send();
        sender.draft(topic, MOVED).tombstone().send();

        Received malformed = probe.awaitType(BOOKED);
        assertThat(malformed.text()).isEqualTo("{not json");
        assertThat(malformed.id()).isNull();
        assertThat(probe.awaitType(MOVED).text()).isNull();
    }

    private void send(String type, long sequence) {
        sender.draft(topic, type).key("patient-1").sequence(sequence).send();
    }
}
