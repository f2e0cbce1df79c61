package clinicops.outbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import clinicops.contracts.Event;
import clinicops.contracts.IntakeEvent.ConsentSigned;
import clinicops.contracts.IntakeEvent.ConsentWithdrawn;
import clinicops.contracts.IntakeEvent.PatientRegistered;
import clinicops.contracts.SchedulingEvent.PatientCheckedIn;
import clinicops.contracts.Topics;
import clinicops.testing.EventProbe;
import clinicops.testing.EventSender;
import clinicops.testing.TestServers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.mongodb.core.MongoTemplate;

class InboxTest {

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    private static ConfigurableApplicationContext service;
    private static EventSender sender;

    private final String patient = Ids.next();

    @BeforeAll
    static void start() {
        service = OutboxTestService.start(TestServers.freshDatabase("inbox"), Map.of());
        sender = EventSender.create();
    }

    @AfterAll
    static void stop() {
        sender.close();
        service.close();
    }

    @Test
    void anEventDeliveredTwiceHasItsEffectOnce() {
        sender.draft(patient, registered()).send().send();
        handledUpToHere(patient);

        assertThat(effectsOn(patient)).isEqualTo(1);
    }

    @Test
    void aConsentSignedThatArrivesAfterItsWithdrawalChangesNothing() {
        String consent = Ids.next();
        sender.draft(consent, new ConsentWithdrawn(consent, patient, "ketamine", "iv", NOON))
                .sequence(5)
                .send();
        sender.draft(consent, new ConsentSigned(consent, patient, "ketamine", "iv", "v1", NOON))
                .sequence(4)
                .send();
        handledUpToHere(patient);

        assertThat(consent(consent)).isEqualTo("withdrawn");
    }

    @Test
    void aLaterConsentReplacesAnEarlierOne() {
        String consent = Ids.next();
        sender.draft(consent, new ConsentWithdrawn(consent, patient, "ketamine", "iv", NOON))
                .sequence(5)
                .send();
        sender.draft(consent, new ConsentSigned(consent, patient, "ketamine", "iv", "v1", NOON))
                .sequence(6)
                .send();
        handledUpToHere(patient);

        assertThat(consent(consent)).isEqualTo("signed");
    }

    @Test
    void whatAHandlerAppendsKeepsTheCorrelationAndNamesItsCause() {
        try (EventProbe probe = EventProbe.on(Topics.SCHEDULING)) {
            String session = Ids.next();
            var cause = sender.draft(session, new PatientCheckedIn(session, patient, NOON))
                    .correlation("request-1")
                    .send();

            var note = probe.await(
                    "the note of the session",
                    m -> m.type().equals("scheduling.note-signed.v1") && session.equals(m.subject()));
            assertThat(note.header("ce_correlationid")).isEqualTo("request-1");
            assertThat(note.header("ce_causationid")).isEqualTo(cause.id());
            assertThat(note.key()).isEqualTo(patient);
        }
    }

    @Test
    void aPoisonMessageBecomesADeadLetterAndItsPartitionGoesOn() {
        var poison = sender.draft(patient, registered())
                .raw("{\"patientId\": 17 oops")
                .send();
        handledUpToHere(patient);

        DeadLetter letter = deadLetterOf(poison.id());
        assertThat(letter.reason()).isEqualTo("malformed-event");
        assertThat(letter.type()).isEqualTo("intake.patient-registered.v1");
        assertThat(letter.topic()).isEqualTo(Topics.INTAKE);
        assertThat(letter.key()).isEqualTo(patient);
        assertThat(letter.body()).isEqualTo("{\"patientId\": 17 oops");
        assertThat(letter.headers()).containsEntry("ce_id", poison.id());
        assertThat(letter.stack()).contains("EventRefused");
        assertThat(letter.attempts()).isEqualTo(1);
        assertThat(letter.state()).isEqualTo(DeadLetter.State.DEAD);
        assertThat(effectsOn(patient)).isZero();
    }

    @Test
    void oddHeadersHinderNoEventAndAnUnreadableOneBecomesADeadLetter() {
        var badType = sender.draft(patient, registered())
                .header("contentType", "garbage")
                .header("content-type", "not a/media;type")
                .send();
        var badEnvelope = sender.draft(patient, registered())
                .header("content-type", "application/cloudevents+json")
                .raw("{\"specversion\": oops")
                .send();
        var badName = sender.draft(patient, registered())
                .header("nul\0name", "x")
                .raw("{oops")
                .send();
        handledUpToHere(patient);

        assertThat(deadLetterOf(badEnvelope.id()).reason()).isEqualTo("malformed-event");
        assertThat(deadLetterOf(badName.id()).headers()).containsEntry("nul?name", "x");
        assertThat(effectsOn(patient)).isEqualTo(1);
        assertThat(maybeDeadLetterOf(badType.id())).isEmpty();
    }

    @Test
    void anEventOfUnknownTypeBecomesADeadLetter() {
        var unknown =
                sender.draft(Topics.INTAKE, "intake.moon-risen.v1").key(patient).send();
        handledUpToHere(patient);

        assertThat(deadLetterOf(unknown.id()).reason()).isEqualTo("unknown-event");
    }

    @Test
    void anEventWithoutWhatEveryEventHasBecomesADeadLetter() {
        sender.draft(patient, registered()).without("ce_id").send();
        sender.draft(patient, registered()).without("ce_type").send();
        var noNumber = sender.draft(patient, registered())
                .header("ce_sequence", "first")
                .send();
        var noBody = sender.draft(patient, registered()).tombstone().send();
        var lacking = sender.draft(patient, registered())
                .raw("{\"patientId\":\"" + patient + "\"}")
                .send();
        handledUpToHere(patient);

        List<DeadLetter> ofPatient = service.getBean(DeadLetters.class).list(null, null, 1000).stream()
                .filter(letter -> patient.equals(letter.key()))
                .toList();
        assertThat(ofPatient).hasSize(5).allSatisfy(l -> assertThat(l.reason()).isEqualTo("malformed-event"));
        assertThat(ofPatient).extracting(DeadLetter::message).contains("the header ce_id is missing");
        assertThat(deadLetterOf(noNumber.id()).message()).contains("ce_sequence");
        assertThat(deadLetterOf(noBody.id()).body()).isNull();
        assertThat(deadLetterOf(lacking.id()).message()).contains("lacks");
    }

    @Test
    void whatANewerVersionAddsIsIgnored() {
        sender.draft(patient, registered()).raw("""
                        {"patientId": "%s", "referralId": "r", "registeredAt": "2026-12-01T12:00:00Z",
                         "addedLater": "x", "addedLaterToo": {"y": [1, 2]}}""".formatted(patient)).send();
        handledUpToHere(patient);

        assertThat(effectsOn(patient)).isEqualTo(1);
    }

    @Test
    void aKnownEventThatNobodyHandlesIsSkipped() {
        String session = Ids.next();
        var skipped = sender.draft(Topics.INTAKE, "intake.patient-cleared.v1")
                .key(patient)
                .raw("not even JSON")
                .send();
        handledUpToHere(patient);

        assertThat(session).isNotEqualTo(skipped.id());
        assertThat(maybeDeadLetterOf(skipped.id())).isEmpty();
    }

    @Test
    void aRefusedEventLeavesNothingBehindButItsDeadLetterAndCanBeReplayedOnce() {
        OutboxTestService.TROUBLE.put(patient, new EventRefused("no-referral", "there is no such referral"));
        var refused = sender.draft(patient, registered()).send();
        handledUpToHere(patient);
        DeadLetter letter = deadLetterOf(refused.id());
        assertThat(letter.reason()).isEqualTo("no-referral");
        assertThat(letter.message()).isEqualTo("there is no such referral");
        assertThat(effectsOn(patient)).isZero();

        DeadLetters deadLetters = service.getBean(DeadLetters.class);
        assertThatThrownBy(() -> deadLetters.replay(letter.id()))
                .isInstanceOf(EventRefused.class)
                .hasMessage("there is no such referral");
        assertThat(deadLetterOf(refused.id()).attempts()).isEqualTo(2);

        OutboxTestService.TROUBLE.remove(patient);
        deadLetters.replay(letter.id());
        deadLetters.replay(letter.id());
        assertThat(deadLetterOf(refused.id()).state()).isEqualTo(DeadLetter.State.REPLAYED);
        assertThat(effectsOn(patient)).isEqualTo(1);

        sender.draft(patient, registered()).id(refused.id()).send();
        handledUpToHere(patient);
        assertThat(effectsOn(patient)).isEqualTo(1);
    }

    @Test
    void aHandlersOwnMistakeBecomesADeadLetter() {
        OutboxTestService.TROUBLE.put(patient, new NullPointerException());
        var stumbled = sender.draft(patient, registered()).send();
        handledUpToHere(patient);

        assertThat(deadLetterOf(stumbled.id()).reason()).isEqualTo("handler-failed");
        assertThat(deadLetterOf(stumbled.id()).message()).startsWith("NullPointerException");
        assertThat(effectsOn(patient)).isZero();
    }

    @Test
    void aWriteConflictIsTriedAgainUntilItIsGone() {
        OutboxTestService.TROUBLE.put(patient, new OptimisticLockingFailureException("somebody else was faster"));
        var conflicting = sender.draft(patient, registered()).send();
        await().during(java.time.Duration.ofSeconds(1))
                .atMost(5, SECONDS)
                .until(() -> effectsOn(patient) == 0
                        && maybeDeadLetterOf(conflicting.id()).isEmpty());

        OutboxTestService.TROUBLE.remove(patient);
        await().atMost(20, SECONDS).until(() -> effectsOn(patient) == 1);
        assertThat(maybeDeadLetterOf(conflicting.id())).isEmpty();
    }

    @Test
    void anOlderContactCardDoesNotReplaceANewerOneAndATombstoneErases() {
        card(2, "new").send();
        card(1, "old").send();
        await().atMost(20, SECONDS).untilAsserted(() -> assertThat(contact()).isEqualTo("new"));
        card(3, "").tombstone().send();
        await().atMost(20, SECONDS).untilAsserted(() -> assertThat(contact()).isEqualTo("erased"));
    }

    @Test
    void nobodyFindsADeadLetterThatDoesNotExist() {
        DeadLetters deadLetters = service.getBean(DeadLetters.class);
        assertThat(deadLetters.find("none")).isEmpty();
        assertThatThrownBy(() -> deadLetters.replay("none")).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void deadLettersAreListedInPages() {
        for (int i = 0; i < 3; i++) {
            sender.draft(Topics.INTAKE, "intake.moon-risen.v1").key(patient).send();
        }
        handledUpToHere(patient);

        DeadLetters deadLetters = service.getBean(DeadLetters.class);
        List<DeadLetter> first = deadLetters.list(DeadLetter.State.DEAD, null, 2);
        List<DeadLetter> second =
                deadLetters.list(DeadLetter.State.DEAD, first.getLast().id(), 1000);
        assertThat(first).hasSize(2);
        assertThat(second)
                .isNotEmpty()
                .extracting(DeadLetter::id)
                .doesNotContainAnyElementsOf(first.stream().map(DeadLetter::id).toList());
    }

    @Test
    void aReplayReadsEverythingUpToThePresentEndOnce() {
        var first = sender.draft(patient, registered()).send();
        sender.draft(patient, registered()).raw("oops").send();
        first.send();
        String session = Ids.next();
        sender.send(session, new PatientCheckedIn(session, patient, NOON));
        var last = sender.draft(patient, registered()).send();

        List<String> seen = new ArrayList<>();
        long count = service.getBean(TopicReplay.class).replay(List.of(Topics.INTAKE, Topics.SCHEDULING), received -> {
            // the note is what the service itself answers to the check-in, sooner or later
            if (patient.equals(received.event().patientId()) && !received.type().equals("scheduling.note-signed.v1")) {
                seen.add(received.id());
            }
        });
        assertThat(seen).hasSize(3).containsSubsequence(first.id(), last.id());
        assertThat(count).isGreaterThanOrEqualTo(3);
        assertThat(effectsOn(patient)).isLessThanOrEqualTo(3);
    }

    @Test
    void knowsWhenItHasHandledEverything() {
        sender.send(patient, registered());
        handledUpToHere(patient);
        ConsumerLag lag = service.getBean(ConsumerLag.class);
        Instant before = Instant.now();
        await().atMost(20, SECONDS).until(() -> lag.total() == 0);
        assertThat(lag.lastCaughtUp()).isBetween(before, Instant.now());
    }

    private Event registered() {
        return new PatientRegistered(patient, "referral-1", NOON);
    }

    private EventSender.Draft card(long sequence, String sealed) {
        return sender.draft(Topics.CONTACT, "contact-card")
                .key(patient)
                .subject(patient)
                .sequence(sequence)
                .raw(sealed);
    }

    /** Sends one more event of the patient, to be handled after all the others, and waits for it. */
    private void handledUpToHere(String key) {
        String session = Ids.next();
        var last = sender.draft(Ids.next(), new ConsentSigned(session, key, "ketamine", "iv", "v1", NOON))
                .subject(session)
                .send();
        await().atMost(30, SECONDS)
                .until(() ->
                        mongo().getCollection("inbox").countDocuments(new Document("_id", "test|" + last.id())) == 1);
    }

    private long effectsOn(String patientId) {
        return mongo().getCollection("effects").countDocuments(new Document("patient", patientId));
    }

    private String consent(String id) {
        return mongo().getCollection("consents")
                .find(new Document("_id", id))
                .first()
                .getString("state");
    }

    private String contact() {
        Document contact = mongo().getCollection("contacts")
                .find(new Document("_id", patient))
                .first();
        return contact == null ? "none" : contact.getString("card");
    }

    private DeadLetter deadLetterOf(String eventId) {
        return maybeDeadLetterOf(eventId).orElseThrow();
    }

    private Optional<DeadLetter> maybeDeadLetterOf(String eventId) {
        return service.getBean(DeadLetters.class).list(null, null, 1000).stream()
                .filter(letter -> eventId.equals(letter.eventId()))
                .findFirst();
    }

    private static MongoTemplate mongo() {
        return service.getBean(MongoTemplate.class);
    }
}
