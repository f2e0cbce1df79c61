package clinicops.billing;

import static clinicops.billing.ClinicFixture.SESSION_CENTS;
import static clinicops.billing.ClinicFixture.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.ContactSeal;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.ContactCard;
import clinicops.contracts.SchedulingEvent.SessionCompleted;
import clinicops.contracts.Topics;
import clinicops.outbox.DeadLetters;
import clinicops.outbox.Ids;
import clinicops.testing.EventProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What goes wrong at the door and on the topics, and that nothing is half-written then. */
@ServiceTest(database = "billing")
class BillingRefusalsTest {
    @Autowired
    private ApplicationContext context;

    private ClinicFixture clinic;

    @BeforeEach
    void openTheDoor() {
        clinic = new ClinicFixture(context);
    }

    @Test
    void refusesAnotherPatientsCoverage() {
        String mine = clinic.patient();
        String theirs = clinic.patient();
        String coverage = clinic.coverage(theirs, clinic.payer(true));
        try (EventProbe events = clinic.listen()) {
            clinic.biller
                    .post(
                            "/api/authorizations",
                            Map.of("patientId", mine, "coverageId", coverage, "units", 6, "diagnosisCode", "F33.2"))
                    .expect(404);
            events.expectSilence();
        }
        assertThat(clinic.biller
                        .get("/api/authorizations?patientId=" + mine)
                        .body()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void takesMoneyOnceForManyPaymentsWithOneKey() throws Exception {
        String patient = clinic.patient();
        String key = Ids.next();
        Callable<Answer> pay = () -> clinic.frontDesk
                .with("Idempotency-Key", key)
                .post("/api/payments", Map.of("patientId", patient, "amount", usd(2_500), "method", "cash"));
        try (EventProbe events = clinic.listen();
                var counter = Executors.newVirtualThreadPerTaskExecutor()) {
            var paid = new ArrayList<String>();
            for (var each : counter.invokeAll(List.of(pay, pay, pay, pay, pay, pay))) {
                Answer answer = each.get();
                // whoever meets the first one still at work is told to come again
                if (answer.status() != 409) {
                    paid.add(answer.expect(201).body().path("id").asString());
                }
            }
            assertThat(paid).isNotEmpty();
            assertThat(paid.stream().distinct()).hasSize(1);
            assertThat(pay.call().expect(201).body().path("id").asString()).isEqualTo(paid.getFirst());
            events.expectExactly("billing.payment-received.v1", "billing.balance-changed.v1");
        }
        assertThat(clinic.balance(patient)).isEqualTo(-2_500);
        clinic.frontDesk
                .with("Idempotency-Key", key)
                .post("/api/payments", Map.of("patientId", patient, "amount", usd(2_600), "method", "cash"))
                .expect(422, "idempotency-key-reuse");
    }

    @Test
    void takesConcurrentPaymentsOfOnePatientAllToTheirAccount() throws Exception {
        String patient = clinic.patient();
        Callable<Answer> pay = () -> clinic.pay(patient, 1_000);
        try (var counter = Executors.newVirtualThreadPerTaskExecutor()) {
            long taken = 0;
            for (var each : counter.invokeAll(List.of(pay, pay, pay, pay))) {
                Answer answer = each.get();
                assertThat(answer.status()).isIn(201, 409, 503);
                taken += answer.status() == 201 ? 1 : 0;
            }
            assertThat(clinic.balance(patient)).isEqualTo(-1_000 * taken);
            assertThat(taken).isPositive();
        }
    }

    @Test
    void undoesAPaymentWithAReason() {
        String patient = clinic.patient();
        Answer payment = clinic.pay(patient, 5_000).expect(201);
        String reversal = "/api/payments/" + payment.body().path("id").asString() + "/reversal";

        clinic.biller.post(reversal, Map.of("reason", "the check bounced")).expect(428);
        Answer reversed = clinic.biller
                .ifMatch(payment.version())
                .post(reversal, Map.of("reason", "the check bounced"))
                .expect(200);
        assertThat(clinic.balance(patient)).isZero();
        clinic.biller
                .ifMatch(reversed.version())
                .post(reversal, Map.of("reason", "again"))
                .expect(409, "already-reversed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'patientId':'P','amount':{'cents':10.5,'currency':'USD'},'method':'card'} | amount.cents",
                "{'patientId':'P','amount':{'cents':10.0,'currency':'USD'},'method':'card'} | amount.cents",
                "{'patientId':'P','amount':{'cents':'10','currency':'USD'},'method':'card'} | amount.cents",
                "{'patientId':'P','amount':{'cents':1000,'currency':'EUR'},'method':'card'} | amount.currency",
                "{'patientId':'P','amount':{'cents':-1,'currency':'USD'},'method':'card'}   | amount.cents",
                "{'patientId':'P','amount':{'cents':99999999999,'currency':'USD'},'method':'card'} | amount.cents",
                "{'patientId':'P','amount':{'currency':'USD'},'method':'card'}              | amount.cents",
                "{'patientId':'P','amount':null,'method':'card'}                            | amount",
                "{'patientId':'P','amount':{'cents':1000,'currency':'USD'},'method':'gold'} | method",
                "{'patientId':'P','amount':{'cents':1000,'currency':'USD'}}                 | method",
                "{'amount':{'cents':1000,'currency':'USD'},'method':'card'}                 | patientId",
                "{'patientId':'P','amount':{'cents':1000,'currency':'USD'},'method':'card','note':'x'} | note",
            })
    void refusesAMalformedPaymentNamingTheField(String body, String field) {
        String patient = clinic.patient();

        Answer answer =
                clinic.frontDesk.post("/api/payments", body.replace('\'', '"').replace("\"P\"", "\"" + patient + "\""));

        answer.expect(400);
        assertThat(answer.body().path("errors").toString()).contains("\"" + field + "\"");
        assertThat(clinic.balance(patient)).isZero();
    }

    @Test
    void refusesAPaymentOfNothingAndOfNobody() {
        clinic.pay(clinic.patient(), 0).expect(422, "payment-positive");
        clinic.pay(Ids.next(), 1_000).expect(404);
    }

    @Test
    void refusesAnIncompleteOrUnexplainedDecision() {
        String patient = clinic.patient();
        String coverage = clinic.coverage(patient, clinic.payer(true));
        Answer requested = clinic.biller
                .post(
                        "/api/authorizations",
                        Map.of("patientId", patient, "coverageId", coverage, "units", 6, "diagnosisCode", "F33.2"))
                .expect(201);
        String decision = "/api/authorizations/" + requested.body().path("id").asString() + "/decision";
        var door = clinic.biller.ifMatch(requested.version());

        assertThat(door.put(decision, Map.of("decision", "granted", "number", "A-1", "units", 6))
                        .expect(422, "decision-complete")
                        .field())
                .isEqualTo("validFrom");
        door.put(
                        decision,
                        Map.of(
                                "decision", "granted",
                                "number", "A-1",
                                "units", 6,
                                "validFrom", "2026-05-02",
                                "validTo", "2026-05-01"))
                .expect(422, "valid-to-after-valid-from");
        door.put(decision, Map.of("decision", "denied", "reason", "999")).expect(422, "reason-code-known");
        door.put(decision, Map.of("decision", "perhaps")).expect(400);
        clinic.biller
                .put(decision, Map.of("decision", "denied", "reason", "50"))
                .expect(428);

        Answer denied =
                door.put(decision, Map.of("decision", "denied", "reason", "50")).expect(200);
        clinic.biller
                .ifMatch(denied.version())
                .put(decision, Map.of("decision", "denied", "reason", "50"))
                .expect(409, "already-decided");
    }

    @Test
    void refusesAnAnswerWithAnUnknownReasonOrASecondOne() {
        String patient = clinic.patient();
        clinic.coverage(patient, clinic.payer(false));
        Answer claim = clinic.claim(clinic.session(patient));

        Answer unknown = clinic.answer(
                claim, clinic.answer("paid", 30_000, List.of(clinic.adjustment("CO", "9999", SESSION_CENTS - 30_000))));
        unknown.expect(422, "reason-code-known");
        assertThat(unknown.field()).isEqualTo("adjustments[0].reason");

        Answer paid = clinic.answer(claim, clinic.answer("paid", SESSION_CENTS, List.of()))
                .expect(200);
        clinic.answer(claim, clinic.denied(SESSION_CENTS)).expect(412);
        clinic.answer(paid, clinic.denied(SESSION_CENTS)).expect(409, "already-answered");
        clinic.biller
                .post(
                        "/api/claims",
                        Map.of("sessionId", claim.body().path("sessionId").asString()))
                .expect(409, "already-claimed");
        clinic.biller.post("/api/claims", Map.of("sessionId", Ids.next())).expect(404);
    }

    @Test
    void refusesAPayerTwiceAndAClassThatIsNone() {
        String code = clinic.payer(false);
        clinic.admin
                .post(
                        "/api/payers",
                        Map.of("code", code, "name", "x", "payerClass", "commercial", "authorizationRequired", false))
                .expect(409, "payer-exists");
        clinic.admin
                .post(
                        "/api/payers",
                        Map.of("code", "ZZ", "name", "x", "payerClass", "friendly", "authorizationRequired", false))
                .expect(400);
        clinic.biller.get("/api/claims?status=lost").expect(400);
        clinic.biller.get("/api/claims?limit=0").expect(400);
        clinic.biller.get("/api/claims?cursor=%C3%A4%C3%B6").expect(400);
    }

    @Test
    void layWhatCanNeverBeHandledAsideAndGoesOn() {
        String patient = clinic.patient();
        clinic.selfPay(patient, 1);
        String session = Ids.next();
        SessionCompleted good = clinic.discharge(patient, session);
        DeadLetters dead = context.getBean(DeadLetters.class);
        int before = dead.list(null, null, 200).size();

        clinic.others
                .draft(Topics.SCHEDULING, "scheduling.session-completed.v1")
                .subject(session)
                .key(patient)
                .raw("{\"sessionId\": [")
                .send();
        clinic.others.send(
                session,
                new SessionCompleted(
                        session,
                        good.courseId(),
                        patient,
                        1,
                        good.drug(),
                        good.route(),
                        good.ndc(),
                        good.doseMg(),
                        good.checkedInAt(),
                        good.doseStartedAt(),
                        good.doseStartedAt().minusSeconds(60),
                        good.dischargedAt(),
                        List.of()));
        clinic.others
                .draft(Topics.SCHEDULING, "scheduling.session-teleported.v1")
                .key(patient)
                .send();
        clinic.others.send(session, good);
        clinic.others.send(session, clinic.signature(patient, session));

        await().untilAsserted(() -> assertThat(clinic.balance(patient)).isEqualTo(SESSION_CENTS));
        assertThat(dead.list(null, null, 200)).hasSize(before + 3);
    }

    @Test
    void namesTheAddresseeOfAStatementUntilThePatientIsForgotten() {
        String patient = clinic.patient();
        var card = new ContactCard(patient, "Ana", "Diaz", null, null, "en", "America/New_York");
        String sealed = context.getBean(ContactSeal.class).seal(card);
        clinic.others
                .draft(Topics.CONTACT, "contact")
                .subject(patient)
                .key(patient)
                .raw(sealed)
                .send();
        clinic.selfPay(patient, 1);
        String session = Ids.next();
        clinic.others.send(session, clinic.discharge(patient, session));
        clinic.others.send(session, clinic.signature(patient, session));
        await().untilAsserted(() -> assertThat(clinic.balance(patient)).isEqualTo(SESSION_CENTS));
        String statement = clinic.biller
                .post("/api/statements", Map.of("patientId", patient))
                .expect(201)
                .body()
                .path("id")
                .asString();

        await().untilAsserted(() -> assertThat(addressee(statement)).isEqualTo("Ana Diaz"));
        clinic.others
                .draft(Topics.CONTACT, "contact")
                .subject(patient)
                .key(patient)
                .sequence(2)
                .tombstone()
                .send();
        await().untilAsserted(() -> assertThat(addressee(statement)).isEmpty());
    }

    private String addressee(String statement) {
        return clinic.biller
                .get("/api/statements/" + statement)
                .expect(200)
                .body()
                .path("addressee")
                .asString("");
    }
}
