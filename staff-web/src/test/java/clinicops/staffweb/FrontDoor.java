package clinicops.staffweb;

import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceTest;
import clinicops.chassis.testing.TestTokens;
import clinicops.tiny.TinyIntake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole front door on real servers; behind it one small real service, and three that are acted. */
@ServiceTest(
        database = "staff_web",
        // all tests knock from one address; the limit of one address has a test of its own
        properties = {
            "clinicops.sign-in.free-failures-of-address=100000",
            "clinicops.insurers.refusals-per-minute=100000",
            "clinicops.services.read-timeout=5s",
            "clinicops.live.heartbeat=500ms"
        })
public abstract class FrontDoor {
    protected static final String PASSWORD = "four grey herons wade";
    protected static final StubService SCHEDULING = new StubService();
    protected static final StubService BILLING = new StubService();
    protected static final StubService NOTIFICATION = new StubService();
    private static final int INTAKE_PORT = freePort();
    private static final Path FIRST_SIGN_IN = temporaryFile();
    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static @Nullable ConfigurableApplicationContext intake;
    private static String intakeTrusts = "";

    @Autowired
    protected ConfigurableApplicationContext context;

    @LocalServerPort
    protected int port;

    @DynamicPropertySource
    static void surroundings(DynamicPropertyRegistry registry) {
        properties().forEach((name, value) -> registry.add(name, () -> value));
    }

    static Map<String, Object> properties() {
        return Map.of(
                "clinicops.public-url",
                TestTokens.ISSUER,
                "clinicops.first-sign-in-file",
                FIRST_SIGN_IN.toString(),
                "clinicops.services.intake",
                "http://127.0.0.1:" + INTAKE_PORT,
                "clinicops.services.scheduling",
                SCHEDULING.url(),
                "clinicops.services.billing",
                BILLING.url(),
                "clinicops.services.notification",
                NOTIFICATION.url());
    }

    /** Starts the small service when a test needs it; it fetches the keys of the front door under test. */
    protected void intakeIsUp() {
        synchronized (FrontDoor.class) {
            if (!url().equals(intakeTrusts)) {
                intakeIsDown();
            }
            if (intake == null) {
                intake = TinyIntake.start(INTAKE_PORT, TestTokens.ISSUER, url() + "/oauth2/jwks");
                intakeTrusts = url();
            }
        }
    }

    protected static void intakeIsDown() {
        synchronized (FrontDoor.class) {
            if (intake != null) {
                intake.close();
                intake = null;
            }
        }
    }

    protected String url() {
        return "http://127.0.0.1:" + port;
    }

    protected Path firstSignInFile() {
        return FIRST_SIGN_IN;
    }

    protected Browser nobody() {
        return new Browser(url());
    }

    protected Browser admin() {
        JsonNode paper = firstSignIn();
        var browser = nobody();
        browser.signIn(paper.path("username").asString(), paper.path("password").asString())
                .expect(204);
        return browser;
    }

    protected JsonNode firstSignIn() {
        try {
            return JsonMapper.shared().readTree(Files.readString(FIRST_SIGN_IN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Somebody new with these roles, signed in. */
    protected Browser as(Role... roles) {
        String username = account(roles);
        var browser = nobody();
        browser.signIn(username, PASSWORD).expect(204);
        return browser;
    }

    /** A new account with {@link #PASSWORD}; its username. */
    protected String account(Role... roles) {
        String username = "person-" + PEOPLE.incrementAndGet();
        admin().post(
                        "/api/staff",
                        Map.of(
                                "username",
                                username,
                                "name",
                                "Person " + username,
                                "password",
                                PASSWORD,
                                "roles",
                                names(roles)))
                .expect(201);
        return username;
    }

    protected static List<String> names(Role... roles) {
        return Arrays.stream(roles).map(Role::wireName).toList();
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryFile() {
        try {
            var folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "first-sign-in-");
            return folder.resolve("first-sign-in.json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
