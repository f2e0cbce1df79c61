package clinicops.benchmarks;

import clinicops.cli.FrontDoor;
import clinicops.cli.SignIn;
import clinicops.local.LocalMongo;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** The whole clinic as {@code ./clinic up} runs it, in a process of its own, on the bench's database. */
final class BenchedClinic implements AutoCloseable {
    /** Names the clinic's jar; {@code ./clinic bench} says it. */
    private static final String JAR = "clinicops.bench.clinic";

    private static final Duration START = Duration.ofMinutes(10);

    private final Process process;
    private final Path data;
    private final SignIn firstSignIn;

    private BenchedClinic(Process process, Path data, SignIn firstSignIn) {
        this.process = process;
        this.data = data;
        this.firstSignIn = firstSignIn;
    }

    /** @param more options of the clinic */
    private static BenchedClinic start(Path folder, String mongoUri, String... more) throws Exception {
        Path data = folder.resolve("clinic");
        Path log = folder.resolve("clinic.out");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1536m",
                "-XX:+UseParallelGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                jar().toString(),
                "--data",
                data.toString(),
                "--port",
                String.valueOf(fivePorts()),
                "--mongodb-uri",
                mongoUri));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
        long deadline = System.nanoTime() + START.toNanos();
        while (Files.readString(log).lines().noneMatch(line -> line.startsWith("ready "))) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroy();
                throw new IllegalStateException("the clinic did not start:\n" + Files.readString(log));
            }
            Thread.sleep(200);
        }
        return new BenchedClinic(process, data, SignIn.read(data.resolve("first-sign-in.json"), null));
    }

    /** What is measured on a clinic. */
    interface Measuring {
        List<Figure> on(BenchedClinic clinic, MongoClient mongo) throws Exception;
    }

    /**
     * Measures on a new clinic with a mongod of its own, and leaves nothing of them behind.
     *
     * @param more options of the clinic
     */
    static List<Figure> measured(Measuring measuring, String... more) throws Exception {
        Path folder = Files.createTempDirectory("clinicops-bench-");
        try (LocalMongo mongod = LocalMongo.start(LocalMongo.Options.open(folder.resolve("mongo")));
                MongoClient mongo = MongoClients.create(mongod.connectionString("bench"))) {
            System.err.println("starting the clinic");
            try (BenchedClinic clinic = start(folder, mongod.connectionString("bench"), more)) {
                try {
                    return measuring.on(clinic, mongo);
                } catch (Exception e) {
                    System.err.println(clinic.lastWords());
                    throw e;
                }
            }
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static Path jar() {
        return Path.of(Objects.requireNonNull(System.getProperty(JAR), "start this with ./clinic bench doors"));
    }

    /** The first of five free ports in a row. */
    private static int fivePorts() throws IOException {
        for (int port = 21_000; port < 60_000; port += 5) {
            if (free(port) && free(port + 1) && free(port + 2) && free(port + 3) && free(port + 4)) {
                return port;
            }
        }
        throw new IOException("no five free ports");
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    URI door() {
        return firstSignIn.url();
    }

    /** Where intake tells its own timers: the port above the front door's. */
    URI intakeMetrics() {
        return URI.create("http://" + door().getHost() + ":" + (door().getPort() + 1));
    }

    SignIn firstSignIn() {
        return firstSignIn;
    }

    FrontDoor admin() {
        return firstSignIn.open();
    }

    /** Somebody of the clinic's staff with these roles, signed in. */
    FrontDoor desk(String... roles) {
        String password =
                "Bench-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + "-clinicops";
        admin().post(
                        "/api/staff",
                        Map.of(
                                "username",
                                "bench.desk",
                                "name",
                                "Bench Desk",
                                "password",
                                password,
                                "roles",
                                List.of(roles)));
        return FrontDoor.signIn(door(), "bench.desk", password);
    }

    /** The end of the clinic's log. */
    String lastWords() throws IOException {
        List<String> log = Files.readAllLines(data.resolve("clinic.log"));
        return String.join("\n", log.subList(Math.max(0, log.size() - 40), log.size()));
    }

    /** What the clinic can't let go of, in MB: its live objects after a collection of the garbage. */
    double liveHeapMb() throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (var lines = jcmd.inputReader()) {
            return lines.lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("Total"))
                    .map(line -> Long.parseLong(line.split(" +")[2]) / 1e6)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the clinic's heap can't be seen"));
        }
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /** What the staff app's build weighed; empty when this build has no staff app. */
    static Optional<JsonNode> frontendWeight() throws IOException {
        Path libraries = jar().resolveSibling("lib");
        if (!Files.isDirectory(libraries)) {
            return Optional.empty();
        }
        try (var jars = Files.list(libraries)) {
            for (Path each : jars.filter(j -> j.getFileName().toString().startsWith("staff-web"))
                    .toList()) {
                try (var zip = new ZipFile(each.toFile())) {
                    var entry = zip.getEntry("clinicops/staffweb/frontend/weight.json");
                    if (entry != null) {
                        return Optional.of(FrontDoor.JSON.readTree(zip.getInputStream(entry)));
                    }
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
