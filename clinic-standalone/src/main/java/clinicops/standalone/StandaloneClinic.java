package clinicops.standalone;

import clinicops.billing.BillingService;
import clinicops.chassis.ServiceRunner;
import clinicops.intake.IntakeService;
import clinicops.local.LocalBroker;
import clinicops.local.LocalMongo;
import clinicops.notification.NotificationService;
import clinicops.scheduling.SchedulingService;
import clinicops.staffweb.StaffWeb;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole clinic in one process: broker, database, the four services and the front door, each in its own context with its
 * own database and database user. They know of each other exactly what they would know as five processes.
 */
final class StandaloneClinic implements AutoCloseable {

    /** @param configName also the name of its database, without the suffix */
    record Part(String name, String configName, Class<?> main, int portOffset) {}

    static final List<Part> PARTS = List.of(
            new Part("staff-web", "staff-web", StaffWeb.class, 0),
            new Part("intake", "intake-service", IntakeService.class, 1),
            new Part("scheduling", "scheduling-service", SchedulingService.class, 2),
            new Part("billing", "billing-service", BillingService.class, 3),
            new Part("notification", "notification-service", NotificationService.class, 4));

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Map<String, ConfigurableApplicationContext> contexts = new LinkedHashMap<>();

    private StandaloneClinic() {}

    static StandaloneClinic start(StandaloneOptions options, ClinicFolder folder, Consumer<String> progress) {
        StandaloneClinic clinic = new StandaloneClinic();
        try {
            for (Part part : PARTS) {
                requireFree(options.port() + part.portOffset(), part.name());
            }
            progress.accept("database and broker");
            // an own thread: the common pool's would not see the classes of a jar in a jar
            var broker = CompletableFuture.supplyAsync(
                    () -> LocalBroker.start(folder.file("kafka"), 0),
                    start -> Thread.ofPlatform().name("broker-start").start(start));
            Function<String, String> databaseUri = clinic.database(options.mongoUri(), folder);
            String brokers = clinic.opened(broker.join()).bootstrapServers();
            for (Part part : PARTS) {
                progress.accept(part.name());
                var properties = properties(part, options, folder, databaseUri.apply(part.name()), brokers);
                var context = ServiceRunner.run(part.main(), part.configName(), new String[0], properties);
                clinic.contexts.put(part.name(), clinic.opened(context));
            }
            return clinic;
        } catch (CompletionException e) {
            clinic.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } catch (RuntimeException e) {
            clinic.close();
            throw e;
        }
    }

    /** Of tests: the context of one part. */
    ConfigurableApplicationContext context(String part) {
        return java.util.Objects.requireNonNull(contexts.get(part), part);
    }

    private Function<String, String> database(@Nullable String configured, ClinicFolder folder) {
        if (configured != null) {
            return name -> withDatabase(configured, name);
        }
        LocalMongo mongo = opened(LocalMongo.start(new LocalMongo.Options(folder.file("mongodb"), 0, true)));
        return mongo::connectionString;
    }

    private static String withDatabase(String uri, String database) {
        int options = uri.indexOf('?');
        String head = options < 0 ? uri : uri.substring(0, options);
        int authority = head.indexOf("//") + 2;
        int slash = head.indexOf('/', authority);
        String hosts = slash < 0 ? head : head.substring(0, slash);
        return hosts + "/" + database + (options < 0 ? "" : uri.substring(options));
    }

    private static Map<String, Object> properties(
            Part part, StandaloneOptions options, ClinicFolder folder, String databaseUri, String brokers) {
        String publicUrl = "http://localhost:" + options.port();
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", options.port() + part.portOffset());
        properties.put("spring.mongodb.uri", databaseUri);
        properties.put("spring.cloud.stream.kafka.binder.brokers", brokers);
        properties.put("spring.kafka.bootstrap-servers", brokers);
        properties.put("clinicops.outbox.relay", !options.silent());
        properties.put("clinicops.public-url", publicUrl);
        properties.put("clinicops.issuer", publicUrl);
        properties.put("clinicops.jwk-set-uri", "http://127.0.0.1:" + options.port() + "/oauth2/jwks");
        switch (part.name()) {
            case "staff-web" -> {
                properties.put(
                        "clinicops.first-sign-in-file",
                        folder.file("first-sign-in.json").toString());
                for (Part service : PARTS.subList(1, PARTS.size())) {
                    properties.put(
                            "clinicops.services." + service.name(),
                            "http://127.0.0.1:" + (options.port() + service.portOffset()));
                }
            }
            case "intake", "billing", "notification" -> properties.put("clinicops.contact.key", folder.contactKey());
            default -> {}
        }
        return properties;
    }

    private static void requireFree(int port, String part) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
        } catch (IOException e) {
            throw new CannotStart("port " + port + " (" + part
                    + ") is in use. Stop what listens there, or choose others with --port N (N to N+4 are used).");
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        running.push(part);
        return part;
    }

    /** Ends what was started, last first. */
    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.err.println("while stopping: " + e.getMessage());
            }
        }
    }
}
