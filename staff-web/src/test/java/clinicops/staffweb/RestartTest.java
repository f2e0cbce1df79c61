package clinicops.staffweb;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Role;
import clinicops.chassis.ServiceRunner;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoOperations;

/** Another copy of the front door on the same database: what a restart finds, and what a second copy shares. */
class RestartTest extends FrontDoor {
    @Test
    void sessionsAccountsKeysAndThrottlingAreShared() throws Exception {
        var person = as(Role.NURSE);
        String session = person.cookie("clinicops").orElseThrow();
        String paper = Files.readString(firstSignInFile());
        String keys = nobody().get("/oauth2/jwks").text();
        String guessed = account(Role.NURSE);
        for (int i = 0; i < 5; i++) {
            nobody().signIn(guessed, "guess number " + i).expect(401);
        }

        var properties = new HashMap<String, Object>(properties());
        for (String same :
                new String[] {"spring.mongodb.uri", "spring.cloud.stream.kafka.binder.brokers", "clinicops.issuer"}) {
            properties.put(same, context.getEnvironment().getRequiredProperty(same));
        }
        properties.put("server.port", "0");
        try (var copy = ServiceRunner.run(StaffWeb.class, "staff-web", new String[0], properties)) {
            String url = "http://127.0.0.1:" + copy.getEnvironment().getRequiredProperty("local.server.port");
            var sameBrowser = new Browser(url);
            sameBrowser.plant("clinicops", session);
            assertThat(sameBrowser.get("/api/me").expect(200).text())
                    .isEqualTo(person.get("/api/me").text());
            assertThat(new Browser(url).get("/oauth2/jwks").text()).isEqualTo(keys);
            new Browser(url).signIn(guessed, PASSWORD).expect(429, "sign-in-throttled");

            sameBrowser.post("/logout", null).expect(204);
            person.get("/api/me").expect(401, "sign-in-needed");
        }
        assertThat(Files.readString(firstSignInFile())).isEqualTo(paper);
    }

    @Test
    void twelveHoursAfterSigningInAndHalfAnHourAfterTheLastRequestASessionIsOver() {
        var sessions = context.getBean(MongoOperations.class).getCollection("sessions");
        var tired = as(Role.NURSE);
        sessions.updateOne(
                Filters.eq(
                        "attrs.staff",
                        tired.get("/api/me").body().path("username").asString()),
                Updates.set(
                        "attrs.signedInAt",
                        Instant.now().minus(Duration.ofHours(12)).toString()));
        tired.get("/api/me").expect(401, "sign-in-needed");

        var away = as(Role.NURSE);
        var session = sessions.find(Filters.eq(
                        "attrs.staff",
                        away.get("/api/me").body().path("username").asString()))
                .first();
        assertThat(session).isNotNull();
        assertThat(session.getDate("expireAt").toInstant())
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(29)),
                        Instant.now().plus(Duration.ofMinutes(31)));
    }

    @Test
    void aSessionInTheDatabaseHoldsNoMoreThanWhoseItIs() {
        as(Role.NURSE);
        var mongo = context.getBean(MongoOperations.class);
        assertThat(mongo.getCollection("sessions").find()).isNotEmpty().allSatisfy(row -> assertThat(row.toJson())
                .doesNotContain("SecurityContext")
                .doesNotContain("password"));
    }
}
