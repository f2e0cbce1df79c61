package clinicops.standalone;

import clinicops.local.LocalServerException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** {@code ./clinic up}: the whole clinic until Ctrl-C or {@code ./clinic down}. */
public final class ClinicStandalone {
    private static final int USAGE_OR_ENVIRONMENT = 2;

    private ClinicStandalone() {}

    public static void main(String[] args) throws InterruptedException {
        long began = System.nanoTime();
        try {
            StandaloneOptions options = StandaloneOptions.parse(args, System.getenv("CLINICOPS_MONGODB_URI"));
            ClinicFolder folder = ClinicFolder.open(options.data(), options.fresh());
            System.setProperty("clinicops.log-file", folder.file("clinic.log").toString());
            var stopped = new CountDownLatch(1);
            var stopping = new CountDownLatch(1);
            // before the start: Ctrl-C while starting must also leave nothing running
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                stopping.countDown();
                awaitQuietly(stopped);
            }));
            try (folder;
                    StandaloneClinic clinic =
                            StandaloneClinic.start(options, folder, step -> System.out.println("starting " + step))) {
                if (stopping.getCount() > 0) {
                    System.out.printf(
                            "ready http://localhost:%d (%.1f s; data in %s)%n",
                            options.port(),
                            Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0,
                            options.data());
                    stopping.await();
                }
                System.out.println("stopping");
            } finally {
                stopped.countDown();
            }
        } catch (CannotStart | LocalServerException e) {
            System.err.println("clinic: " + e.getMessage());
            System.exit(USAGE_OR_ENVIRONMENT);
        } catch (RuntimeException e) {
            // Boot has logged it with its stack; uncaught, it would end here without a word
            System.err.println("clinic: could not start: " + rootOf(e) + "; more in "
                    + System.getProperty("clinicops.log-file", "the log"));
            System.exit(1);
        }
    }

    private static Throwable rootOf(Throwable e) {
        return e.getCause() == null ? e : rootOf(e.getCause());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
