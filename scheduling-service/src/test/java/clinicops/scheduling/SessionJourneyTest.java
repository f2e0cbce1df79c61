package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.SchedulingEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Treatment sessions as the people of the clinic live them, wrong turns included. */
@ServiceTest(database = "scheduling")
class SessionJourneyTest {
    @Autowired
    ApplicationContext context;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    private List<String> nextActions(JsonNode session) {
        return session.path("nextActions")
                .valueStream()
                .map(next -> next.path("action").asString())
                .toList();
    }

    private List<String> waitsFor(JsonNode session, String action) {
        return session.path("nextActions")
                .valueStream()
                .filter(next -> next.path("action").asString().equals(action))
                .flatMap(next -> next.path("waitsFor").valueStream())
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void aSessionGoesFromTheDiaryToTheSignedNote() {
        String patient = clinic.readyPatient();
        try (var probe = clinic.probe()) {
            String session = clinic.sessionToday(patient);
            probe.expectExactly(
                    "scheduling.course-booked.v1",
                    "scheduling.session-booked.v1",
                    "scheduling.session-booked.v1",
                    "scheduling.session-booked.v1",
                    "scheduling.session-booked.v1",
                    "scheduling.session-booked.v1",
                    "scheduling.session-booked.v1",
                    "scheduling.escort-named.v1");
            assertThat(probe.all()).allSatisfy(event -> {
                assertThat(event.key()).isEqualTo(patient);
                assertThat(event.text()).doesNotContain("Eva", "555 0100");
            });

            assertThat(nextActions(clinic.session(session).body())).contains("check-in", "move", "cancel", "escort");
            JsonNode here = clinic.act(clinic.frontDesk, session, "check-in", Map.of())
                    .expect(200)
                    .body();
            assertThat(here.path("state").asString()).isEqualTo("checked-in");
            assertThat(waitsFor(here, "gate")).containsExactly("vitals-missing");
            probe.expectExactly("scheduling.patient-checked-in.v1");

            clinic.vitals(session, 124, 78).expect(201);
            JsonNode ready = clinic.act(clinic.nurse, session, "gate", Clinic.gateAnswers())
                    .expect(200)
                    .body();
            assertThat(ready.path("state").asString()).isEqualTo("ready-to-dose");
            assertThat(waitsFor(ready, "start"))
                    .containsExactly("order-missing", "draw-missing", "pump-setting-missing", "second-check-missing");
            probe.expectSilence();

            JsonNode ordered = clinic.act(
                            clinic.prescriber, session, "order", Map.of("doseMgPerKg", 0.5, "weightKg", 72.5))
                    .expect(200)
                    .body();
            assertThat(ordered.path("order").path("doseMg").decimalValue()).isEqualByComparingTo("36.2");
            assertThat(ordered.path("pumpMgPerHour").decimalValue()).isEqualByComparingTo("54.3");
            clinic.act(clinic.nurse, session, "draw", Clinic.drawn(10, 3.62)).expect(200);
            clinic.setPump(session);
            clinic.act(clinic.nurse, session, "second-check", Map.of()).expect(422, "second-person");
            clinic.act(clinic.secondNurse, session, "second-check", Map.of()).expect(200);
            clinic.act(clinic.nurse, session, "start", Map.of()).expect(200);
            Instant started = Instant.parse(
                    clinic.session(session).body().path("doseStartedAt").asString());
            assertThat(probe.expectExactly("scheduling.session-started.v1")
                            .getFirst()
                            .body(SchedulingEvent.SessionStarted.class)
                            .doseMg())
                    .isEqualByComparingTo("36.2");

            clinic.wait(15);
            clinic.vitals(session, 138, 84).expect(201);
            clinic.act(clinic.nurse, session, "rescue", Map.of("drug", "ondansetron", "amountMg", 4))
                    .expect(200);
            clinic.watch(session, 25);
            clinic.act(clinic.nurse, session, "finish", Map.of()).expect(200);
            clinic.act(clinic.nurse, session, "discharge", Clinic.dischargeAnswers())
                    .expect(422, "observation-time");
            clinic.wait(61);
            awaitOverdueReading(session);
            clinic.act(clinic.nurse, session, "discharge", Clinic.dischargeAnswers())
                    .expect(422, "vitals-missing");
            clinic.vitals(session, 126, 80).expect(201);
            JsonNode gone = clinic.act(clinic.nurse, session, "discharge", Clinic.dischargeAnswers())
                    .expect(200)
                    .body();
            assertThat(gone.path("state").asString()).isEqualTo("discharged");
            assertThat(gone.path("note").path("lines").size()).isGreaterThan(3);
            assertThat(nextActions(gone)).contains("sign-note");
            clinic.act(clinic.prescriber, session, "sign-note", Map.of()).expect(200);

            var told = probe.expectExactly(
                    "scheduling.rescue-drug-given.v1",
                    "scheduling.alarm-raised.v1",
                    "scheduling.session-completed.v1",
                    "scheduling.note-signed.v1");
            var completed = told.get(2).body(SchedulingEvent.SessionCompleted.class);
            assertThat(completed.sessionId()).isEqualTo(session);
            assertThat(completed.number()).isEqualTo(1);
            assertThat(completed.ndc()).isEqualTo("42023-0113-10");
            assertThat(completed.doseMg()).isEqualByComparingTo("36.2");
            assertThat(completed.doseStartedAt()).isEqualTo(started);
            assertThat(Duration.between(completed.doseStartedAt(), completed.doseEndedAt()))
                    .isBetween(Duration.ofMinutes(40), Duration.ofMinutes(41));
            assertThat(completed.otherDrugs()).singleElement().satisfies(drug -> assertThat(drug.amountMg())
                    .isEqualByComparingTo(BigDecimal.valueOf(4)));
            // everything about the session came in the order of its versions
            assertThat(probe.about(session).stream().map(event -> event.sequence()))
                    .isSorted();
        }
    }

    private void awaitOverdueReading(String session) {
        await().until(() -> !clinic.nurse
                .get("/api/alarms?sessionId=" + session)
                .body()
                .path("items")
                .isEmpty());
    }

    @Test
    void refusesDosingWithoutEscort() {
        String session = clinic.bookedCourse(clinic.readyPatient()).getFirst();
        clinic.moveTo(
                Instant.parse(clinic.session(session).body().path("startsAt").asString()));
        clinic.checkHouse();
        clinic.act(clinic.nurse, session, "check-in", Map.of()).expect(200);
        clinic.vitals(session, 124, 78).expect(201);

        try (var probe = clinic.probe()) {
            JsonNode held = clinic.act(clinic.nurse, session, "gate", Clinic.gateAnswers())
                    .expect(200)
                    .body();
            assertThat(held.path("state").asString()).isEqualTo("held");
            assertThat(held.path("gate").path("blockers").valueStream().map(JsonNode::asString))
                    .containsExactly("escort-missing");
            clinic.act(clinic.nurse, session, "start", Map.of()).expect(409, "session-state");

            clinic.nameEscort(session);
            clinic.act(clinic.nurse, session, "gate", Clinic.gateAnswers()).expect(200);
            assertThat(clinic.state(session)).isEqualTo("ready-to-dose");
            probe.expectExactly("scheduling.session-held.v1", "scheduling.escort-named.v1");
        }
    }

    @Test
    void aHeldPatientIsSentHomeByTheClockAfterHalfAnHour() {
        String session = clinic.sessionToday(clinic.readyPatient());
        clinic.act(clinic.nurse, session, "check-in", Map.of()).expect(200);
        clinic.vitals(session, 165, 102).expect(201);
        try (var probe = clinic.probe()) {
            JsonNode held = clinic.act(clinic.nurse, session, "gate", Clinic.gateAnswers())
                    .expect(200)
                    .body();
            assertThat(held.path("state").asString()).isEqualTo("held");
            assertThat(probe.expectExactly("scheduling.session-held.v1")
                            .getFirst()
                            .body(SchedulingEvent.SessionHeld.class)
                            .blockers())
                    .containsExactly("vitals-hard-hold");

            JsonNode due = clinic.admin.get("/api/clock").expect(200).body();
            assertThat(Instant.parse(due.path("nextDueAt").asString()))
                    .isBeforeOrEqualTo(clinic.now().plus(Duration.ofMinutes(30)));
            clinic.wait(31);

            assertThat(probe.expectExactly("scheduling.session-cancelled.v1")
                            .getFirst()
                            .body(SchedulingEvent.SessionCancelled.class)
                            .reason())
                    .isEqualTo("held");
            assertThat(clinic.state(session)).isEqualTo("cancelled");
        }
    }

    @Test
    void aPatientWhoIsOverdueIsMarkedAndMissedByTheFrontDesk() {
        String session = clinic.sessionToday(clinic.readyPatient());
        long version = clinic.session(session).version();
        clinic.wait(31);
        await().until(() ->
                !clinic.session(session).body().path("probablyMissed").isNull());
        assertThat(clinic.session(session).version()).isEqualTo(version);

        try (var probe = clinic.probe()) {
            clinic.act(clinic.frontDesk, session, "miss", Map.of()).expect(200);
            probe.expectExactly("scheduling.session-missed.v1", "scheduling.session-fee-due.v1");
        }
        await().until(() ->
                !clinic.admin.get("/api/clock").body().path("dueNow").asBoolean());
    }

    @Test
    void refusesADoseAboveThePlansCapWhoeverOrders() {
        String session = clinic.sessionToday(clinic.readyPatient());
        clinic.makeReady(session);
        clinic.act(clinic.prescriber, session, "order", Map.of("doseMgPerKg", 1.1, "weightKg", 70))
                .expect(422, "dose-above-cap");
        clinic.act(clinic.nurse, session, "order", Map.of("doseMgPerKg", 0.4, "weightKg", 70))
                .expect(422, "dose-below-range");
        clinic.act(clinic.nurse, session, "order", Map.of("doseMgPerKg", 0.5)).expect(422, "weight-too-old");
        clinic.act(clinic.nurse, session, "order", Map.of("doseMgPerKg", 0.6, "weightKg", 70))
                .expect(200);
        clinic.act(clinic.nurse, session, "draw", Clinic.drawn(100, 0.42)).expect(422, "dilute-first");
        clinic.act(clinic.nurse, session, "draw", Clinic.drawn(50, 8.4)).expect(422, "drawn-volume");
        clinic.act(clinic.nurse, session, "draw", Clinic.drawn(50, 0.84)).expect(200);
        assertThat(clinic.state(session)).isEqualTo("ready-to-dose");
    }

    @Test
    void aStoppedDoseLeadsToDischargeWithWhatWasGiven() {
        String session = clinic.sessionToday(clinic.readyPatient());
        clinic.startDose(session);
        try (var probe = clinic.probe()) {
            clinic.wait(10);
            // an emergency asks for no version
            clinic.secondNurse
                    .post("/api/sessions/" + session + "/stop", Map.of("reason", "adverse-event"))
                    .expect(200);
            JsonNode event = clinic.nurse
                    .post(
                            "/api/sessions/" + session + "/adverse-event",
                            Map.of("effect", "slow-breathing", "severity", "serious"))
                    .expect(200)
                    .body();
            clinic.wait(61);
            awaitOverdueReading(session);
            clinic.vitals(session, 122, 80).expect(201);
            clinic.act(clinic.nurse, session, "discharge", Clinic.dischargeAnswers())
                    .expect(422, "adverse-event-unreviewed");
            String adverseEvent = event.path("adverseEvents").path(0).path("id").asString();
            clinic.act(
                            clinic.prescriber,
                            session,
                            "review-adverse-event",
                            Map.of("adverseEventId", adverseEvent, "conclusion", "resolved with oxygen"))
                    .expect(200);
            clinic.act(clinic.nurse, session, "discharge", Clinic.dischargeAnswers())
                    .expect(200);

            var told = probe.expectExactly(
                    "scheduling.session-stopped.v1",
                    "scheduling.adverse-event-recorded.v1",
                    "scheduling.call-due.v1",
                    "scheduling.alarm-raised.v1",
                    "scheduling.session-completed.v1");
            assertThat(told.getLast()
                            .body(SchedulingEvent.SessionCompleted.class)
                            .doseMg())
                    .isBetween(new BigDecimal("9.0"), new BigDecimal("9.2"));
        }
    }

    @Test
    void onlyAPrescriberOverridesTheDischargeGate() {
        String session = clinic.sessionToday(clinic.readyPatient());
        clinic.startDose(session);
        clinic.wait(40);
        clinic.act(clinic.nurse, session, "finish", Map.of()).expect(200);
        clinic.wait(30);
        clinic.vitals(session, 122, 80).expect(201);
        Map<String, Object> override = new HashMap<>(Clinic.dischargeAnswers());
        override.put("override", Map.of("reason", "spouse is an intensive care nurse"));

        clinic.act(clinic.nurse, session, "discharge", override).expect(422, "override-by-prescriber");
        JsonNode gone = clinic.act(clinic.prescriber, session, "discharge", override)
                .expect(200)
                .body();

        assertThat(gone.path("discharge").path("failed").valueStream().map(JsonNode::asString))
                .containsExactly("observation-time");
    }

    @Test
    void leavingAgainstAdviceIsNotRefused() {
        String session = clinic.sessionToday(clinic.readyPatient());
        clinic.startDose(session);
        try (var probe = clinic.probe()) {
            clinic.frontDesk
                    .post("/api/sessions/" + session + "/leave-against-advice")
                    .expect(200);
            // the prescriber is told at once
            probe.expectExactly(
                    "scheduling.patient-left-against-advice.v1",
                    "scheduling.call-due.v1",
                    "scheduling.alarm-raised.v1");
        }
        assertThat(clinic.state(session)).isEqualTo("left-against-advice");
    }

    @Test
    void vitalsAreAppendedOnceAndOnlyWhileThePatientIsHere() {
        String session = clinic.sessionToday(clinic.readyPatient());
        String route = "/api/sessions/" + session + "/vitals";
        clinic.nurse.post(route, Clinic.reading(clinic.now(), 120, 80)).expect(409, "session-state");
        Instant before = clinic.now();
        clinic.wait(5);
        clinic.act(clinic.nurse, session, "check-in", Map.of()).expect(200);
        clinic.wait(3);

        // what can't have been then is kept with its doubt, and opens no gate
        assertThat(doubts(clinic.nurse
                        .post(route, Clinic.reading(before, 120, 80))
                        .expect(201)))
                .containsExactly("before-check-in");
        assertThat(doubts(clinic.nurse
                        .post(route, Clinic.reading(clinic.now().plus(Duration.ofMinutes(3)), 120, 80))
                        .expect(201)))
                .containsExactly("in-the-future");
        assertThat(waitsFor(clinic.session(session).body(), "gate")).containsExactly("vitals-missing");
        clinic.nurse.post(route, Clinic.reading(clinic.now(), 80, 120)).expect(422, "blood-pressure");
        clinic.nurse.post(route, Clinic.reading(clinic.now(), 600, 120)).expect(422, "implausible");

        Instant takenAt = clinic.now().minus(Duration.ofMinutes(1));
        JsonNode high = clinic.nurse
                .post(route, Clinic.reading(takenAt, 185, 112))
                .expect(201)
                .body();
        assertThat(high.path("alarms").valueStream().map(JsonNode::asString))
                .containsExactly("systolic-high", "diastolic-high");
        clinic.nurse.post(route, Clinic.reading(takenAt, 185, 112)).expect(200);
        clinic.nurse.post(route, Clinic.reading(takenAt, 150, 100)).expect(201);
        assertThat(clinic.session(session).body().path("vitals").size()).isEqualTo(4);
        assertThat(waitsFor(clinic.session(session).body(), "gate")).isEmpty();
    }

    private static List<String> doubts(Answer reading) {
        return reading.body()
                .path("doubts")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void theTherapistSeesThatThereIsAnEscortButNotWho() {
        String session = clinic.sessionToday(clinic.readyPatient());
        JsonNode seen =
                clinic.therapist.get("/api/sessions/" + session).expect(200).body();
        assertThat(seen.path("escortNamed").asBoolean()).isTrue();
        assertThat(seen.path("escort").isNull()).isTrue();
        assertThat(clinic.session(session).body().path("escort").path("name").asString())
                .isEqualTo("Eva Example");
    }

    @Test
    void anOldVersionIsRefusedWithWhatChanged() {
        String session = clinic.sessionToday(clinic.readyPatient());
        long seen = clinic.session(session).version();
        clinic.act(clinic.nurse, session, "check-in", Map.of()).expect(200);

        var stale = clinic.frontDesk
                .ifMatch(seen)
                .post("/api/sessions/" + session + "/cancel", Map.of("reason", "patient"))
                .expect(412);

        assertThat(stale.text()).contains("check-in");
        clinic.frontDesk
                .post("/api/sessions/" + session + "/cancel", Map.of("reason", "patient"))
                .expect(428);
    }

    @Test
    void whatCantBeRefusedCountsOnceHoweverOftenItIsSent() {
        String session = clinic.sessionToday(clinic.readyPatient());
        String route = "/api/sessions/" + session;
        clinic.startDose(session);
        clinic.watch(session, 10);
        Instant happened = clinic.now().minus(Duration.ofMinutes(6));
        // the tablet had no network, and its clock is three hours slow
        Map<String, Object> stop = Map.of(
                "reason", "adverse-event",
                "entryId", UUID.randomUUID().toString(),
                "at", happened.minus(Duration.ofHours(3)).toString(),
                "deviceAt", clinic.now().minus(Duration.ofHours(3)).toString());
        Map<String, Object> rescue = Map.of(
                "drug",
                "ondansetron",
                "amountMg",
                4,
                "entryId",
                UUID.randomUUID().toString());
        Map<String, Object> left = Map.of("entryId", UUID.randomUUID().toString());
        try (var probe = clinic.probe()) {
            long version = clinic.nurse.post(route + "/stop", stop).expect(200).version();
            JsonNode again =
                    clinic.nurse.post(route + "/stop", stop).expect(200).body();
            assertThat(again.path("version").asLong()).isEqualTo(version);
            assertThat(Duration.between(
                            happened, Instant.parse(again.path("doseEndedAt").asString())))
                    .isLessThan(Duration.ofSeconds(5));
            clinic.nurse.post(route + "/rescue", rescue).expect(200);
            assertThat(clinic.nurse
                            .post(route + "/rescue", rescue)
                            .expect(200)
                            .body()
                            .path("rescues")
                            .size())
                    .isEqualTo(1);
            Map<String, Object> otherAmount = new HashMap<>(rescue);
            otherAmount.put("amountMg", 8);
            clinic.nurse.post(route + "/rescue", otherAmount).expect(409, "entry-exists");
            clinic.nurse.post(route + "/leave-against-advice", left).expect(200);
            clinic.nurse.post(route + "/leave-against-advice", left).expect(200);
            // another tablet had sent it too, under its own id
            clinic.frontDesk.post(route + "/leave-against-advice").expect(200);
            probe.expectExactly(
                    "scheduling.session-stopped.v1",
                    "scheduling.rescue-drug-given.v1",
                    "scheduling.patient-left-against-advice.v1",
                    "scheduling.call-due.v1",
                    "scheduling.alarm-raised.v1");
        }
        assertThat(clinic.session(session).body().path("exits").size()).isEqualTo(4);
        assertThat(clinic.state(session)).isEqualTo("left-against-advice");
    }

    @Test
    void aCallForHelpSoundsAtTheStationAlsoBeforeCheckIn() {
        String session = clinic.sessionToday(clinic.readyPatient());
        try (var probe = clinic.probe()) {
            clinic.therapist.post("/api/sessions/" + session + "/call-for-help").expect(200);
            probe.expectExactly("scheduling.help-called.v1", "scheduling.alarm-raised.v1");
        }
        assertThat(clinic.nurse
                        .get("/api/alarms?sessionId=" + session)
                        .expect(200)
                        .body()
                        .path("items")
                        .path(0)
                        .path("kind")
                        .asString())
                .isEqualTo("help");
        // and the session goes on
        clinic.makeReady(session);
    }

    @Test
    void theEscortTellsTheCodeAtTheDoor() {
        String session = clinic.bookedCourse(clinic.readyPatient()).getFirst();
        String route = "/api/sessions/" + session;
        clinic.moveTo(
                Instant.parse(clinic.session(session).body().path("startsAt").asString()));
        Map<String, String> eva = Map.of("name", "Eva Example", "phone", "+1 212 555 0100", "relation", "sister");
        String first = clinic.act(clinic.frontDesk, session, "escort", eva)
                .expect(200)
                .body()
                .path("escortCode")
                .asString();
        assertThat(first).matches("\\d{6}");
        assertThat(clinic.session(session).body().path("escortCode").isNull()).isTrue();
        clinic.startDose(session);
        clinic.watch(session, 40);
        clinic.act(clinic.nurse, session, "finish", Map.of()).expect(200);
        clinic.watch(session, 61);

        Map<String, Object> answers = new HashMap<>(Clinic.dischargeAnswers());
        answers.remove("escortIdSeenBy");
        clinic.act(clinic.nurse, session, "discharge", answers).expect(422, "escort-id-not-seen");
        answers.put("escortCode", first.equals("000000") ? "000001" : "000000");
        for (int tries = 0; tries < 5; tries++) {
            clinic.act(clinic.nurse, session, "discharge", answers).expect(422, "escort-code");
        }
        answers.put("escortCode", first);
        // too many tries: the right one is of no use any more
        clinic.act(clinic.nurse, session, "discharge", answers).expect(422, "escort-code");
        String second = clinic.act(clinic.nurse, session, "escort-code", Map.of())
                .expect(200)
                .body()
                .path("escortCode")
                .asString();
        answers.put("escortCode", second);
        JsonNode gone = clinic.act(clinic.nurse, session, "discharge", answers)
                .expect(200)
                .body();
        assertThat(gone.path("discharge").path("handover").path("by").asString())
                .isEqualTo("code");
        assertThat(clinic.nurse.get(route).text()).doesNotContain(second);
    }

    @Test
    void changedDrugsWaitForThePrescriberAndASoftHoldForAReason() {
        String session = clinic.sessionToday(clinic.readyPatient());
        clinic.act(clinic.nurse, session, "check-in", Map.of()).expect(200);
        clinic.vitals(session, 148, 86).expect(201);
        Map<String, Object> answers = new HashMap<>(Clinic.gateAnswers());
        answers.put("drugsChanged", true);
        assertThat(clinic.act(clinic.nurse, session, "gate", answers)
                        .expect(200)
                        .body()
                        .path("gate")
                        .path("blockers")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly("drugs-changed");
        clinic.act(clinic.nurse, session, "review-drugs", Map.of("conclusion", "fine"))
                .expect(403);
        clinic.act(
                        clinic.prescriber,
                        session,
                        "review-drugs",
                        Map.of("conclusion", "sertraline raised, no interaction"))
                .expect(200);
        assertThat(clinic.act(clinic.nurse, session, "gate", answers)
                        .expect(200)
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("ready-to-dose");
        clinic.act(clinic.prescriber, session, "order", Map.of("doseMgPerKg", 0.5, "weightKg", 72.5))
                .expect(200);
        clinic.act(clinic.nurse, session, "draw", Clinic.drawn(10, 3.62)).expect(200);
        clinic.setPump(session);
        clinic.act(clinic.secondNurse, session, "second-check", Map.of()).expect(200);
        clinic.act(clinic.nurse, session, "start", Map.of()).expect(409, "soft-hold-not-weighed");
        clinic.act(clinic.nurse, session, "weigh", Map.of("why", "148/86, at home 146; asymptomatic"))
                .expect(200);
        clinic.act(clinic.nurse, session, "start", Map.of()).expect(200);
        leaves(session);
    }

    /** So that no reading of this session is overdue in the tests after it. */
    private void leaves(String session) {
        clinic.nurse.post("/api/sessions/" + session + "/leave-against-advice").expect(200);
    }

    @Test
    void theTherapistSeesNoMoney() {
        String session = clinic.sessionToday(clinic.readyPatient());
        clinic.startDose(session);
        assertThat(clinic.session(session).body().path("paidBy").isNull()).isFalse();
        assertThat(clinic.therapist
                        .get("/api/sessions/" + session)
                        .expect(200)
                        .body()
                        .path("paidBy")
                        .isNull())
                .isTrue();
        assertThat(clinic.therapist
                        .get("/api/sessions?day=" + clinic.today())
                        .expect(200)
                        .text())
                .doesNotContain("self-pay");
        leaves(session);
    }
}
