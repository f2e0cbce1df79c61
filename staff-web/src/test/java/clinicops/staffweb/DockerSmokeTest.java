package clinicops.staffweb;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.testing.SmokeOnDocker;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** The front door against the images that the clinic runs on. */
@SmokeOnDocker(database = "staff_web")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        useMainMethod = SpringBootTest.UseMainMethod.ALWAYS)
class DockerSmokeTest {
    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void surroundings(DynamicPropertyRegistry registry) {
        registry.add("clinicops.public-url", () -> "http://localhost:8080");
        registry.add("clinicops.first-sign-in-file", () -> folder.resolve("first-sign-in.json")
                .toString());
        for (String service : new String[] {"intake", "scheduling", "billing", "notification"}) {
            registry.add("clinicops.services." + service, () -> "http://127.0.0.1:9");
        }
    }

    @Test
    void theFirstAdminSignsIn() throws Exception {
        var paper = JsonMapper.shared().readTree(Files.readString(folder.resolve("first-sign-in.json")));
        var browser = new Browser("http://127.0.0.1:" + port);
        browser.signIn(paper.path("username").asString(), paper.path("password").asString())
                .expect(204);
        assertThat(browser.get("/api/me").expect(200).body().path("username").asString())
                .isEqualTo("admin");
        assertThat(browser.post("/api/journeys/rebuild", null)
                        .expect(200)
                        .body()
                        .path("events")
                        .asInt())
                .isZero();
    }
}
