package clinicops.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.ContactSeal;
import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.contracts.ContactCard;
import clinicops.contracts.IntakeEvent.CoverageReported;
import clinicops.contracts.IntakeEvent.PatientRegistered;
import clinicops.contracts.SchedulingEvent.GivenDrug;
import clinicops.contracts.SchedulingEvent.NoteSigned;
import clinicops.contracts.SchedulingEvent.SessionCompleted;
import clinicops.contracts.Topics;
import clinicops.outbox.Ids;
import clinicops.outbox.OutboxStatus;
import clinicops.testing.EventProbe;
import clinicops.testing.EventSender;
import clinicops.testing.TestServers;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationContext;

/** The people and the other services around billing: they call its door and send it events, nothing else. */
final class ClinicFixture {
    /** What a 40 minute infusion costs. */
    static final long SESSION_CENTS = 45_000;

    final ServiceDoor biller;
    final ServiceDoor frontDesk;
    final ServiceDoor admin;
    final EventSender others;
    private final String broker;
    private final ContactSeal seal;
    private final BusinessClock clock;
    private final OutboxStatus outbox;

    ClinicFixture(ApplicationContext context) {
        this(context, TestServers.bootstrapServers());
    }

    ClinicFixture(ApplicationContext context, String broker) {
        this.broker = broker;
        others = EventSender.at(broker);
        ServiceDoor door = ServiceDoor.of(context);
        biller = door.as("bea", Role.BILLER);
        frontDesk = door.as("frank", Role.FRONT_DESK);
        admin = door.as("ada", Role.ADMIN);
        seal = context.getBean(ContactSeal.class);
        clock = context.getBean(BusinessClock.class);
        outbox = context.getBean(OutboxStatus.class);
    }

    /** Listens to billing's events from now on; what was done before is sent first. */
    EventProbe listen() {
        await().atMost(Duration.ofSeconds(30)).until(() -> outbox.unsent() == 0);
        return EventProbe.at(broker, Topics.BILLING).settledWhen(() -> outbox.unsent() == 0);
    }

    String patient() {
        String id = Ids.next();
        others.send(id, new PatientRegistered(id, Ids.next(), now()));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> frontDesk.get("/api/balances/" + id).status() == 200);
        return id;
    }

    /** The patient's name arrives. */
    void name(String patient, String given, String family) {
        String sealed = seal.seal(new ContactCard(patient, given, family, null, null, "en", "America/New_York"));
        others.draft(Topics.CONTACT, "contact")
                .subject(patient)
                .key(patient)
                .raw(sealed)
                .send();
    }

    /** A payer with a code of its own, so that tests don't meet. */
    String payer(boolean authorizationRequired) {
        String code = "P" + Ids.next().substring(24);
        enterPayer(code, authorizationRequired);
        return code;
    }

    void enterPayer(String code, boolean authorizationRequired) {
        admin.post(
                        "/api/payers",
                        Map.of(
                                "code",
                                code,
                                "name",
                                "Payer " + code,
                                "payerClass",
                                "commercial",
                                "authorizationRequired",
                                authorizationRequired))
                .expect(201);
    }

    /** The patient reports a coverage; answers its id once billing has it. */
    String coverage(String patient, String payer) {
        return coverage(patient, payer, "W123456");
    }

    String coverage(String patient, String payer, String memberId) {
        others.send(patient, new CoverageReported(patient, 1, payer, "PPO", seal.sealText(memberId), now()));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !coverages(patient).body().path("items").isEmpty());
        return coverages(patient).body().path("items").get(0).path("id").asString();
    }

    Answer coverages(String patient) {
        return biller.get("/api/coverages?patientId=" + patient).expect(200);
    }

    String granted(String patient, String coverage, int units) {
        Answer requested = biller.post(
                        "/api/authorizations",
                        Map.of(
                                "patientId", patient,
                                "coverageId", coverage,
                                "units", units,
                                "diagnosisCode", "F33.2"))
                .expect(201);
        String id = requested.body().path("id").asString();
        biller.ifMatch(requested.version())
                .put(
                        "/api/authorizations/" + id + "/decision",
                        Map.of(
                                "decision",
                                "granted",
                                "number",
                                "A-100",
                                "units",
                                units,
                                "validFrom",
                                clock.today().minusDays(30).toString(),
                                "validTo",
                                clock.today().plusDays(60).toString()))
                .expect(200);
        return id;
    }

    String selfPay(String patient, int sessions) {
        Answer estimate = frontDesk
                .post("/api/estimates", Map.of("patientId", patient, "sessions", sessions))
                .expect(201);
        String id = estimate.body().path("id").asString();
        frontDesk
                .ifMatch(estimate.version())
                .post("/api/estimates/" + id + "/agreement", Map.of("signature", "Ana Diaz"))
                .expect(200);
        return id;
    }

    /** A 40 minute infusion that ended an hour ago. */
    SessionCompleted discharge(String patient, String session) {
        return discharge(patient, session, List.of());
    }

    SessionCompleted discharge(String patient, String session, List<GivenDrug> otherDrugs) {
        Instant start = now().minus(Duration.ofHours(3));
        return new SessionCompleted(
                session,
                "course",
                patient,
                1,
                "ketamine",
                "iv",
                "00143-9509-10",
                new BigDecimal("40.0"),
                start.minus(Duration.ofMinutes(20)),
                start,
                start.plus(Duration.ofMinutes(40)),
                start.plus(Duration.ofMinutes(110)),
                otherDrugs);
    }

    NoteSigned signature(String patient, String session) {
        return new NoteSigned(session, patient, "paula", now());
    }

    /** A session that was given and whose note is signed, as billing knows it. */
    String session(String patient) {
        String session = Ids.next();
        others.send(session, discharge(patient, session));
        others.send(session, signature(patient, session));
        awaitUnbilled(session, "ready");
        return session;
    }

    void awaitUnbilled(String session, String why) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(whyUnbilled(session)).isEqualTo(why));
    }

    /** The reason in the list of unbilled sessions; {@code billed} when it is not there. */
    String whyUnbilled(String session) {
        for (var item : biller.get("/api/unbilled-sessions?limit=200")
                .expect(200)
                .body()
                .path("items")) {
            if (item.path("sessionId").asString().equals(session)) {
                return item.path("why").asString();
            }
        }
        return "billed";
    }

    Answer claim(String session) {
        return biller.post("/api/claims", Map.of("sessionId", session)).expect(201);
    }

    Answer answer(Answer claim, Object answer) {
        return biller.ifMatch(claim.version())
                .put("/api/claims/" + claim.body().path("id").asString() + "/answer", answer);
    }

    Map<String, Object> paid(long paid, long contractual, long patientShare) {
        return answer("paid", paid, List.of(adjustment("CO", "45", contractual), adjustment("PR", "2", patientShare)));
    }

    Map<String, Object> denied(long cents) {
        return answer("denied", 0, List.of(adjustment("CO", "50", cents)));
    }

    Map<String, Object> answer(String outcome, long paid, List<Map<String, Object>> adjustments) {
        return Map.of(
                "outcome",
                outcome,
                "paid",
                usd(paid),
                "adjustments",
                adjustments,
                "payerClaimNumber",
                "PC-1",
                "decidedOn",
                clock.today().toString());
    }

    Map<String, Object> adjustment(String group, String reason, long cents) {
        return Map.of("group", group, "reason", reason, "amount", usd(cents));
    }

    static Map<String, Object> usd(long cents) {
        return Map.of("cents", cents, "currency", "USD");
    }

    Answer pay(String patient, long cents) {
        return frontDesk.post("/api/payments", Map.of("patientId", patient, "amount", usd(cents), "method", "card"));
    }

    long balance(String patient) {
        return account(patient).body().path("balance").path("cents").asLong();
    }

    Answer account(String patient) {
        return frontDesk.get("/api/balances/" + patient).expect(200);
    }

    Instant now() {
        return clock.instant();
    }
}
