package clinicops.local;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real mongod beside this JVM: a replica set of one node on 127.0.0.1, with transactions and change streams. What it
 * stores survives a restart in the same directory. When this JVM ends, however it ends, mongod is told to stop.
 */
public final class LocalMongo implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LocalMongo.class);
    private static final String REPLICA_SET = "clinic";
    private static final String ADMIN = "clinicops-admin";
    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,37}");
    private static final Duration START_TIME = Duration.ofSeconds(60);
    private static final Duration STOP_TIME = Duration.ofSeconds(20);
    /** A mongod whose JVM was killed needs a moment to leave the directory. */
    private static final Duration PREDECESSOR_LEAVES = Duration.ofSeconds(15);

    private static final int ATTEMPTS_AT_A_FREE_PORT = 5;
    private static final int USER_EXISTS = 51003;
    private static final int NOT_YET_INITIALIZED = 94;
    private static final int UNAUTHORIZED = 13;
    private static final String WAITING_FOR_CONNECTIONS = "\"id\":23016,";

    private final Options options;
    private final Set<String> usersMade = new HashSet<>();
    private int port;
    private @Nullable DataDirectory directory;
    private @Nullable Process process;
    private @Nullable Process guard;
    private @Nullable Passwords passwords;

    private LocalMongo(Options options) {
        this.options = options;
        this.port = options.port();
    }

    /**
     * How to start.
     *
     * @param dataDir where it keeps its files; made when missing
     * @param port port on 127.0.0.1; 0 takes a free one
     * @param auth whether every database has its own user and nothing can be read without one
     */
    public record Options(Path dataDir, int port, boolean auth) {

        /** A throw-away server: no users, a free port. */
        public static Options open(Path dataDir) {
            return new Options(dataDir, 0, false);
        }

        /** A server that asks for a user. */
        public static Options guarded(Path dataDir, int port) {
            return new Options(dataDir, port, true);
        }
    }

    /**
     * Obtains a mongod when there is none, starts it, and returns once it takes writes.
     *
     * @throws LocalServerException when there is no mongod, or the directory or the port can't be used
     */
    public static LocalMongo start(Options options) {
        LocalMongo mongo = new LocalMongo(options);
        mongo.startAgain();
        return mongo;
    }

    /** Starts a stopped or killed mongod on its former port, with its former data; nothing happens when it runs. */
    public synchronized void startAgain() {
        if (process != null && process.isAlive()) {
            return;
        }
        stop();
        Path mongod = MongodBinary.obtain();
        DataDirectory held = DataDirectory.hold(options.dataDir(), "mongod");
        boolean started = false;
        try {
            awaitPredecessor(held.path());
            passwords = options.auth() ? Passwords.in(held.path()) : null;
            launch(mongod, held.path());
            makeReplicaSet();
            directory = held;
            started = true;
            log.info("mongod on 127.0.0.1:{}, data in {}", port, held.path());
        } catch (IOException e) {
            throw new LocalServerException("mongod could not start in %s: %s".formatted(held.path(), e), e);
        } finally {
            if (!started) {
                stop();
                held.close();
            }
        }
    }

    private void launch(Path mongod, Path home) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int wanted = port != 0 ? port : DataDirectory.freePort();
            Process starting = new ProcessBuilder(command(mongod, home, wanted))
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("mongod.out").toFile())
                    .start();
            process = starting;
            guard = guardOver(starting);
            if (awaitListening(starting, home)) {
                port = wanted;
                return;
            }
            releaseGuard();
            Failure failure = Failure.read(home, starting.exitValue());
            // between finding a free port and taking it somebody else may have it
            if (!failure.portInUse() || port != 0 || attempt == ATTEMPTS_AT_A_FREE_PORT) {
                throw new LocalServerException("mongod could not start on 127.0.0.1:%d with data in %s: %s"
                        .formatted(wanted, home, failure.reason()));
            }
        }
    }

    /** When the JVM before this one was killed, its mongod is only now being told to stop, and still holds data and port. */
    private static void awaitPredecessor(Path home) throws IOException {
        Path lock = home.resolve("db").resolve("mongod.lock");
        String pid = Files.exists(lock) ? Files.readString(lock).strip() : "";
        if (!pid.matches("\\d{1,10}")) {
            return;
        }
        ProcessHandle predecessor = ProcessHandle.of(Long.parseLong(pid))
                .filter(process -> process.info().command().orElse("").endsWith("mongod"))
                .orElse(null);
        long deadline = System.nanoTime() + PREDECESSOR_LEAVES.toNanos();
        // past the deadline mongod itself says what is wrong
        while (predecessor != null && predecessor.isAlive() && System.nanoTime() < deadline) {
            pause(Duration.ofMillis(50));
        }
    }

    private List<String> command(Path mongod, Path home, int wanted) throws IOException {
        Path data = Files.createDirectories(home.resolve("db"));
        Path logFile = home.resolve("mongod.log");
        if (Files.exists(logFile)) {
            Files.move(logFile, home.resolve("mongod.log.previous"), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = new ArrayList<>(ownProcessGroup());
        command.addAll(List.of(
                mongod.toString(),
                "--replSet",
                REPLICA_SET,
                "--bind_ip",
                "127.0.0.1",
                "--port",
                String.valueOf(wanted),
                "--dbpath",
                data.toString(),
                "--logpath",
                logFile.toString(),
                "--quiet",
                "--nounixsocket",
                "--wiredTigerCacheSizeGB",
                "0.25",
                "--oplogSize",
                "1024",
                "--setParameter",
                "diagnosticDataCollectionEnabled=false",
                "--setParameter",
                "shutdownTimeoutMillisForSignaledShutdown=100"));
        if (passwords != null) {
            command.addAll(List.of("--keyFile", passwords.makeKeyFile().toString()));
        }
        return command;
    }

    /** Ctrl-C goes to the whole process group: without this the database would stop before those who use it. */
    private static List<String> ownProcessGroup() {
        Path setsid = Path.of("/usr/bin/setsid");
        return Files.isExecutable(setsid) ? List.of(setsid.toString()) : List.of();
    }

    /**
     * A shell that does nothing until this JVM is gone, even by SIGKILL (its standard input then ends), and tells mongod to
     * stop. A shutdown hook would run beside the host's own hooks, which still need the database.
     */
    private static @Nullable Process guardOver(Process mongod) throws IOException {
        Path shell = Path.of("/bin/sh");
        if (!Files.isExecutable(shell)) {
            return null;
        }
        List<String> command = new ArrayList<>(ownProcessGroup());
        command.addAll(List.of(
                shell.toString(),
                "-c",
                "trap '' INT HUP TERM; read -r _; kill -TERM \"$1\" 2>/dev/null",
                "mongod-guard",
                String.valueOf(mongod.pid())));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void releaseGuard() {
        if (guard != null) {
            guard.destroyForcibly();
            guard = null;
        }
    }

    /**
     * False when the process has ended instead. Asks mongod's own log: whoever answers on the port may be somebody else.
     */
    private static boolean awaitListening(Process mongod, Path home) throws IOException {
        long deadline = System.nanoTime() + START_TIME.toNanos();
        Path logFile = home.resolve("mongod.log");
        while (mongod.isAlive()) {
            if (Files.exists(logFile) && Files.readString(logFile).contains(WAITING_FOR_CONNECTIONS)) {
                return true;
            }
            if (System.nanoTime() > deadline) {
                mongod.destroyForcibly();
                throw new LocalServerException("mongod did not take connections within %d s, see %s"
                        .formatted(START_TIME.toSeconds(), logFile));
            }
            pause(Duration.ofMillis(20));
        }
        return false;
    }

    private void makeReplicaSet() {
        if (passwords != null) {
            try (MongoClient asAdmin = direct(adminUri())) {
                configureReplicaSet(asAdmin.getDatabase("admin"));
                return;
            } catch (MongoSecurityException noSuchUserYet) {
                log.debug("The first start in {}", options.dataDir());
            }
        }
        try (MongoClient client = direct("mongodb://127.0.0.1:" + port + "/admin")) {
            configureReplicaSet(client.getDatabase("admin"));
            if (passwords != null) {
                // mongod allows this one command to a caller from this machine while it has no user at all
                client.getDatabase("admin")
                        .runCommand(new Document("createUser", ADMIN)
                                .append("pwd", passwords.of(ADMIN))
                                .append("roles", List.of("root")));
            }
        } catch (MongoSecurityException | MongoCommandException e) {
            throw new LocalServerException(
                    "mongod in %s holds users that this directory has no password for: %s"
                            .formatted(options.dataDir(), e.getMessage()),
                    e);
        }
    }

    private void configureReplicaSet(MongoDatabase admin) {
        String host = "127.0.0.1:" + port;
        Document wanted = new Document("_id", REPLICA_SET)
                .append("version", 1)
                .append("members", List.of(new Document("_id", 0).append("host", host)));
        if (admin.runCommand(new Document("hello", 1)).containsKey("setName")) {
            awaitWritable(admin);
            return;
        }
        try {
            Document current =
                    admin.runCommand(new Document("replSetGetConfig", 1)).get("config", Document.class);
            if (!host.equals(
                    current.getList("members", Document.class).getFirst().getString("host"))) {
                int version = current.getInteger("version") + 1;
                admin.runCommand(new Document(
                                "replSetReconfig",
                                wanted.append("version", version).append("protocolVersion", 1L))
                        .append("force", true));
            }
        } catch (MongoCommandException e) {
            // while there is no user at all, the configuration may be made but not read
            if (e.getErrorCode() != NOT_YET_INITIALIZED && e.getErrorCode() != UNAUTHORIZED) {
                throw e;
            }
            admin.runCommand(new Document("replSetInitiate", wanted));
        }
        awaitWritable(admin);
    }

    private static void awaitWritable(MongoDatabase admin) {
        long deadline = System.nanoTime() + START_TIME.toNanos();
        while (!isWritable(admin)) {
            if (System.nanoTime() > deadline) {
                throw new LocalServerException("mongod did not become primary within " + START_TIME.toSeconds() + " s");
            }
            pause(Duration.ofMillis(20));
        }
    }

    /** A mongod that takes on another configuration closes its connections on the way: that is a no like another. */
    private static boolean isWritable(MongoDatabase admin) {
        try {
            return admin.runCommand(new Document("hello", 1)).getBoolean("isWritablePrimary", false);
        } catch (MongoSocketException | MongoConnectionPoolClearedException e) {
            log.debug("mongod closed the connection", e);
            return false;
        }
    }

    /**
     * The URI of one database. With auth it names that database's own user, made at the first call, who can open no other;
     * the password is kept beside the data, readable by the owner alone. Writes by this URI are acknowledged when a
     * majority has them in its journal.
     *
     * @param database lower-case letters, digits, {@code -} and {@code _}
     */
    public synchronized String connectionString(String database) {
        if (!DATABASE_NAME.matcher(database).matches()) {
            throw new IllegalArgumentException("Not a name for a database: " + database);
        }
        if (passwords == null) {
            return uri("", database);
        }
        String password = passwords.of(database);
        if (usersMade.add(database)) {
            makeUser(database, password);
        }
        return uri(database + ":" + password + "@", database);
    }

    private void makeUser(String database, String password) {
        List<Document> roles = List.of(new Document("role", "readWrite").append("db", database));
        try (MongoClient asAdmin = direct(adminUri())) {
            MongoDatabase its = asAdmin.getDatabase(database);
            try {
                its.runCommand(new Document("createUser", database)
                        .append("pwd", password)
                        .append("roles", roles));
            } catch (MongoCommandException e) {
                if (e.getErrorCode() != USER_EXISTS) {
                    throw e;
                }
                its.runCommand(new Document("updateUser", database)
                        .append("pwd", password)
                        .append("roles", roles));
            }
        } catch (MongoException e) {
            usersMade.remove(database);
            throw new LocalServerException("Could not make the user of database " + database, e);
        }
    }

    private String uri(String user, String database) {
        return "mongodb://%s127.0.0.1:%d/%s?replicaSet=%s&w=majority&journal=true&uuidRepresentation=standard"
                .formatted(user, port, database, REPLICA_SET);
    }

    private String adminUri() {
        if (passwords == null) {
            throw new IllegalStateException("no users here");
        }
        return "mongodb://%s:%s@127.0.0.1:%d/admin".formatted(ADMIN, passwords.of(ADMIN), port);
    }

    private static MongoClient direct(String uri) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applyToClusterSettings(cluster -> cluster.mode(com.mongodb.connection.ClusterConnectionMode.SINGLE)
                        .serverSelectionTimeout(START_TIME.toMillis(), TimeUnit.MILLISECONDS))
                .build());
    }

    /** The port on 127.0.0.1. */
    public synchronized int port() {
        return port;
    }

    /** The directory with the data, {@code mongod.log} and, with auth, the passwords. */
    public Path dataDir() {
        return options.dataDir();
    }

    /** Whether the process lives. */
    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Ends mongod as a power cut would (SIGKILL); {@link #startAgain()} brings it back. */
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
        stop();
    }

    /** Ends mongod in good order and keeps its data; {@link #startAgain()} brings it back. */
    public synchronized void stop() {
        releaseGuard();
        if (process != null) {
            end(process);
            process = null;
        }
        if (directory != null) {
            directory.close();
            directory = null;
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("mongod did not stop within {} s and is killed", STOP_TIME.toSeconds());
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalServerException("Interrupted while mongod was starting", e);
        }
    }

    /** Why a mongod ended at its start, read from what it wrote. */
    private record Failure(String text, int status) {

        static Failure read(Path home, int status) {
            return new Failure(tail(home.resolve("mongod.log")) + tail(home.resolve("mongod.out")), status);
        }

        boolean directoryInUse() {
            return text.contains("DBPathInUse");
        }

        boolean portInUse() {
            return text.contains("Address already in use");
        }

        String reason() {
            if (directoryInUse()) {
                return "another mongod already uses this directory";
            }
            if (portInUse()) {
                return "the port is taken";
            }
            if (text.contains("No space left on device")) {
                return "the disk is full";
            }
            if (text.contains("Read-only file system") || text.contains("Permission denied")) {
                return "the directory can't be written";
            }
            return "it ended with status %d and said:%n%s".formatted(status, text);
        }

        private static String tail(Path file) {
            try {
                List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
                return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
            } catch (IOException e) {
                return "(could not read " + file + ": " + e + ")";
            }
        }
    }
}
