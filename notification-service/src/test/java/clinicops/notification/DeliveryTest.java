package clinicops.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.contracts.BillingEvent.AuthorizationDenied;
import clinicops.contracts.BillingEvent.AuthorizationGranted;
import clinicops.contracts.BillingEvent.EstimateIssued;
import clinicops.contracts.BillingEvent.PaymentReceived;
import clinicops.contracts.BillingEvent.StatementIssued;
import clinicops.contracts.Money;
import clinicops.contracts.Topics;
import clinicops.notification.notice.Notices;
import clinicops.outbox.DeadLetters;
import clinicops.outbox.Ids;
import clinicops.testing.EventSender;
import clinicops.testing.Received;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** That every notice reaches its patient, once, or says why it did not. */
@ExtendWith(OutputCaptureExtension.class)
class DeliveryTest extends NotificationTest {

    @Autowired
    Notices notices;

    @Autowired
    DeadLetters deadLetters;

    @Test
    void welcomesAPatientInTheirLanguageOnceItIsKnownHowToReachThem() {
        TestPatient rosa = new TestPatient(Ids.next());
        rosa.registered();
        probe.expectSilence();
        await().until(() ->
                notice(rosa.id, "welcome", "email").path("status").asString().equals("waiting"));
        assertThat(admin().get("/api/clock").body().path("nextDueAt").isNull()).isTrue();

        rosa.card();
        probe.expectSilence();
        rosa.prefers("es", "America/New_York", true, true);

        Received told = probe.expectExactly(DELIVERED).getFirst();
        assertThat(told.key()).isEqualTo(rosa.id);
        assertThat(told.body().path("template").asString()).isEqualTo("welcome");
        assertThat(told.body().path("occurrenceId").asString()).isEqualTo(rosa.id);
        assertThat(told.subject())
                .isEqualTo(notice(rosa.id, "welcome", "email").path("id").asString());
        assertThat(inbox(rosa.email))
                .extracting(mail -> mail.path("subject").asString())
                .containsExactly("Le damos la bienvenida a Riverside Clinic");
    }

    @Test
    void keepsEverythingForAPatientWhoCantBeReachedYet(CapturedOutput output) {
        TestPatient rosa = new TestPatient(Ids.next());
        for (int i = 0; i < 30; i++) {
            sender.send("e" + i, estimate(rosa));
        }
        await().until(() -> notices(rosa.id).size() == 30
                && notices(rosa.id).stream()
                        .allMatch(n -> n.path("status").asString().equals("waiting")));

        rosa.prefers("en", "America/New_York", true, true);
        rosa.card();

        delivered(30);
        assertThat(inbox(rosa.email)).hasSize(30);
        assertThat(output.getAll()).doesNotContain("left half-way");
    }

    @Test
    void tellsNewsOfMoneyByMail() {
        TestPatient rosa = reachable();

        sender.send("e1", new EstimateIssued(Ids.next(), rosa.id, 6, Money.usd(300_000), clock.instant()));
        sender.send(
                "a1",
                new AuthorizationGranted(
                        Ids.next(), rosa.id, 6, LocalDate.of(2026, 1, 1), LocalDate.of(2027, 1, 1), clock.instant()));
        sender.send("a2", new AuthorizationDenied(Ids.next(), rosa.id, "50", clock.instant()));
        sender.send(
                "s1",
                new StatementIssued(Ids.next(), rosa.id, Money.usd(12_345), LocalDate.of(2026, 6, 1), clock.instant()));
        sender.send(
                "p1",
                new PaymentReceived(Ids.next(), rosa.id, Money.usd(12_345), "card", Money.usd(0), clock.instant()));

        assertThat(delivered(5))
                .containsExactly(
                        "authorization-denied by email",
                        "authorization-granted by email",
                        "estimate-ready by email",
                        "payment-received by email",
                        "statement by email");
        assertThat(inbox(rosa.email))
                .extracting(mail -> mail.path("body").asString())
                .anySatisfy(body -> assertThat(body).contains("6 sessions is $3,000.00"))
                .anySatisfy(body -> assertThat(body).contains("$123.45, due on Monday, June 1, 2026"))
                .anySatisfy(body -> assertThat(body).contains("What is left to pay: $0.00"));
    }

    @Test
    void namesTheEventThatItWasPlannedForAsItsCause() {
        TestPatient rosa = reachable();

        EventSender.Draft estimate = sender.draft("e1", estimate(rosa))
                .correlation("0198f000-0000-7000-8000-000000000001")
                .send();

        Received told = probe.expectExactly(DELIVERED).getFirst();
        assertThat(told.header("ce_causationid")).isEqualTo(estimate.id());
        assertThat(told.header("ce_correlationid")).isEqualTo("0198f000-0000-7000-8000-000000000001");
    }

    @Test
    void sendsOneNoticeHoweverOftenTheEventIsDelivered() {
        TestPatient rosa = reachable();
        EventSender.Draft estimate = sender.draft("e1", estimate(rosa));

        estimate.send().send().send();

        assertThat(delivered(1)).containsExactly("estimate-ready by email");
        assertThat(inbox(rosa.email)).hasSize(1);
    }

    @Test
    void sendsOneNoticeOfOneEstimateEvenWhenItIsToldInTwoEvents() {
        TestPatient rosa = reachable();
        EstimateIssued estimate = estimate(rosa);

        sender.send("e1", estimate);
        sender.send("e1", estimate);

        assertThat(delivered(1)).containsExactly("estimate-ready by email");
    }

    @Test
    void keepsAPoisonousEventFromStoppingThePatientsOthers() {
        TestPatient rosa = reachable();
        long dead = deadLetterCount();

        sender.draft("e1", estimate(rosa)).raw("{\"estimateId\": 7").send();
        sender.draft(Topics.CONTACT, "contact-card")
                .key(rosa.id)
                .subject(rosa.id)
                .sequence(99)
                .raw("not sealed")
                .send();
        sender.send("e2", estimate(rosa));

        assertThat(delivered(1)).containsExactly("estimate-ready by email");
        assertThat(deadLetterCount() - dead).isEqualTo(2);
    }

    @Test
    void understandsANewerVersionOfAnEvent() {
        TestPatient rosa = reachable();
        EstimateIssued estimate = estimate(rosa);

        sender.draft("e1", estimate)
                .body(java.util.Map.of(
                        "estimateId",
                        estimate.estimateId(),
                        "patientId",
                        rosa.id,
                        "sessions",
                        6,
                        "total",
                        java.util.Map.of("cents", 100, "currency", "USD"),
                        "issuedAt",
                        clock.instant().toString(),
                        "mood",
                        "from the future"))
                .send();

        assertThat(delivered(1)).containsExactly("estimate-ready by email");
    }

    @Test
    void sendsNothingInTheNightAndEverythingInTheMorning() {
        TestPatient rosa = reachable();
        TestPatient lee = new TestPatient(Ids.next());
        lee.card();
        lee.prefers("en", "America/Los_Angeles", true, true);
        settle();
        Instant nineInTheEvening = clock.instant().plus(Duration.ofHours(9));
        moveTo(nineInTheEvening);

        sender.send("e1", estimate(rosa));
        sender.send("e2", estimate(lee)); // in whose zone it is six
        assertThat(probe.expectExactly(DELIVERED).getFirst().key()).isEqualTo(lee.id);
        Instant eightInTheMorning = nineInTheEvening.plus(Duration.ofHours(11)).truncatedTo(ChronoUnit.HOURS);
        assertThat(admin().get("/api/clock").body().path("nextDueAt").asString())
                .isEqualTo(eightInTheMorning.toString());

        moveTo(eightInTheMorning.minusSeconds(30));
        probe.expectSilence();
        moveTo(eightInTheMorning);
        assertThat(probe.expectExactly(DELIVERED).getFirst().key()).isEqualTo(rosa.id);
    }

    @Test
    void losesNothingAndRepeatsNothingWhileTheMailServerIsAway(CapturedOutput output) {
        TestPatient rosa = reachable();
        mailRoom.closeServer();
        try {
            for (int i = 0; i < 5; i++) {
                sender.send("e" + i, estimate(rosa));
            }
            await().until(() -> notices(rosa.id).size() == 5
                    && notices(rosa.id).stream()
                            .allMatch(n -> n.path("attempts").asInt() >= 2));
        } finally {
            mailRoom.openServer();
        }

        delivered(5);
        assertThat(inbox(rosa.email)).hasSize(5);
        assertThat(mailRoom.taken()).isEqualTo(5);
        assertThat(output.getAll()).doesNotContain("@example.org", "Núñez", "+1212");
    }

    @Test
    void saysThatItFailedAfterManyTriesAndSendsAgainWhenAsked() {
        TestPatient rosa = reachable();
        mailRoom.closeServer();
        try {
            sender.send("e1", estimate(rosa));
            assertThat(told(probe.expectExactly(FAILED))).containsExactly("estimate-ready by email: provider-failed");
        } finally {
            mailRoom.openServer();
        }
        JsonNode failed = notice(rosa.id, "estimate-ready", "email");
        String path = "/api/notices/" + failed.path("id").asString();

        admin().post(path + "/resend").expect(428);
        admin().ifMatch(failed.path("version").asLong() - 1)
                .post(path + "/resend")
                .expect(412);
        long version = admin().get(path).expect(200).version();
        long after = admin().ifMatch(version).post(path + "/resend").expect(200).version();
        assertThat(after).isGreaterThan(version);

        assertThat(delivered(1)).containsExactly("estimate-ready by email");
        assertThat(inbox(rosa.email)).hasSize(1);
        long delivered = admin().get(path).expect(200).version();
        admin().ifMatch(delivered).post(path + "/resend").expect(409, "only-failed-notices-are-resent");
        probe.expectSilence();
    }

    @Test
    void saysThatAnAddressIsMissingOrRefused() {
        TestPatient rosa = reachable();
        rosa.card(null, null);
        settle();
        sender.send("e1", estimate(rosa));
        assertThat(told(probe.expectExactly(FAILED))).containsExactly("estimate-ready by email: no-address");

        rosa.card("rosa at example", "+12125550123");
        settle();
        sender.send("e2", estimate(rosa));
        assertThat(told(probe.expectExactly(FAILED))).containsExactly("estimate-ready by email: address-refused");
    }

    @Test
    void showsOnceWhatWasSentAgainAfterACrashBeforeItWasMarked() throws Exception {
        TestPatient rosa = reachable();
        Instant night = clock.instant().plus(Duration.ofHours(11));
        moveTo(night);
        sender.send("e1", estimate(rosa));
        settle();
        String id = notice(rosa.id, "estimate-ready", "email").path("id").asString();

        mailRoom.sendAndDie(notices.byNotice(id).orElseThrow(), rosa.email);
        moveTo(night.plus(Duration.ofHours(9)));

        assertThat(delivered(1)).containsExactly("estimate-ready by email");
        assertThat(mailRoom.taken()).isEqualTo(2);
        assertThat(inbox(rosa.email)).hasSize(1);
    }

    @Test
    void sharesTheWorkBetweenCopiesOfTheServiceSendingEachNoticeOnce() {
        TestPatient rosa = reachable();
        Instant night = clock.instant().plus(Duration.ofHours(11));
        moveTo(night);
        for (int i = 0; i < 60; i++) {
            sender.send("e" + i, estimate(rosa));
        }
        settle();
        List<CompletableFuture<Void>> copies = new ArrayList<>();

        moveTo(night.plus(Duration.ofHours(9)));
        for (int i = 0; i < 2; i++) {
            Runnable copy = mailRoom.furtherCopy();
            copies.add(CompletableFuture.runAsync(() -> {
                for (int round = 0; round < 40; round++) {
                    copy.run();
                }
            }));
        }
        copies.forEach(CompletableFuture::join);

        delivered(60);
        assertThat(mailRoom.taken()).isEqualTo(60);
    }

    @Test
    void writesNoMoreToWhoWasErased() {
        TestPatient rosa = reachable();
        rosa.books(clock.instant().plus(Duration.ofDays(10)));
        assertThat(delivered(1)).containsExactly("course-booked by email");

        assertThat(inbox(rosa.email)).isNotEmpty();
        assertThat(mongo.findAll(org.bson.Document.class, "mailbox").toString()).doesNotContain(rosa.email);
        rosa.erased();

        assertThat(told(probe.expectExactly(SUPPRESSED, SUPPRESSED, SUPPRESSED, SUPPRESSED, SUPPRESSED)))
                .allMatch(told -> told.endsWith(": withdrawn"));
        sender.send("e1", estimate(rosa));
        assertThat(told(probe.expectExactly(SUPPRESSED))).containsExactly("estimate-ready by email: withdrawn");
        assertThat(mongo.findAll(org.bson.Document.class, "recipients"))
                .allSatisfy(recipient -> assertThat(recipient.get("sealedCard")).isNull());
        assertThat(inbox(rosa.email)).isEmpty();
    }

    @Test
    void reactsToTheClockWithinAFifthOfASecond() {
        TestPatient rosa = reachable();
        Instant night = clock.instant().plus(Duration.ofHours(11));
        moveTo(night);
        sender.send("e1", estimate(rosa));
        settle();

        long begun = System.nanoTime();
        moveTo(night.plus(Duration.ofHours(9)));
        await().pollInterval(Duration.ofMillis(5)).pollDelay(Duration.ZERO).until(() -> mailRoom.taken() == 1);

        // 200 ms, and as much again for a busy machine
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(400));
        delivered(1);
    }

    @Test
    void keepsThePatientsCardSealed() {
        TestPatient rosa = reachable();

        assertThat(mongo.findAll(org.bson.Document.class, "recipients").toString())
                .contains(rosa.id)
                .doesNotContain("Rosa", "Núñez", "@example.org", "+1212");
    }

    @Test
    void letsOnlyAnAdminReadTheInboxAndRemembersWhoDid() {
        TestPatient rosa = reachable();
        sender.send("e1", estimate(rosa));
        delivered(1);

        frontDesk().get("/api/inbox").expect(403);
        inbox(rosa.email);

        String rows = ServiceDoor.of(context)
                .as("otto", Role.AUDITOR)
                .get("/api/audit?patientId=" + rosa.id)
                .expect(200)
                .text();
        assertThat(rows).contains("read-inbox", "\"ada\"").doesNotContain("@example.org");
    }

    @Test
    void keepsADueDayAsTheDayThatItIs() {
        TestPatient rosa = reachable();
        sender.send(
                "s1",
                new StatementIssued(Ids.next(), rosa.id, Money.usd(12_345), LocalDate.of(2026, 6, 1), clock.instant()));
        delivered(1);

        assertThat(mongo.getCollection("notices")
                        .find()
                        .first()
                        .get("facts", org.bson.Document.class)
                        .getDate("dueOn")
                        .toInstant())
                .isEqualTo(Instant.parse("2026-06-01T00:00:00Z"));
    }

    private long deadLetterCount() {
        return items(admin().get("/api/dead-letters?limit=200").expect(200).body())
                .size();
    }

    private EstimateIssued estimate(TestPatient patient) {
        return new EstimateIssued(Ids.next(), patient.id, 6, Money.usd(300_000), clock.instant());
    }
}
