package clinicops.scheduling;

import static org.awaitility.Awaitility.await;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.ClockSettings;
import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.contracts.BillingEvent;
import clinicops.contracts.Event;
import clinicops.contracts.IntakeEvent;
import clinicops.contracts.Money;
import clinicops.contracts.Topics;
import clinicops.outbox.OutboxStatus;
import clinicops.testing.EventProbe;
import clinicops.testing.EventSender;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** The people of a small clinic at scheduling's door, and intake and billing as they are heard. */
public final class Clinic {
    private static final AtomicLong SEQUENCE = new AtomicLong();

    private final ApplicationContext context;
    private final BusinessClock clock;
    public final ServiceDoor admin;
    public final ServiceDoor frontDesk;
    public final ServiceDoor nurse;
    public final ServiceDoor secondNurse;
    public final ServiceDoor prescriber;
    public final ServiceDoor therapist;

    public Clinic(ApplicationContext context) {
        this.context = context;
        this.clock = context.getBean(BusinessClock.class);
        ServiceDoor door = ServiceDoor.of(context);
        admin = door.as("ada", Role.ADMIN);
        frontDesk = door.as("frank", Role.FRONT_DESK);
        nurse = door.as("nora", Role.NURSE);
        secondNurse = door.as("nick", Role.NURSE);
        prescriber = door.as("paula", Role.PRESCRIBER);
        therapist = door.as("theo", Role.THERAPIST);
        furnish();
    }

    /** A demo clinic, so that its clock can be moved; four chairs, two nurses, open 8 to 18 from Monday to Saturday. */
    private void furnish() {
        context.getBean(ClockSettings.class).turnIntoDemo();
        if (!frontDesk.get("/api/chairs").expect(200).body().path("items").isEmpty()) {
            return;
        }
        for (String chair : List.of("Chair 1", "Chair 2", "Chair 3", "Chair 4")) {
            admin.post("/api/chairs", Map.of("name", chair)).expect(201);
        }
        admin.post("/api/nurses", Map.of("username", "nora", "name", "Nora", "maxChairs", 2))
                .expect(201);
        admin.post("/api/nurses", Map.of("username", "nick", "name", "Nick", "maxChairs", 2))
                .expect(201);
        admin.post("/api/prescribers", Map.of("username", "paula", "name", "Paula"))
                .expect(201);
        List<Map<String, String>> hours = new ArrayList<>();
        for (String day : List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY")) {
            hours.add(Map.of("day", day, "opens", "08:00", "closes", "18:00"));
        }
        admin.put("/api/opening-hours", Map.of("hours", hours)).expect(200);
        stock("ketamine", "vial", 200, 100, "42023-0113-10", "KET26A");
        stock("esketamine", "device", 28, 100, "50458-0028-02", "SPR26A");
        stock("midazolam", "vial", 5, 20, "00409-2305-17", "MID26A");
    }

    /** A shipment of the clinic's own that has come. Answers its id. */
    public String stock(String drug, String container, int mgPerUnit, int units, String ndc, String lot) {
        Answer ordered = nurse.post(
                        "/api/drug-stock",
                        Map.of(
                                "drug",
                                drug,
                                "ndc",
                                ndc,
                                "container",
                                container,
                                "mgPerUnit",
                                mgPerUnit,
                                "supply",
                                "buy-and-bill",
                                "units",
                                units))
                .expect(201);
        String id = ordered.body().path("id").asString();
        nurse.ifMatch(ordered.version())
                .post(
                        "/api/drug-stock/" + id + "/receipt",
                        Map.of("lot", lot, "expiresOn", today().plusYears(9).toString(), "units", units))
                .expect(200);
        return id;
    }

    /** So that no note of an earlier test is overdue when the clock goes on. */
    private void signNotes() {
        prescriber
                .get("/api/notes?limit=200")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .map(note -> text(note, "sessionId"))
                .forEach(session -> act(prescriber, session, "sign-note", Map.of()));
    }

    /** So that no call of an earlier test is overdue when the clock goes on. */
    private void callPatients() {
        for (JsonNode call = nextCall(); !call.isMissingNode(); call = nextCall()) {
            prescriber
                    .ifMatch(call.path("version").asLong())
                    .post("/api/calls/" + text(call, "id") + "/outcome", Map.of("outcome", "well"))
                    .expect(200);
        }
    }

    private JsonNode nextCall() {
        return prescriber
                .get("/api/calls?limit=1")
                .expect(200)
                .body()
                .path("items")
                .path(0);
    }

    /** Hears what this service tells from now on. */
    public EventProbe probe() {
        signNotes();
        callPatients();
        OutboxStatus outbox = context.getBean(OutboxStatus.class);
        return EventProbe.on(Topics.SCHEDULING)
                .settledWhen(() -> outbox.unsent() == 0)
                .forget();
    }

    public Instant now() {
        return clock.instant();
    }

    public LocalDate today() {
        return clock.today();
    }

    public void moveTo(Instant time) {
        if (time.isAfter(clock.instant())) {
            context.getBean(ClockSettings.class).moveTo(time);
        }
    }

    public void wait(int minutes) {
        context.getBean(ClockSettings.class).moveTo(clock.instant().plus(Duration.ofMinutes(minutes)));
    }

    // --- intake and billing
    // --------------------------------------------------------------------------------------------

    public static String newPatientId() {
        return UUID.randomUUID().toString();
    }

    public void tell(String subject, Event event) {
        try (EventSender sender = EventSender.create()) {
            sender.draft(subject, event)
                    .sequence(SEQUENCE.incrementAndGet())
                    .time(now())
                    .send();
        }
    }

    /** Cleared, consenting, with a plan of six infusions, self-paying. */
    public String readyPatient() {
        String patient = newPatientId();
        tell(patient, new IntakeEvent.PatientRegistered(patient, "ref", now()));
        tell(patient, new IntakeEvent.PatientCleared(patient, now(), today().plusDays(400), null));
        tell("con-" + patient, consentSigned(patient));
        tell("plan-" + patient, plan(patient));
        tell("est-" + patient, selfPay(patient, 6));
        await().until(() -> canBook(patient));
        return patient;
    }

    public boolean canBook(String patient) {
        Answer answer = frontDesk.get("/api/readiness/" + patient);
        return answer.status() == 200 && answer.body().path("canBook").asBoolean();
    }

    public List<String> blockers(String patient) {
        return frontDesk
                .get("/api/readiness/" + patient)
                .expect(200)
                .body()
                .path("blockers")
                .valueStream()
                .map(blocker -> blocker.path("rule").asString())
                .toList();
    }

    public IntakeEvent.ConsentSigned consentSigned(String patient) {
        return new IntakeEvent.ConsentSigned("con-" + patient, patient, "ketamine", "iv", "2026-11", now());
    }

    public IntakeEvent.ConsentWithdrawn consentWithdrawn(String patient) {
        return new IntakeEvent.ConsentWithdrawn("con-" + patient, patient, "ketamine", "iv", now());
    }

    public IntakeEvent.TreatmentPlanApproved plan(String patient) {
        return new IntakeEvent.TreatmentPlanApproved(
                "plan-" + patient,
                patient,
                1,
                "F33.2",
                "ketamine",
                "iv",
                new BigDecimal("0.5"),
                new BigDecimal("1.0"),
                6,
                1,
                14,
                21,
                "paula",
                now());
    }

    public BillingEvent.SelfPayAgreed selfPay(String patient, int sessions) {
        return new BillingEvent.SelfPayAgreed("est-" + patient, patient, sessions, Money.usd(270_000), now());
    }

    // --- the front desk
    // ------------------------------------------------------------------------------------------------

    /** Places for a whole course from tomorrow on. */
    public List<Map<String, String>> suggestion(String patient) {
        return suggestion(patient, today().plusDays(1));
    }

    public List<Map<String, String>> suggestion(String patient, LocalDate from) {
        return frontDesk
                .post("/api/courses/suggestions", Map.of("patientId", patient, "from", from.toString()))
                .expect(200)
                .body()
                .path("sessions")
                .valueStream()
                .map(session -> Map.of(
                        "startsAt", session.path("startsAt").asString(),
                        "chairId", session.path("chairId").asString(),
                        "nurseId", session.path("nurseId").asString()))
                .toList();
    }

    public Answer book(String patient, List<Map<String, String>> places) {
        return frontDesk.post("/api/courses", Map.of("patientId", patient, "sessions", places));
    }

    /** Books and answers the ids of the sessions, first first. */
    public List<String> bookedCourse(String patient) {
        return book(patient, suggestion(patient))
                .expect(201)
                .body()
                .path("sessions")
                .valueStream()
                .map(session -> session.path("id").asString())
                .toList();
    }

    /** The first session of a new course, on its day, its escort named. */
    public String sessionToday(String patient) {
        String session = bookedCourse(patient).getFirst();
        nameEscort(session);
        moveTo(Instant.parse(session(session).body().path("startsAt").asString()));
        checkHouse();
        return session;
    }

    public void nameEscort(String session) {
        act(
                        frontDesk,
                        session,
                        "escort",
                        Map.of("name", "Eva Example", "phone", "+1 212 555 0100", "relation", "sister"))
                .expect(200);
    }

    public Answer session(String session) {
        return nurse.get("/api/sessions/" + session).expect(200);
    }

    public String state(String session) {
        return session(session).body().path("state").asString();
    }

    /** Does something with the present version. */
    public Answer act(ServiceDoor who, String session, String action, Map<String, ?> body) {
        return who.ifMatch(session(session).version()).post("/api/sessions/" + session + "/" + action, body);
    }

    // --- the treatment room
    // --------------------------------------------------------------------------------------------

    public Answer vitals(String session, int systolic, int diastolic) {
        return nurse.post("/api/sessions/" + session + "/vitals", reading(now(), systolic, diastolic));
    }

    /** Time goes by with a reading every 10 min, so that none is overdue. */
    public void watch(String session, int minutes) {
        for (int gone = 0; gone < minutes; gone += 10) {
            wait(Math.min(10, minutes - gone));
            vitals(session, 126, 80).expect(201);
        }
    }

    public static Map<String, Object> reading(Instant takenAt, int systolic, int diastolic) {
        Map<String, Object> reading = new HashMap<>();
        reading.put("takenAt", takenAt.toString());
        reading.put("systolic", systolic);
        reading.put("diastolic", diastolic);
        reading.put("spo2", 98);
        reading.put("heartRate", 72);
        reading.put("respiratoryRate", 14);
        reading.put("moaas", 5);
        reading.put("cadss6", 2);
        return reading;
    }

    public static Map<String, Object> gateAnswers() {
        return Map.of(
                "fastingSolidsHours",
                8,
                "fastingLiquidsHours",
                2.5,
                "pregnancyTest",
                "not-applicable",
                "drugsChanged",
                false);
    }

    public static Map<String, Object> drawn(int vialMgPerMl, double volumeMl) {
        return Map.of("ndc", "42023-0113-10", "vialMgPerMl", vialMgPerMl, "volumeMl", volumeMl, "lot", "KET26A");
    }

    public static Map<String, Object> dischargeAnswers() {
        Map<String, Object> answers = new HashMap<>();
        answers.put("aldrete", Map.of("activity", 2, "breathing", 2, "circulation", 2, "consciousness", 2, "spo2", 2));
        answers.put("moaas", 5);
        answers.put("dissociationOver", true);
        answers.put("walksSteadily", true);
        answers.put("ivOut", true);
        answers.put("instructionsGiven", true);
        answers.put("cssrsHigh", false);
        answers.put("escortPresent", true);
        answers.put("escortIdSeenBy", "nora");
        return answers;
    }

    /** Crash cart, oxygen and AED are ready today. */
    public void checkHouse() {
        if (!nurse.get("/api/house-checks").expect(200).body().path("ready").asBoolean()) {
            for (String item : List.of("crash-cart", "oxygen", "aed")) {
                nurse.post("/api/house-checks", Map.of("item", item, "ok", true))
                        .expect(201);
            }
        }
    }

    /** From check-in through the gate. */
    public void makeReady(String session) {
        checkHouse();
        act(nurse, session, "check-in", Map.of()).expect(200);
        vitals(session, 124, 78).expect(201);
        act(nurse, session, "gate", gateAnswers()).expect(200);
    }

    /** As the service suggests it. */
    public void setPump(String session) {
        JsonNode pump = session(session).body().path("suggestedPump");
        act(
                        nurse,
                        session,
                        "pump",
                        Map.of(
                                "volumeMl", pump.path("volumeMl").decimalValue(),
                                "rateMlPerH", pump.path("rateMlPerH").decimalValue()))
                .expect(200);
    }

    /** Until the dose of 36.2 mg runs. */
    public void startDose(String session) {
        makeReady(session);
        act(prescriber, session, "order", Map.of("doseMgPerKg", 0.5, "weightKg", 72.5))
                .expect(200);
        act(nurse, session, "draw", drawn(10, 3.62)).expect(200);
        setPump(session);
        act(secondNurse, session, "second-check", Map.of()).expect(200);
        act(nurse, session, "start", Map.of()).expect(200);
    }

    public static String text(JsonNode node, String field) {
        return node.path(field).asString();
    }
}
