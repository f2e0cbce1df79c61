package clinicops.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerTest {

    @TempDir
    Path folder;

    @Test
    void keepsMessagesAndPlaceOfAGroupOverARestartOnTheSamePort() throws Exception {
        try (LocalBroker broker = LocalBroker.start(folder, 0)) {
            String address = broker.bootstrapServers();
            createTopic(broker, "clinic.test");
            send(broker, "clinic.test", "patient-1", "first");
            assertThat(read(broker, "clinic.test", 1)).containsExactly("first");

            broker.stop();
            broker.startAgain();

            assertThat(broker.bootstrapServers()).isEqualTo(address);
            send(broker, "clinic.test", "patient-1", "second");
            assertThat(read(broker, "clinic.test", 1))
                    .as("the group goes on where it was")
                    .containsExactly("second");
            assertThat(broker.failure()).isEmpty();
        }
    }

    @Test
    void anotherBrokerFindsTheDataOfAClosedOne() throws Exception {
        try (LocalBroker broker = LocalBroker.start(folder, 0)) {
            createTopic(broker, "clinic.test");
            send(broker, "clinic.test", "patient-1", "kept");
        }
        try (LocalBroker broker = LocalBroker.start(folder, 0)) {
            assertThat(read(broker, "clinic.test", 1)).containsExactly("kept");
        }
    }

    @Test
    void twoBrokersInOneDirectoryAreRefusedAndTheFirstLivesOn() throws Exception {
        try (LocalBroker broker = LocalBroker.start(folder, 0)) {
            assertThatThrownBy(() -> LocalBroker.start(folder, 0))
                    .isInstanceOf(LocalServerException.class)
                    .hasMessageContaining("another Kafka broker already uses " + folder);
            createTopic(broker, "clinic.test");
        }
    }

    @Test
    void aTakenPortIsAnExceptionAndNotTheEndOfTheJvm() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalBroker.start(folder, taken.getLocalPort()))
                    .isInstanceOf(LocalServerException.class)
                    .hasMessageContaining("could not start on 127.0.0.1:" + taken.getLocalPort());
        }
        LocalBroker.start(folder, 0).close();
    }

    @Test
    void aDataDirectoryThatIsAFileIsNamedInTheError() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> LocalBroker.start(file, 0))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining("cannot write to the data directory " + file);
    }

    private static void createTopic(LocalBroker broker, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.empty(), Optional.empty())))
                    .all()
                    .get();
            Awaitility.await().until(() -> admin.listTopics().names().get().contains(topic));
            assertThat(admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get()
                            .get(topic)
                            .partitions())
                    .hasSize(12);
        }
    }

    private static void send(LocalBroker broker, String topic, String key, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    private static List<String> read(LocalBroker broker, String topic, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.bootstrapServers(), "group.id", "reader", "auto.offset.reset", "earliest");
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            Awaitility.await().until(() -> {
                for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(200))) {
                    values.add(message.value());
                }
                return values.size() >= count;
            });
            consumer.commitSync();
        }
        return values;
    }
}
