package clinicops.billing;

import static clinicops.billing.ClinicFixture.SESSION_CENTS;
import static clinicops.billing.ClinicFixture.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.BillingEvent.BalanceChanged;
import clinicops.contracts.BillingEvent.ClaimAdjudicated;
import clinicops.contracts.BillingEvent.ClaimSubmitted;
import clinicops.contracts.BillingEvent.SessionCharged;
import clinicops.contracts.Money;
import clinicops.contracts.SchedulingEvent.GivenDrug;
import clinicops.outbox.Ids;
import clinicops.testing.EventProbe;
import clinicops.testing.Received;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** From a reported coverage, or an agreement to pay, to a balance of zero. */
@ServiceTest(database = "billing")
class BillingJourneyTest {
    @Autowired
    private ApplicationContext context;

    private ClinicFixture clinic;

    @BeforeEach
    void openTheDoor() {
        clinic = new ClinicFixture(context);
    }

    @Test
    void bringsAnInsuredPatientToZero() {
        String patient = clinic.patient();
        String payer = clinic.payer(true);
        try (EventProbe events = clinic.listen()) {
            String coverage = clinic.coverage(patient, payer);
            events.expectExactly("billing.coverage-recorded.v1");

            Answer onFile = clinic.biller.get("/api/coverages/" + coverage).expect(200);
            assertThat(onFile.body().path("memberId").asString()).isEqualTo("W123456");
            clinic.biller
                    .ifMatch(onFile.version())
                    .put(
                            "/api/coverages/" + coverage + "/benefits",
                            Map.of(
                                    "active",
                                    true,
                                    "deductible",
                                    usd(50_000),
                                    "coinsurancePercent",
                                    20,
                                    "copay",
                                    usd(0),
                                    "authorizationRequired",
                                    true,
                                    "checkedOn",
                                    "2026-01-15"))
                    .expect(200);
            events.expectExactly("billing.benefits-checked.v1");

            String authorization = clinic.granted(patient, coverage, 2);
            events.expectExactly("billing.authorization-requested.v1", "billing.authorization-granted.v1");

            String session = Ids.next();
            clinic.others.send(session, clinic.discharge(patient, session));
            // one of two units is used up: the last one is near
            List<Received> discharged =
                    events.expectExactly("billing.authorization-running-out.v1", "billing.balance-changed.v1");
            assertThat(discharged.getLast().body(BalanceChanged.class))
                    .extracting(BalanceChanged::balance, BalanceChanged::openClaims)
                    .containsExactly(Money.usd(0), 1);
            assertThat(clinic.whyUnbilled(session)).isEqualTo("note-unsigned");
            clinic.biller.post("/api/claims", Map.of("sessionId", session)).expect(409, "note-unsigned");

            clinic.others.send(session, clinic.signature(patient, session));
            clinic.awaitUnbilled(session, "ready");
            assertThat(events.expectExactly("billing.session-charged.v1")
                            .getFirst()
                            .body(SessionCharged.class))
                    .extracting(SessionCharged::sessionId, SessionCharged::total)
                    .containsExactly(session, Money.usd(SESSION_CENTS));

            Answer claim = clinic.claim(session);
            assertThat(claim.body().path("status").asString()).isEqualTo("submitted");
            assertThat(claim.body().path("authorizationNumber").asString()).isEqualTo("A-100");
            Received submitted =
                    events.expectExactly("billing.claim-submitted.v1").getFirst();
            assertThat(submitted.key()).isEqualTo(patient);
            assertThat(submitted.body(ClaimSubmitted.class).charged()).isEqualTo(Money.usd(SESSION_CENTS));
            assertThat(clinic.whyUnbilled(session)).isEqualTo("billed");
            assertThat(clinic.account(patient)
                            .body()
                            .path("insurancePending")
                            .path("cents")
                            .asLong())
                    .isEqualTo(SESSION_CENTS);

            clinic.answer(claim, clinic.paid(30_000, 11_000, 3_999)).expect(422, "remittance-balances");
            events.expectSilence();
            Answer paid =
                    clinic.answer(claim, clinic.paid(30_000, 11_000, 4_000)).expect(200);
            assertThat(paid.body().path("status").asString()).isEqualTo("paid");
            List<Received> decided = events.expectExactly("billing.claim-adjudicated.v1", "billing.balance-changed.v1");
            assertThat(decided.getFirst().body(ClaimAdjudicated.class).patientOwes())
                    .isEqualTo(Money.usd(4_000));
            assertThat(decided.getLast().subject()).isEqualTo(patient);
            assertThat(decided.getLast().body(BalanceChanged.class))
                    .extracting(BalanceChanged::balance, BalanceChanged::openClaims)
                    .containsExactly(Money.usd(4_000), 0);

            Answer statement = clinic.biller
                    .post("/api/statements", Map.of("patientId", patient))
                    .expect(201);
            assertThat(statement.body().path("amountDue").path("cents").asLong())
                    .isEqualTo(4_000);
            events.expectExactly("billing.statement-issued.v1");

            clinic.pay(patient, 4_000).expect(201);
            events.expectExactly("billing.payment-received.v1", "billing.balance-changed.v1");
            assertThat(clinic.balance(patient)).isZero();
            assertThat(clinic.account(patient).body().path("openClaims").asInt())
                    .isZero();
            assertThat(clinic.biller
                            .get("/api/authorizations/" + authorization)
                            .body()
                            .path("unitsLeft")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void keepsADeniedClaimOpenUntilABillerGivesItUp() {
        String patient = clinic.patient();
        clinic.coverage(patient, clinic.payer(false));
        String session = clinic.session(patient);
        Answer claim = clinic.claim(session);
        String id = claim.body().path("id").asString();
        try (EventProbe events = clinic.listen()) {
            clinic.biller
                    .ifMatch(claim.version())
                    .post("/api/claims/" + id + "/write-off", Map.of("reason", "too early"))
                    .expect(409, "denied-claims-only");

            Answer denied = clinic.answer(claim, clinic.denied(SESSION_CENTS)).expect(200);
            events.expectExactly("billing.claim-denied.v1");
            assertThat(denied.body()
                            .path("answer")
                            .path("adjustments")
                            .get(0)
                            .path("reasonName")
                            .asString())
                    .isEqualTo("Not medically necessary by the payer's judgement");
            assertThat(clinic.balance(patient)).isZero();
            assertThat(clinic.account(patient).body().path("openClaims").asInt())
                    .isEqualTo(1);
            clinic.biller.post("/api/statements", Map.of("patientId", patient)).expect(409, "insurance-pending");

            clinic.biller
                    .ifMatch(claim.version())
                    .post("/api/claims/" + id + "/write-off", Map.of("reason", "appeal would cost more"))
                    .expect(412);
            clinic.biller
                    .ifMatch(denied.version())
                    .post("/api/claims/" + id + "/write-off", Map.of("reason", "appeal would cost more"))
                    .expect(200);
            Received changed =
                    events.expectExactly("billing.balance-changed.v1").getFirst();
            assertThat(changed.body(BalanceChanged.class))
                    .extracting(BalanceChanged::balance, BalanceChanged::openClaims, BalanceChanged::cause)
                    .containsExactly(Money.usd(0), 0, "write-off");
            assertThat(clinic.account(patient)
                            .body()
                            .path("entries")
                            .get(0)
                            .path("reason")
                            .asString())
                    .isEqualTo("appeal would cost more");
        }
    }

    @Test
    void chargesASelfPayPatientWhenTheNoteIsSigned() {
        String patient = clinic.patient();
        try (EventProbe events = clinic.listen()) {
            String estimate = clinic.selfPay(patient, 1);
            events.expectExactly("billing.estimate-issued.v1", "billing.self-pay-agreed.v1");

            String session = Ids.next();
            clinic.others.send(
                    session,
                    clinic.discharge(
                            patient,
                            session,
                            List.of(new GivenDrug("ondansetron", new BigDecimal("4"), clinic.now()))));
            events.expectExactly("billing.balance-changed.v1");
            clinic.others.send(session, clinic.signature(patient, session));
            Received charged = events.expectExactly("billing.balance-changed.v1", "billing.session-charged.v1")
                    .getFirst();
            long total = SESSION_CENTS + 7_500 + 4 * 350;
            assertThat(charged.body(BalanceChanged.class))
                    .extracting(BalanceChanged::balance, BalanceChanged::openClaims)
                    .containsExactly(Money.usd(total), 0);

            clinic.biller.post("/api/claims", Map.of("sessionId", session)).expect(409, "self-pay-agreed");
            Answer agreed = clinic.biller.get("/api/estimates/" + estimate).expect(200);
            assertThat(agreed.body().path("variance").path("cents").asLong()).isEqualTo(8_900);

            clinic.pay(patient, total + 1_000).expect(201);
            events.expectExactly("billing.payment-received.v1", "billing.balance-changed.v1");
            assertThat(clinic.balance(patient)).isEqualTo(-1_000);
            assertThat(clinic.account(patient)
                            .body()
                            .path("unappliedCredit")
                            .path("cents")
                            .asLong())
                    .isEqualTo(1_000);
        }
    }

    @Test
    void chargesTheSameWhenTheNoteIsHeardOfBeforeTheDischarge() {
        String patient = clinic.patient();
        clinic.selfPay(patient, 1);
        String session = Ids.next();
        try (EventProbe events = clinic.listen()) {
            clinic.others.send(session, clinic.signature(patient, session));
            clinic.awaitUnbilled(session, "not-completed");
            clinic.others.send(session, clinic.discharge(patient, session));

            Received charged = events.expectExactly("billing.balance-changed.v1", "billing.session-charged.v1")
                    .getFirst();
            assertThat(charged.body(BalanceChanged.class).balance()).isEqualTo(Money.usd(SESSION_CENTS));
            assertThat(clinic.whyUnbilled(session)).isEqualTo("billed");
        }
    }

    @Test
    void chargesOnceHoweverOftenTheDischargeIsHeardOf() {
        String patient = clinic.patient();
        clinic.selfPay(patient, 3);
        String session = Ids.next();
        try (EventProbe events = clinic.listen()) {
            var discharge = clinic.others.draft(session, clinic.discharge(patient, session));
            discharge.send();
            discharge.send();
            clinic.others.send(session, clinic.signature(patient, session));
            clinic.others.send(session, clinic.signature(patient, session));
            discharge.send();
            // told again under another id, as after a restore
            clinic.others.send(session, clinic.discharge(patient, session));

            events.expectExactly(
                    "billing.balance-changed.v1", "billing.balance-changed.v1", "billing.session-charged.v1");
            String next = Ids.next();
            clinic.others.send(next, clinic.discharge(patient, next));
            events.expectExactly("billing.balance-changed.v1");
            assertThat(clinic.balance(patient)).isEqualTo(SESSION_CENTS);
        }
    }

    @Test
    void chargesAWaitingSessionWhenAnUninsuredPatientAgreesToPay() {
        String patient = clinic.patient();
        String session = Ids.next();
        clinic.others.send(session, clinic.discharge(patient, session));
        clinic.others.send(session, clinic.signature(patient, session));
        clinic.awaitUnbilled(session, "no-coverage");
        clinic.biller.post("/api/claims", Map.of("sessionId", session)).expect(409, "no-coverage");

        clinic.selfPay(patient, 1);

        assertThat(clinic.balance(patient)).isEqualTo(SESSION_CENTS);
        assertThat(clinic.whyUnbilled(session)).isEqualTo("billed");
    }

    @Test
    void keepsACoverageWaitingForItsPayer() {
        String patient = clinic.patient();
        String payer = "N" + Ids.next().substring(24);
        try (EventProbe events = clinic.listen()) {
            String coverage = clinic.coverage(patient, payer);
            assertThat(clinic.biller
                            .get("/api/coverages?limit=200&status=unknown-payer")
                            .body()
                            .path("items")
                            .toString())
                    .contains(coverage);
            String session = Ids.next();
            clinic.others.send(session, clinic.discharge(patient, session));
            clinic.others.send(session, clinic.signature(patient, session));
            clinic.awaitUnbilled(session, "unknown-payer");
            events.expectExactly("billing.balance-changed.v1", "billing.session-charged.v1");

            clinic.enterPayer(payer, true);
            events.expectExactly("billing.coverage-recorded.v1");
            clinic.awaitUnbilled(session, "authorization-needed");

            clinic.granted(patient, coverage, 6);
            clinic.awaitUnbilled(session, "ready");
            assertThat(clinic.claim(session).body().path("authorizationNumber").asString())
                    .isEqualTo("A-100");
        }
    }

    @Test
    void replacesACoverageAndIgnoresAnOlderReport() {
        String patient = clinic.patient();
        String first = clinic.payer(false);
        String second = clinic.payer(false);
        clinic.coverage(patient, first);
        var seal = context.getBean(clinicops.chassis.ContactSeal.class);
        var changed = new clinicops.contracts.IntakeEvent.CoverageReported(
                patient, 1, second, null, seal.sealText("W9"), clinic.now());
        clinic.others.draft(patient, changed).sequence(5).send();
        await().untilAsserted(() -> assertThat(payerOf(patient)).isEqualTo(second));

        var older = new clinicops.contracts.IntakeEvent.CoverageReported(
                patient, 1, first, null, seal.sealText("W1"), clinic.now());
        clinic.others.draft(patient, older).sequence(3).send();
        String after = clinic.patient();

        assertThat(after).isNotEmpty();
        await().during(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(payerOf(patient)).isEqualTo(second));
    }

    private String payerOf(String patient) {
        return clinic.coverages(patient)
                .body()
                .path("items")
                .get(0)
                .path("payerCode")
                .asString();
    }
}
