package clinicops.browser;

import clinicops.cli.FrontDoor;
import clinicops.cli.SignIn;
import clinicops.cli.demo.Demo;
import clinicops.cli.demo.DemoOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * The whole clinic as its own process, as {@code ./clinic up} runs it, in the middle of a busy demo day. One for all tests of this
 * module; each test works with patients of its own.
 */
final class RunningClinic {
    private static final Duration START = Duration.ofSeconds(120);
    private static RunningClinic clinic;
    private static RuntimeException failed;

    private final Path folder;
    private final int port;
    private final JsonNode accounts;
    private Process process;

    private RunningClinic(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        Path passwords = folder.resolveSibling("demo-accounts.json");
        int status = Demo.run(firstSignIn(), new DemoOptions(null, 9, 3, passwords));
        if (status != 0) {
            throw new IllegalStateException("the demo did not get to a busy day");
        }
        this.accounts = read(passwords);
    }

    static synchronized RunningClinic get() {
        if (failed != null) {
            // once is enough to know
            throw failed;
        }
        if (clinic == null) {
            try {
                Path folder = Files.createTempDirectory("clinic-browser");
                clinic = new RunningClinic(folder.resolve("data"), fivePorts());
            } catch (RuntimeException e) {
                failed = e;
                throw e;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return clinic;
    }

    URI url() {
        return URI.create("http://localhost:" + port);
    }

    /** Of a demo account such as {@code demo.nurse1}. */
    String password(String username) {
        return username.equals("admin")
                ? firstSignIn().password()
                : accounts.path(username).asString();
    }

    /** The same front door by HTTP, for what a test arranges beside the browser. */
    FrontDoor as(String username) {
        return FrontDoor.signIn(url(), username, password(username));
    }

    SignIn firstSignIn() {
        return SignIn.read(folder.resolve("first-sign-in.json"), null);
    }

    /** Ends the process at once, as a power cut would. */
    void kill() {
        process.destroyForcibly();
        await(() -> !process.isAlive());
    }

    /** Starts it again on the same data. */
    void start() {
        try {
            Path log = Files.createTempFile("clinic-browser", ".log");
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            process = new ProcessBuilder(
                            java,
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx800m",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "clinicops.standalone.ClinicStandalone",
                            "--data",
                            folder.toString(),
                            "--port",
                            String.valueOf(port))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Awaitility.await()
                    .atMost(START)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        String written = Files.readString(log);
                        if (!process.isAlive()) {
                            throw new IllegalStateException("the clinic did not start: " + written);
                        }
                        return written.contains("\nready ") || written.startsWith("ready ");
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
    }

    private static JsonNode read(Path file) {
        try {
            return FrontDoor.JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first of five free ports in a row. Two builds on one machine begin to look at different places. */
    private static int fivePorts() {
        int first = 21_080 + (int) (ProcessHandle.current().pid() % 700) * 10;
        for (int from = first; from < 29_000; from += 10) {
            if (List.of(from, from + 1, from + 2, from + 3, from + 4).stream().allMatch(RunningClinic::free)) {
                return from;
            }
        }
        throw new IllegalStateException("no five free ports");
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
