package clinicops.scheduling.waitlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.IntakeEvent;
import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.Clinic;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import tools.jackson.databind.JsonNode;

/** A freed place finds whoever needs it most. In a clinic of its own: other tests' patients would crowd its diary. */
@ServiceTest(database = "scheduling-waitlist")
class WaitlistTest {
    @Autowired
    ApplicationContext context;

    @Autowired
    MongoTemplate mongo;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
        // Monday to Saturday from 8 to 18; whatever the hour at which the tests run
        whileOpen(10);
        nobodyWaits();
        mongo.remove(new Query(), "freed_places");
    }

    /** At that hour of a day on which the clinic is open, unless it is open now. */
    private void whileOpen(int hour) {
        ZoneId zone = context.getBean(BusinessClock.class).clinicZone();
        ZonedDateTime now = clinic.now().atZone(zone);
        if (now.getDayOfWeek() == DayOfWeek.SUNDAY || now.getHour() < 8 || now.getHour() >= 16) {
            ZonedDateTime next = now.getHour() < 8 ? now : now.plusDays(1);
            if (next.getDayOfWeek() == DayOfWeek.SUNDAY) {
                next = next.plusDays(1);
            }
            clinic.moveTo(next.toLocalDate().atTime(hour, 0).atZone(zone).toInstant());
        }
    }

    @AfterEach
    void nobodyWaits() {
        waiting().forEach(entry -> clinic.frontDesk
                .delete("/api/waitlist/" + Clinic.text(entry, "id"))
                .expect(204));
    }

    private List<JsonNode> waiting() {
        return clinic.frontDesk
                .get("/api/waitlist")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    private JsonNode entry(String id) {
        return waiting().stream()
                .filter(entry -> Clinic.text(entry, "id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private String startsAt(String session) {
        return Clinic.text(clinic.session(session).body(), "startsAt");
    }

    /** Books a course from some days ahead on. Answers the first session. */
    private String firstSession(String patient, int daysAhead) {
        return clinic.book(patient, clinic.suggestion(patient, clinic.today().plusDays(daysAhead)))
                .expect(201)
                .body()
                .path("sessions")
                .get(0)
                .path("id")
                .asString();
    }

    private String waitEarlier(String patient) {
        return Clinic.text(
                clinic.frontDesk
                        .post("/api/waitlist", Map.of("patientId", patient, "wants", "earlier"))
                        .expect(201)
                        .body(),
                "id");
    }

    private void cancel(String session) {
        clinic.act(clinic.frontDesk, session, "cancel", Map.of("reason", "clinic"))
                .expect(200);
    }

    private JsonNode offered(String id) {
        await().until(() -> Clinic.text(entry(id), "state").equals("offered"));
        return entry(id);
    }

    private Answer say(String id, JsonNode entry, String what) {
        return clinic.frontDesk
                .ifMatch(entry.path("version").asLong())
                .post("/api/waitlist/" + id + "/" + what, Map.of());
    }

    /** Until the clock has looked at everything that is free. */
    private void settle() {
        await().until(() -> mongo.count(Query.query(Criteria.where("state").is("OPEN")), "freed_places") == 0);
    }

    @Test
    void whoWaitsForAnEarlierSessionGetsTheFreedPlaceAndTheirOwnIsFree() {
        String leaving = firstSession(clinic.readyPatient(), 2);
        String patient = clinic.readyPatient();
        String session = firstSession(patient, 6);
        String former = startsAt(session);
        String freed = startsAt(leaving);
        String id = waitEarlier(patient);

        JsonNode offered;
        try (var heard = clinic.probe()) {
            cancel(leaving);
            var place = heard.awaitType("scheduling.place-freed.v1");
            assertThat(place.subject()).isNotEqualTo(leaving);
            assertThat(place.body(SchedulingEvent.PlaceFreed.class).startsAt()).isEqualTo(Instant.parse(freed));
            offered = offered(id);
            var told = heard.awaitType("scheduling.waitlist-offered.v1").body(SchedulingEvent.WaitlistOffered.class);
            assertThat(told.patientId()).isEqualTo(patient);
            assertThat(told.expiresAt()).isEqualTo(told.offeredAt().plus(Duration.ofMinutes(60)));
        }
        assertThat(Clinic.text(offered.path("offer"), "startsAt")).isEqualTo(freed);

        try (var heard = clinic.probe()) {
            say(id, offered, "acceptance").expect(200);
            assertThat(heard.awaitType("scheduling.waitlist-offer-ended.v1")
                            .body(SchedulingEvent.WaitlistOfferEnded.class)
                            .outcome())
                    .isEqualTo("accepted");
            heard.awaitType("scheduling.session-moved.v1");
            assertThat(heard.awaitType("scheduling.place-freed.v1")
                            .body(SchedulingEvent.PlaceFreed.class)
                            .startsAt())
                    .isEqualTo(Instant.parse(former));
        }
        assertThat(startsAt(session)).isEqualTo(freed);
        assertThat(waiting()).isEmpty();
        say(id, offered, "acceptance").expect(412);
    }

    @Test
    void theMoreUrgentIsAskedFirstAndWhoRefusesIsNotAskedAgainForThisPlace() {
        String leaving = firstSession(clinic.readyPatient(), 2);
        String first = clinic.readyPatient();
        firstSession(first, 6);
        String firstEntry = waitEarlier(first);
        String urgent = clinic.readyPatient();
        clinic.tell(
                "ref-" + urgent,
                new IntakeEvent.ReferralReceived("ref", urgent, "depression", "urgent", clinic.today(), clinic.now()));
        await().until(() -> mongo.exists(
                Query.query(
                        Criteria.where("_id").is(urgent).and("referral.urgency").is("urgent")),
                "patient_facts"));
        firstSession(urgent, 6);
        String urgentEntry = waitEarlier(urgent);
        assertThat(waiting()).extracting(entry -> Clinic.text(entry, "id")).containsExactly(urgentEntry, firstEntry);

        cancel(leaving);
        JsonNode offered = offered(urgentEntry);
        assertThat(Clinic.text(entry(firstEntry), "state")).isEqualTo("waiting");
        say(urgentEntry, offered, "refusal").expect(200);

        JsonNode next = offered(firstEntry);
        say(firstEntry, next, "refusal").expect(200);
        settle();
        assertThat(waiting()).extracting(entry -> Clinic.text(entry, "state")).containsOnly("waiting");
    }

    @Test
    void aClinicianRaisesTheUrgencyWithAReason() {
        String calm = clinic.readyPatient();
        firstSession(calm, 6);
        String calmEntry = waitEarlier(calm);
        String worse = clinic.readyPatient();
        firstSession(worse, 6);
        String worseEntry = waitEarlier(worse);
        var request = Map.of("urgency", "emergency", "reason", "sleeps no more");

        clinic.frontDesk
                .put("/api/waitlist/" + worseEntry + "/urgency", request)
                .expect(403);
        clinic.prescriber
                .put("/api/waitlist/" + worseEntry + "/urgency", request)
                .expect(428);
        clinic.prescriber
                .ifMatch(entry(worseEntry).path("version").asLong())
                .put("/api/waitlist/" + worseEntry + "/urgency", request)
                .expect(200);

        assertThat(waiting()).extracting(entry -> Clinic.text(entry, "id")).containsExactly(worseEntry, calmEntry);
    }

    @Test
    void anOfferExpiresAndTheNextOneIsAsked() {
        String leaving = firstSession(clinic.readyPatient(), 3);
        String slow = clinic.readyPatient();
        firstSession(slow, 6);
        String slowEntry = waitEarlier(slow);
        String quick = clinic.readyPatient();
        firstSession(quick, 6);
        String quickEntry = waitEarlier(quick);
        cancel(leaving);
        JsonNode offered = offered(slowEntry);

        clinic.wait(60);

        // at once, whether or not the clock has ticked
        assertThat(say(slowEntry, offered, "acceptance").status()).isIn(409, 412);
        offered(quickEntry);
        assertThat(Clinic.text(entry(slowEntry), "state")).isEqualTo("waiting");
        say(slowEntry, entry(slowEntry), "acceptance").expect(409, "no-offer");
    }

    @Test
    void whatTheDeskKeptAndLetGoIsOfferedToo() {
        String patient = clinic.readyPatient();
        firstSession(patient, 6);
        String id = waitEarlier(patient);
        String undecided = clinic.readyPatient();
        Answer hold = clinic.frontDesk
                .post(
                        "/api/holds",
                        Map.of(
                                "patientId",
                                undecided,
                                "sessions",
                                clinic.suggestion(undecided, clinic.today().plusDays(3))))
                .expect(201);
        assertThat(Clinic.text(entry(id), "state")).isEqualTo("waiting");

        clinic.frontDesk.delete("/api/holds/" + Clinic.text(hold.body(), "id")).expect(204);

        JsonNode offered = offered(id);
        // whoever is at the desk may also let the offer's own hold go
        clinic.frontDesk
                .delete("/api/holds/" + Clinic.text(offered.path("offer"), "holdId"))
                .expect(204);
        assertThat(Clinic.text(offered.path("offer"), "id"))
                .isNotEqualTo(Clinic.text(entry(id).path("offer"), "id"));
    }

    @Test
    void atNightNobodyIsAskedUntilTheClinicOpens() {
        String leaving = firstSession(clinic.readyPatient(), 4);
        String patient = clinic.readyPatient();
        firstSession(patient, 8);
        String id = waitEarlier(patient);
        ZoneId zone = context.getBean(BusinessClock.class).clinicZone();
        LocalDate today = clinic.today();
        clinic.moveTo(today.atTime(22, 0).atZone(zone).toInstant());
        cancel(leaving);

        LocalDate opens = today.plusDays(today.getDayOfWeek() == DayOfWeek.SATURDAY ? 2 : 1);
        Instant morning = opens.atTime(8, 0).atZone(zone).toInstant();
        assertThat(context.getBean(FreedPlaceOffers.class).nextDueAt()).contains(morning);
        context.getBean(FreedPlaceOffers.class).tick();
        assertThat(Clinic.text(entry(id), "state")).isEqualTo("waiting");

        clinic.moveTo(morning);
        offered(id);
    }

    @Test
    void whoWaitsForACourseIsOfferedAWholeOneThatBeginsWithTheFreedPlace() {
        String leaving = firstSession(clinic.readyPatient(), 4);
        String freed = startsAt(leaving);
        String patient = clinic.readyPatient();
        String id = Clinic.text(
                clinic.frontDesk
                        .post("/api/waitlist", Map.of("patientId", patient, "wants", "course"))
                        .expect(201)
                        .body(),
                "id");
        cancel(leaving);

        JsonNode offered = offered(id);
        assertThat(offered.path("offer").path("sessions").asInt()).isEqualTo(6);
        say(id, offered, "acceptance").expect(200);

        JsonNode course = clinic.frontDesk
                .get("/api/courses?patientId=" + patient)
                .expect(200)
                .body()
                .path("items")
                .get(0);
        assertThat(Clinic.text(course.path("sessions").get(0), "startsAt")).isEqualTo(freed);
        assertThat(course.path("sessions").size()).isEqualTo(6);
    }

    @Test
    void readinessIsJudgedAgainWhenTheOfferIsAccepted() {
        String leaving = firstSession(clinic.readyPatient(), 2);
        String patient = clinic.readyPatient();
        String session = firstSession(patient, 6);
        String former = startsAt(session);
        String id = waitEarlier(patient);
        cancel(leaving);
        JsonNode offered = offered(id);
        clinic.tell(patient, new IntakeEvent.ClearanceLapsed(patient, "medical", clinic.now(), null));
        await().until(() -> !clinic.canBook(patient));

        assertThat(say(id, offered, "acceptance").expect(409).rule()).startsWith("clearance");

        assertThat(startsAt(session)).isEqualTo(former);
        assertThat(Clinic.text(entry(id), "state")).isEqualTo("offered");
    }

    @Test
    void whoIsNotReadyIsPassedOver() {
        String leaving = firstSession(clinic.readyPatient(), 2);
        String lapsed = clinic.readyPatient();
        firstSession(lapsed, 6);
        String lapsedEntry = waitEarlier(lapsed);
        clinic.tell(lapsed, new IntakeEvent.ClearanceLapsed(lapsed, "medical", clinic.now(), null));
        await().until(() -> !clinic.canBook(lapsed)
                && clinic.blockers(lapsed).stream().anyMatch(rule -> rule.startsWith("clearance")));
        String ready = clinic.readyPatient();
        firstSession(ready, 6);
        String readyEntry = waitEarlier(ready);

        cancel(leaving);

        offered(readyEntry);
        assertThat(Clinic.text(entry(lapsedEntry), "state")).isEqualTo("waiting");
    }

    @Test
    void aPlaceThatSuitedNobodyIsOfferedToWhoBecomesReady() {
        String leaving = firstSession(clinic.readyPatient(), 2);
        String freed = startsAt(leaving);
        String patient = clinic.readyPatient();
        firstSession(patient, 6);
        String id = waitEarlier(patient);
        clinic.tell(patient, new IntakeEvent.ClearanceLapsed(patient, "medical", clinic.now(), null));
        await().until(() -> clinic.blockers(patient).stream().anyMatch(rule -> rule.startsWith("clearance")));
        cancel(leaving);
        settle();
        assertThat(Clinic.text(entry(id), "state")).isEqualTo("waiting");

        clinic.tell(
                patient,
                new IntakeEvent.PatientCleared(
                        patient, clinic.now(), clinic.today().plusDays(400), null));

        assertThat(Clinic.text(offered(id).path("offer"), "startsAt")).isEqualTo(freed);
    }

    @Test
    void whoRefusesOnePlaceIsAskedForTheOtherThatNobodyWanted() {
        String leaving = firstSession(clinic.readyPatient(), 2);
        String other = firstSession(clinic.readyPatient(), 4);
        String otherAt = startsAt(other);
        String patient = clinic.readyPatient();
        firstSession(patient, 8);
        String id = waitEarlier(patient);
        cancel(leaving);
        JsonNode first = offered(id);
        // nothing else is held for them meanwhile
        cancel(other);
        settle();

        say(id, first, "refusal").expect(200);

        await().until(() -> Clinic.text(entry(id).path("offer"), "startsAt").equals(otherAt));
    }

    @Test
    void aPatientWaitsOnceForOneThingAndOnlyForWhatThereIs() {
        String patient = clinic.readyPatient();
        clinic.frontDesk
                .post("/api/waitlist", Map.of("patientId", patient, "wants", "earlier"))
                .expect(422, "session-to-move");
        clinic.frontDesk
                .post("/api/waitlist", Map.of("patientId", patient, "wants", "booster"))
                .expect(422, "booster-to-book");
        clinic.frontDesk
                .post("/api/waitlist", Map.of("patientId", patient, "wants", "booster", "boosterId", "no-such"))
                .expect(404);
        clinic.frontDesk
                .post("/api/waitlist", Map.of("patientId", Clinic.newPatientId(), "wants", "course"))
                .expect(404);
        String session = firstSession(patient, 6);
        clinic.frontDesk
                .post("/api/waitlist", Map.of("patientId", patient, "wants", "course"))
                .expect(409, "course-still-open");
        waitEarlier(patient);
        clinic.frontDesk
                .post("/api/waitlist", Map.of("patientId", patient, "wants", "earlier"))
                .expect(409, "already-waiting");

        cancel(session);

        assertThat(waiting()).isEmpty();
    }

    @Test
    void severalCopiesOfTheServiceOfferEachPlaceOnceAndAskEachPatientOnce() throws Exception {
        List<String> leaving = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            leaving.add(firstSession(clinic.readyPatient(), 2));
        }
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String patient = clinic.readyPatient();
            firstSession(patient, 6);
            entries.add(waitEarlier(patient));
        }
        FreedPlaceOffers offers = context.getBean(FreedPlaceOffers.class);
        for (String session : leaving) {
            cancel(session);
        }
        allAtOnce(8, () -> {
            offers.tick();
            return true;
        });
        entries.forEach(this::offered);
        settle();

        assertThat(mongo.count(Query.query(Criteria.where("state").is("OFFERED")), "freed_places"))
                .isEqualTo(2);
        JsonNode first = entry(entries.getFirst());
        // the telephone and the counter say yes at the same moment
        List<Answer> answers = allAtOnce(4, () -> say(entries.getFirst(), first, "acceptance"));
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() != 200))
                .allMatch(answer -> answer.status() == 409 || answer.status() == 412);
    }

    private static <T> List<T> allAtOnce(int times, Callable<T> what) throws Exception {
        try (var pool = Executors.newFixedThreadPool(times)) {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : pool.invokeAll(Collections.nCopies(times, what))) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
