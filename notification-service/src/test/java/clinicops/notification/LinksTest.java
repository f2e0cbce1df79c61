package clinicops.notification;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.TestTokens;
import clinicops.contracts.IntakeEvent.LinkRequested;
import clinicops.contracts.IntakeEvent.LinkRevoked;
import clinicops.outbox.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** A patient gets a link, and what comes back by it opens that one thing until it may not. */
class LinksTest extends NotificationTest {
    private static final Pattern LINK = Pattern.compile("http://localhost:8080/p#([A-Za-z0-9_-]{43})(?=\\s|$)");
    private static final Duration THREE_DAYS = Duration.ofDays(3);

    /** As the front door asks. */
    private Answer redeem(Object token) {
        return ServiceDoor.of(context)
                .with(
                        "Authorization",
                        TestTokens.bearer("front-door", "links", claims -> claims.claim("scope", "redeem")))
                .post("/links/redemption", Map.of("token", token));
    }

    private LinkRequested asked(TestPatient patient, String purpose) {
        var asked = new LinkRequested(
                Ids.next(),
                patient.id,
                purpose,
                purpose.equals("paperwork") ? "registration" : Ids.next(),
                clock.instant(),
                clock.instant().plus(THREE_DAYS));
        sender.send(asked.linkId(), asked);
        return asked;
    }

    private String tokenMailedTo(TestPatient patient) {
        return tokensMailedTo(patient).getLast();
    }

    private List<String> tokensMailedTo(TestPatient patient) {
        return inbox(patient.email).stream()
                .map(mail -> LINK.matcher(mail.path("body").asString()))
                .filter(java.util.regex.Matcher::find)
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void theLinkGoesOutByEveryChannelThatThePatientAllowsAndOpensWhatItIsFor() {
        TestPatient rosa = new TestPatient(Ids.next());
        rosa.card();
        rosa.prefers("es", "America/New_York", true, true);
        settle();
        LinkRequested asked = asked(rosa, "assessment");
        assertThat(delivered(2)).containsExactly("questions-link by email", "questions-link by sms");

        var link = redeem(tokenMailedTo(rosa)).expect(200).body();

        assertThat(link.path("linkId").asString()).isEqualTo(asked.linkId());
        assertThat(link.path("patientId").asString()).isEqualTo(rosa.id);
        assertThat(link.path("purpose").asString()).isEqualTo("assessment");
        assertThat(link.path("resource").asString()).isEqualTo(asked.resource());
        assertThat(link.path("expiresAt").asString())
                .isEqualTo(asked.expiresAt().toString());
        assertThat(link.path("language").asString()).isEqualTo("es");
        redeem(tokenMailedTo(rosa)).expect(200);
        assertThat(notice(rosa.id, "questions-link", "email").path("aboutId").asString())
                .isEqualTo(asked.linkId());
    }

    @Test
    void nothingThatOpensALinkIsKept() {
        TestPatient rosa = reachable();
        asked(rosa, "paperwork");
        delivered(2);
        String token = tokenMailedTo(rosa);

        for (String collection : mongo.getCollectionNames()) {
            assertThat(mongo.findAll(Document.class, collection))
                    .as(collection)
                    .noneSatisfy(row -> assertThat(row.toJson()).contains(token));
        }
        assertThat(mongo.findAll(Document.class, "sandbox_sms"))
                .singleElement()
                .satisfies(sms -> assertThat(sms.getString("text")).endsWith("/p#..."));
    }

    @Test
    void whatIsNoTokenOfOursIsRefusedWithoutSayingWhy() {
        TestPatient rosa = reachable();
        asked(rosa, "paperwork");
        delivered(2);
        String token = tokenMailedTo(rosa);
        char first = token.charAt(0);
        for (String wrong : List.of(
                "",
                "x",
                token.substring(1),
                token + "A",
                (first == 'A' ? 'B' : 'A') + token.substring(1),
                token.substring(0, 30) + (token.charAt(30) == 'A' ? 'B' : 'A') + token.substring(31),
                "A".repeat(43),
                "{\"$ne\":null}")) {
            Answer answer = redeem(wrong).expect(422, "link-refused");
            assertThat(answer.text()).doesNotContain(rosa.id);
        }
        redeem(Map.of("$ne", "")).expect(400);
        redeem("A".repeat(201)).expect(400);
        redeem(token).expect(200);
    }

    @Test
    void aTokenWhoseLinkWasChangedInTheDatabaseOpensNothing() {
        TestPatient rosa = reachable();
        LinkRequested asked = asked(rosa, "paperwork");
        delivered(2);
        String token = tokenMailedTo(rosa);
        mongo.getCollection("links")
                .updateOne(
                        new Document("_id", asked.linkId()),
                        new Document("$set", new Document("patientId", Ids.next())));

        redeem(token).expect(422, "link-refused");
    }

    @Test
    void aLinkOpensUntilItsTimeIsOver() {
        TestPatient rosa = reachable();
        LinkRequested asked = asked(rosa, "paperwork");
        delivered(2);
        String token = tokenMailedTo(rosa);
        moveTo(asked.expiresAt().minusSeconds(60));
        redeem(token).expect(200);
        moveTo(asked.expiresAt());

        redeem(token).expect(409, "link-expired");
    }

    @Test
    void aRevokedLinkOpensNothingAndIsNotSentIfItHasNotBeen() {
        TestPatient rosa = reachable();
        LinkRequested asked = asked(rosa, "paperwork");
        delivered(2);
        String token = tokenMailedTo(rosa);
        sender.send(asked.linkId(), new LinkRevoked(asked.linkId(), rosa.id, clock.instant()));
        settle();
        redeem(token).expect(422, "link-refused");

        TestPatient paul = new TestPatient(Ids.next());
        LinkRequested waiting = asked(paul, "paperwork");
        settle();
        sender.send(waiting.linkId(), new LinkRevoked(waiting.linkId(), paul.id, clock.instant()));
        settle();
        paul.card();
        paul.prefers("en", "America/New_York", true, true);
        settle();
        assertThat(inbox(paul.email)).isEmpty();
        assertThat(notice(paul.id, "paperwork-link", "email").path("reason").asString())
                .isEqualTo("withdrawn");
    }

    @Test
    void anErasedPatientsLinksOpenNothing() {
        TestPatient rosa = reachable();
        asked(rosa, "paperwork");
        delivered(2);
        String token = tokenMailedTo(rosa);
        rosa.erased();
        settle();

        redeem(token).expect(422, "link-refused");
    }

    @Test
    void aLinkGoesOnlyWhereThePatientAllows() {
        TestPatient rosa = new TestPatient(Ids.next());
        rosa.card();
        rosa.prefers("en", "America/New_York", false, true);
        settle();
        asked(rosa, "paperwork");
        settle();

        assertThat(notice(rosa.id, "paperwork-link", "email").path("reason").asString())
                .isEqualTo("no-consent");
        assertThat(notice(rosa.id, "paperwork-link", "sms").path("status").asString())
                .isEqualTo("delivered");
        assertThat(inbox(rosa.email)).isEmpty();
    }

    @Test
    void whoOpenedALinkAndWhoWasRefusedIsRemembered() {
        TestPatient rosa = reachable();
        LinkRequested asked = asked(rosa, "paperwork");
        delivered(2);
        redeem(tokenMailedTo(rosa)).expect(200);
        redeem("A".repeat(43)).expect(422);
        var auditor = ServiceDoor.of(context).as("otto", Role.AUDITOR);

        String rows = auditor.get("/api/audit?patientId=" + rosa.id).expect(200).text();
        assertThat(rows).contains("redeem-link", "link/" + asked.linkId(), "front-door");
        assertThat(auditor.get("/api/audit?limit=200").expect(200).text()).contains("link/unknown");
    }
}
