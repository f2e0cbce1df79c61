package clinicops.staffweb;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Role;
import clinicops.contracts.Event;
import clinicops.contracts.Topics;
import clinicops.outbox.Ids;
import clinicops.outbox.Received;
import clinicops.staffweb.journey.JourneyEvents;
import clinicops.testing.EventSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Journeys as they come over a real broker. */
class JourneyFeedTest extends FrontDoor {
    private static final EventSender SENDER = EventSender.create();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @AfterAll
    static void close() {
        SENDER.close();
    }

    @Test
    void aJourneyIsToldWholeWhateverTheOrderAndHoweverOftenEventsArrive() {
        String patient = Ids.next();
        var events = wholeJourney(patient);
        var shuffled = new ArrayList<>(events);
        shuffled.addAll(events.subList(3, 12));
        Collections.shuffle(shuffled, new Random(42));
        shuffled.forEach(JourneyFeedTest::send);

        var desk = as(Role.FRONT_DESK);
        JsonNode journey = awaitEvents(desk, patient, events.size());
        assertThat(journey.path("endState").asString()).isEqualTo("course-complete-zero-balance");
        assertThat(journey.path("intake").path("status").asString()).isEqualTo("cleared");
        assertThat(journey.path("scheduling").path("sessionsDone").asInt()).isEqualTo(2);
        assertThat(journey.path("billing").path("balance").path("cents").asInt())
                .isZero();
        assertThat(journey.path("billing").path("claimsPaid").asInt()).isEqualTo(2);
        assertThat(journey.path("notices").path("delivered").asInt()).isEqualTo(2);

        var entries = journey.path("entries");
        assertThat(entries).hasSize(events.size());
        assertThat(entries.valueStream().map(entry -> entry.path("at").asString()))
                .isSorted();
        JsonNode notice = entries.valueStream()
                .filter(entry -> entry.path("type").asString().equals("notice-delivered"))
                .findFirst()
                .orElseThrow();
        JsonNode cause = entries.valueStream()
                .filter(entry -> entry.path("id").equals(notice.path("causedBy")))
                .findFirst()
                .orElseThrow();
        assertThat(cause.path("type").asString()).isEqualTo("note-signed");
        assertThat(journey.toString()).doesNotContain("clinicops.").doesNotContain("givenName");
    }

    @Test
    void aTherapistSeesTheJourneyWithoutTheMoney() {
        String patient = Ids.next();
        var events = wholeJourney(patient);
        events.forEach(JourneyFeedTest::send);
        awaitEvents(as(Role.BILLER), patient, events.size());
        var therapist = as(Role.THERAPIST);
        assertThat(therapist
                        .get("/api/journeys/" + patient)
                        .expect(200)
                        .body()
                        .path("billing")
                        .isNull())
                .isTrue();
        assertThat(therapist.get("/api/journeys?ids=" + patient).expect(200).text())
                .contains("\"billing\":null");
        assertThat(servicesIn(therapist, patient)).doesNotContain("billing").contains("intake", "scheduling");
        as(Role.AUDITOR).get("/api/journeys/" + patient).expect(403);
    }

    @Test
    void aBillerSeesTheJourneyWithoutTheScreening() {
        String patient = Ids.next();
        var events = wholeJourney(patient);
        events.forEach(JourneyFeedTest::send);
        awaitEvents(as(Role.NURSE), patient, events.size());
        assertThat(as(Role.NURSE).get("/api/journeys/" + patient).expect(200).text())
                .contains("screening-completed");
        var seen = as(Role.BILLER).get("/api/journeys/" + patient).expect(200);
        assertThat(seen.text()).doesNotContain("screening-completed").contains("\"suicideRisk\":null");
        assertThat(servicesIn(as(Role.BILLER), patient)).contains("intake", "scheduling", "billing");
    }

    private static List<String> servicesIn(Browser who, String patient) {
        return who.get("/api/journeys/" + patient)
                .expect(200)
                .body()
                .path("entries")
                .valueStream()
                .map(entry -> entry.path("service").asString())
                .distinct()
                .toList();
    }

    @Test
    void journeysAreListedByEndStateAndByPatient() {
        String excluded = Ids.next();
        String danger = Ids.next();
        String referred = Ids.next();
        new JourneyEvents(excluded)
                .referred()
                .screened("none", "excluded")
                .all()
                .forEach(JourneyFeedTest::send);
        new JourneyEvents(danger).referred().screened("high", "cleared").all().forEach(JourneyFeedTest::send);
        new JourneyEvents(referred).referred().all().forEach(JourneyFeedTest::send);
        var nurse = as(Role.NURSE);
        awaitEvents(nurse, excluded, 4);
        awaitEvents(nurse, danger, 4);
        awaitEvents(nurse, referred, 2);

        String ids = String.join(",", excluded, danger, referred);
        assertThat(patients(nurse, "ids=" + ids)).containsExactlyInAnyOrder(excluded, danger, referred);
        assertThat(patients(nurse, "endState=excluded&ids=" + ids)).containsExactly(excluded);
        assertThat(patients(nurse, "endState=awaiting-safety-review&ids=" + ids))
                .containsExactly(danger);
        assertThat(patients(nurse, "endState=none&ids=" + ids)).containsExactly(referred);

        var page = nurse.get("/api/journeys?limit=2&ids=" + ids).expect(200).body();
        assertThat(page.path("items")).hasSize(2);
        assertThat(nurse.get("/api/journeys?limit=2&ids=" + ids + "&cursor="
                                + page.path("nextCursor").asString())
                        .expect(200)
                        .body()
                        .path("items"))
                .hasSize(1);
        nurse.get("/api/journeys?endState=happy").expect(400, "end-state");
        nurse.get("/api/journeys?cursor=%21").expect(400, "cursor");
        nurse.get("/api/journeys/" + Ids.next()).expect(404);
    }

    @Test
    void aRebuildGivesTheSameJourneysWhileEventsGoOnArriving() throws Exception {
        List<String> before = new ArrayList<>();
        List<String> meanwhile = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String patient = Ids.next();
            before.add(patient);
            wholeJourney(patient).forEach(JourneyFeedTest::send);
        }
        var biller = as(Role.BILLER);
        int events = wholeJourney("x").size();
        before.forEach(patient -> awaitEvents(biller, patient, events));
        var former = journeys(biller, before);

        var admin = admin();
        var done = new AtomicBoolean();
        var missing = new ArrayList<String>();
        Thread live = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 10; i++) {
                String patient = Ids.next();
                meanwhile.add(patient);
                wholeJourney(patient).forEach(JourneyFeedTest::send);
            }
        });
        Thread reader = Thread.ofVirtual().start(() -> {
            var nurse = as(Role.NURSE);
            while (!done.get()) {
                if (patients(nurse, "ids=" + String.join(",", before)).size() < before.size()) {
                    missing.add("a reader saw a journey missing");
                }
            }
        });
        var rebuilt = admin.post("/api/journeys/rebuild", null).expect(200).body();
        live.join();
        done.set(true);
        reader.join();

        assertThat(rebuilt.path("events").asLong()).isGreaterThanOrEqualTo(10L * events);
        assertThat(missing).isEmpty();
        assertThat(journeys(biller, before)).isEqualTo(former);
        meanwhile.forEach(patient -> awaitEvents(biller, patient, events));
        var live1 = journeys(biller, meanwhile);
        admin.post("/api/journeys/rebuild", null).expect(200);
        assertThat(journeys(biller, meanwhile)).isEqualTo(live1);
        assertThat(journeys(biller, before)).isEqualTo(former);
    }

    @Test
    void aPoisonedEventIsADeadLetterAndTheNextOneIsHandled() {
        String patient = Ids.next();
        var events = new JourneyEvents(patient)
                .referred()
                .screened("none", "cleared")
                .all();
        var poison = SENDER.draft(Topics.INTAKE, "intake.patient-registered.v1")
                .key(patient)
                .raw("{\"patientId\":")
                .send();
        var unheardOf = SENDER.draft(Topics.INTAKE, "intake.patient-teleported.v1")
                .key(patient)
                .send();
        events.forEach(JourneyFeedTest::send);
        awaitEvents(as(Role.NURSE), patient, events.size());
        var admin = admin();
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            String letters = admin.get("/api/services/staff-web/dead-letters?limit=200")
                    .expect(200)
                    .text();
            assertThat(letters).contains(poison.id()).contains(unheardOf.id());
        });
    }

    @Test
    void whoLookedAtWhoseJourneyIsOnRecord() {
        String patient = Ids.next();
        new JourneyEvents(patient).referred().all().forEach(JourneyFeedTest::send);
        awaitEvents(as(Role.NURSE), patient, 2);
        assertThat(as(Role.AUDITOR)
                        .get("/api/services/staff-web/audit?patientId=" + patient)
                        .expect(200)
                        .text())
                .contains("read-journey");
    }

    private static List<Received<? extends Event>> wholeJourney(String patient) {
        return new JourneyEvents(patient)
                .referred()
                .screened("none", "cleared")
                .cleared()
                .insured()
                .booked("course-" + patient, 2)
                .moved("course-" + patient, 1)
                .treated("course-" + patient, 1)
                .treated("course-" + patient, 2)
                .all();
    }

    private static void send(Received<? extends Event> received) {
        var draft = SENDER.draft(received.subject(), received.event())
                .id(received.id())
                .sequence(received.sequence())
                .time(received.time())
                .correlation(received.correlationId());
        if (received.causationId() == null) {
            draft.without("ce_causationid");
        } else {
            draft.causation(received.causationId());
        }
        draft.send();
    }

    private static JsonNode awaitEvents(Browser browser, String patient, int events) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> browser.get("/api/journeys/" + patient).body(),
                        journey -> journey.path("events").asInt() >= events);
    }

    private static List<String> patients(Browser browser, String query) {
        return browser.get("/api/journeys?" + query)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .map(item -> item.path("patientId").asString())
                .toList();
    }

    private static TreeMap<String, JsonNode> journeys(Browser browser, List<String> patients) {
        var all = new TreeMap<String, JsonNode>();
        patients.forEach(patient -> all.put(
                patient, browser.get("/api/journeys/" + patient).expect(200).body()));
        return all;
    }
}
