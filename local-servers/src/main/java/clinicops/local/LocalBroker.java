package clinicops.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker (KRaft, one node) inside this JVM, listening on 127.0.0.1 only. What it stores survives a restart
 * in the same directory. Topics keep everything unless they say otherwise, and are never made by merely using them.
 */
public final class LocalBroker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LocalBroker.class);
    private static final int NODE_ID = 1;
    private static final int ATTEMPTS_AT_A_FREE_PORT = 5;
    private static final Duration SYNC_TO_DISK_AFTER = Duration.ofMillis(500);
    private static final Set<LocalBroker> running = ConcurrentHashMap.newKeySet();

    static {
        // Kafka ends the whole JVM when a broker fails. This JVM is not the broker's alone.
        Exit.setExitProcedure((status, message) -> refuseToEnd("exit", status, message));
        Exit.setHaltProcedure((status, message) -> refuseToEnd("halt", status, message));
    }

    private final Path dataDir;
    private final int requestedPort;
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private int port;
    private @Nullable DataDirectory directory;
    private @Nullable KafkaRaftServer server;

    private LocalBroker(Path dataDir, int port) {
        this.dataDir = dataDir;
        this.requestedPort = port;
        this.port = port;
    }

    /**
     * Starts a broker and returns once it takes requests.
     *
     * @param dataDir where it keeps its log; made when missing
     * @param port port on 127.0.0.1; 0 takes a free one
     * @throws LocalServerException when the directory or the port can't be used
     */
    public static LocalBroker start(Path dataDir, int port) {
        LocalBroker broker = new LocalBroker(dataDir, port);
        broker.startAgain();
        return broker;
    }

    /** Starts a stopped broker on its former port, with its former data; nothing happens when it runs. */
    public synchronized void startAgain() {
        if (server != null) {
            return;
        }
        DataDirectory held = DataDirectory.hold(dataDir, "Kafka broker");
        try {
            DataDirectory.requireFree(port, "Kafka broker");
            startIn(held);
            directory = held;
        } finally {
            if (server == null) {
                held.close();
            }
        }
    }

    private void startIn(DataDirectory held) {
        for (int attempt = 1; ; attempt++) {
            int wanted = port != 0 ? port : DataDirectory.freePort();
            try {
                server = launch(held.path(), wanted, DataDirectory.freePort());
                port = wanted;
                log.info("Kafka broker on {}, data in {}", bootstrapServers(), held.path());
                return;
            } catch (LocalServerException e) {
                // between finding a free port and taking it somebody else may have it
                if (port != 0 || requestedPort != 0 || attempt == ATTEMPTS_AT_A_FREE_PORT) {
                    throw e;
                }
            }
        }
    }

    private KafkaRaftServer launch(Path directory, int brokerPort, int controllerPort) {
        failure.set(null);
        running.add(this);
        KafkaRaftServer starting = null;
        try {
            Path logs = directory.resolve("log");
            if (!Files.exists(logs.resolve("meta.properties"))) {
                format(logs);
            }
            starting = new KafkaRaftServer(
                    new KafkaConfig(settings(logs, brokerPort, controllerPort), false), Time.SYSTEM);
            starting.startup();
            return starting;
        } catch (Exception | Error e) {
            running.remove(this);
            if (starting != null) {
                shutDownQuietly(starting);
            }
            throw new LocalServerException(
                    "Kafka broker could not start on 127.0.0.1:%d with data in %s: %s"
                            .formatted(brokerPort, directory, rootMessage(e)),
                    e);
        }
    }

    private static void format(Path logs) throws Exception {
        new Formatter()
                .setNodeId(NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setDirectories(Set.of(logs.toString()))
                .setMetadataLogDirectory(logs.toString())
                .setControllerListenerName("CONTROLLER")
                .setUnstableFeatureVersionsEnabled(false)
                .setIgnoreFormatted(true)
                .setPrintStream(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()))
                .run();
    }

    private static Map<String, String> settings(Path logs, int brokerPort, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", String.valueOf(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(brokerPort, controllerPort));
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + brokerPort);
        settings.put("log.dirs", logs.toString());

        settings.put("auto.create.topics.enable", "false");
        settings.put("num.partitions", "12");
        settings.put("default.replication.factor", "1");
        settings.put("log.retention.ms", "-1");
        // a clinic that was closed for a holiday must find its place again
        settings.put(
                "offsets.retention.minutes",
                String.valueOf(Duration.ofDays(3650).toMinutes()));
        // one node has no replica to survive a power cut, so the disk has to be told before long
        settings.put("log.flush.interval.ms", String.valueOf(SYNC_TO_DISK_AFTER.toMillis()));
        settings.put("log.flush.scheduler.interval.ms", String.valueOf(SYNC_TO_DISK_AFTER.toMillis()));

        for (String internal : Set.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            settings.put(internal + ".replication.factor", "1");
            settings.put(internal + ".num.partitions", "5");
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");

        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(8 * 1024 * 1024));
        settings.put("log.index.size.max.bytes", String.valueOf(1024 * 1024));
        return settings;
    }

    /** {@code host:port}, as a client's {@code bootstrap.servers} wants it. */
    public synchronized String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Why Kafka gave up after it had started (a full disk, say); empty while all is well. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Stops the broker and keeps its data; {@link #startAgain()} brings it back. */
    public synchronized void stop() {
        running.remove(this);
        if (server != null) {
            shutDownQuietly(server);
            server = null;
        }
        if (directory != null) {
            directory.close();
            directory = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static void shutDownQuietly(KafkaRaftServer server) {
        try {
            server.shutdown();
            server.awaitShutdown();
        } catch (RuntimeException | Error e) {
            log.warn("Kafka broker did not stop cleanly", e);
        }
    }

    private static void refuseToEnd(String how, int status, @Nullable String message) {
        String what = "Kafka wanted to %s the JVM with status %d%s"
                .formatted(how, status, message == null ? "" : ": " + message);
        running.forEach(broker -> broker.failure.compareAndSet(null, what));
        log.error(what);
        throw new IllegalStateException(what);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
