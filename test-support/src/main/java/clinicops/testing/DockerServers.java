package clinicops.testing;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;

/**
 * The same servers in containers, for the smoke tests: each started at first use, once per JVM, and stopped with it. Where
 * the engine has no Ryuk image, the environment sets {@code TESTCONTAINERS_RYUK_DISABLED=true}.
 */
public final class DockerServers {

    private static final String MONGO_IMAGE = "mongo:8.0";
    private static final String KAFKA_IMAGE = "apache/kafka:4.2.1";

    private static final AtomicInteger databases = new AtomicInteger();
    private static @Nullable Optional<String> whyUnavailable;
    private static @Nullable MongoDBContainer mongo;
    private static @Nullable KafkaContainer kafka;

    private DockerServers() {}

    /** Whether a Docker engine answers. */
    public static boolean available() {
        return whyUnavailable().isEmpty();
    }

    static synchronized Optional<String> whyUnavailable() {
        Optional<String> known = whyUnavailable;
        if (known == null) {
            known = ask();
            whyUnavailable = known;
        }
        return known;
    }

    private static Optional<String> ask() {
        try {
            return DockerClientFactory.instance().isDockerAvailable()
                    ? Optional.empty()
                    : Optional.of("no Docker engine answers");
        } catch (RuntimeException e) {
            return Optional.of("the Docker engine can't be used: " + e.getMessage());
        }
    }

    /** A new, unstarted replica set of one; the caller closes it. */
    public static MongoDBContainer newMongo() {
        return new MongoDBContainer(MONGO_IMAGE).withReplicaSet();
    }

    /** A new, unstarted broker; the caller closes it. */
    public static KafkaContainer newKafka() {
        return new KafkaContainer(KAFKA_IMAGE);
    }

    /** {@code host:port} of the shared broker. */
    public static synchronized String bootstrapServers() {
        KafkaContainer running = kafka;
        if (running == null) {
            running = newKafka();
            running.start();
            stopWithJvm(running);
            kafka = running;
        }
        return running.getBootstrapServers();
    }

    /** The URI of a database on the shared replica set that nobody has used yet. */
    public static synchronized String freshDatabase(String name) {
        MongoDBContainer running = mongo;
        if (running == null) {
            running = newMongo();
            running.start();
            stopWithJvm(running);
            mongo = running;
        }
        return TestServers.withDatabase(running.getReplicaSetUrl(), name + "_" + databases.incrementAndGet());
    }

    private static void stopWithJvm(AutoCloseable container) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            TestServers.closeContexts();
                            try {
                                container.close();
                            } catch (Exception e) {
                                System.err.println("A test container was left behind: " + e);
                            }
                        },
                        "test-container-end"));
    }
}
