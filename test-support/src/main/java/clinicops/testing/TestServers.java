package clinicops.testing;

import clinicops.contracts.Topics;
import clinicops.local.LocalBroker;
import clinicops.local.LocalMongo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The real servers of this test run: a broker inside this JVM and a mongod beside it, each started at first use and once.
 * The system properties {@code clinicops.test.kafka} (host:port) and {@code clinicops.test.mongo-uri} (or the
 * environment's {@code CLINICOPS_TEST_KAFKA}, {@code CLINICOPS_TEST_MONGO_URI}) name others to use instead.
 */
public final class TestServers {

    private static final String URI_OPTIONS = "w=majority&journal=true&uuidRepresentation=standard";
    private static final AtomicInteger databases = new AtomicInteger();
    private static final Set<ConfigurableApplicationContext> contexts = ConcurrentHashMap.newKeySet();
    private static @Nullable Path folder;
    private static @Nullable LocalBroker broker;
    private static @Nullable LocalMongo mongo;

    private TestServers() {}

    /** The broker in this JVM; a test may stop it and start it again, and must leave it running. */
    public static synchronized LocalBroker broker() {
        if (broker == null) {
            broker = LocalBroker.start(folder().resolve("kafka"), 0);
        }
        return broker;
    }

    /** The mongod beside this JVM, without users; a test may kill it and start it again, and must leave it running. */
    public static synchronized LocalMongo mongo() {
        if (mongo == null) {
            mongo = LocalMongo.start(LocalMongo.Options.open(folder().resolve("mongo")));
        }
        return mongo;
    }

    /** {@code host:port} of the broker. */
    public static String bootstrapServers() {
        return configured("clinicops.test.kafka").orElseGet(() -> broker().bootstrapServers());
    }

    /** The URI of a database by exactly this name. */
    public static String mongoUri(String database) {
        return configured("clinicops.test.mongo-uri")
                .map(uri -> withDatabase(uri, database))
                .orElseGet(() -> mongo().connectionString(database));
    }

    /** The URI of a database that nobody has used yet, its name beginning with the given one. */
    public static String freshDatabase(String name) {
        return mongoUri("%s_%d_%d".formatted(name, ProcessHandle.current().pid(), databases.incrementAndGet()));
    }

    /** What a service needs to run on these servers, with a fresh database; as Spring properties. */
    public static Map<String, Object> propertiesFor(String database) {
        return properties(freshDatabase(database), bootstrapServers());
    }

    static Map<String, Object> properties(String mongoUri, String bootstrapServers) {
        return Map.of(
                "spring.mongodb.uri", mongoUri,
                "spring.cloud.stream.kafka.binder.brokers", bootstrapServers,
                "spring.kafka.bootstrap-servers", bootstrapServers);
    }

    /** Makes the topics that are missing, with as many partitions as the real ones have. */
    public static void createTopics(String... topics) {
        createTopicsAt(bootstrapServers(), topics);
    }

    static void createTopicsAt(String bootstrapServers, String... topics) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            List<NewTopic> wanted =
                    Arrays.stream(topics).map(TestServers::newTopic).toList();
            for (var made : admin.createTopics(wanted).values().values()) {
                try {
                    made.get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw new IllegalStateException("Could not create the topics " + List.of(topics), e.getCause());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static NewTopic newTopic(String name) {
        NewTopic topic = new NewTopic(name, Optional.of(Topics.PARTITIONS), Optional.empty());
        return name.equals(Topics.CONTACT) ? topic.configs(Map.of("cleanup.policy", "compact")) : topic;
    }

    /** The context is closed before its servers are, so that it never waits at the end for one that is gone. */
    static void closeBeforeServers(ConfigurableApplicationContext context) {
        contexts.add(context);
    }

    static void closeContexts() {
        contexts.forEach(ConfigurableApplicationContext::close);
    }

    private static Optional<String> configured(String property) {
        String variable = property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(value -> !value.isBlank());
    }

    static String withDatabase(String uri, String database) {
        String[] parts = uri.split("\\?", 2);
        int hosts = parts[0].indexOf("://") + 3;
        int path = parts[0].indexOf('/', hosts);
        String server = path < 0 ? parts[0] : parts[0].substring(0, path);
        return server + "/" + database + "?" + (parts.length == 2 ? parts[1] + "&" : "") + URI_OPTIONS;
    }

    /** In the module's own target folder, so that even what a killed run leaves behind goes with the next clean. */
    private static Path folder() {
        Path found = folder;
        if (found == null) {
            try {
                Path target = Path.of("target");
                found = Files.isDirectory(target)
                        ? Files.createTempDirectory(target.toAbsolutePath(), "servers-")
                        : Files.createTempDirectory("clinicops-servers-");
            } catch (IOException e) {
                throw new UncheckedIOException("No place for the test servers' data", e);
            }
            folder = found;
            Runtime.getRuntime().addShutdownHook(new Thread(TestServers::end, "test-servers-end"));
        }
        return found;
    }

    private static void end() {
        closeContexts();
        LocalMongo database;
        LocalBroker events;
        Path data;
        synchronized (TestServers.class) {
            database = mongo;
            events = broker;
            data = folder;
        }
        // a broker that loses its folder while it runs fills the log with errors
        if (events != null) {
            events.close();
        }
        // nobody reads this data again: no need to end in good order
        if (database != null) {
            database.kill();
        }
        if (data != null) {
            try (Stream<Path> files = Files.walk(data)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException | UncheckedIOException e) {
                // the next clean takes the rest
            }
        }
    }
}
