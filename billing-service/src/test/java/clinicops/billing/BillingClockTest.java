package clinicops.billing;

import static clinicops.billing.ClinicFixture.SESSION_CENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.ClockSettings;
import clinicops.chassis.DueWork;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.BillingEvent.AuthorizationRunningOut;
import clinicops.contracts.BillingEvent.StatementIssued;
import clinicops.contracts.Money;
import clinicops.outbox.Ids;
import clinicops.testing.EventProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What the clock alone sets off: on a database of its own, because only an empty clinic becomes a demo. */
@ServiceTest(database = "billing_clock")
class BillingClockTest {
    @Autowired
    private ApplicationContext context;

    @Autowired
    private ClockSettings settings;

    @Test
    void remindsOfAnUnpaidBalanceAndOfAnAuthorizationsEnd() {
        settings.turnIntoDemo();
        ClinicFixture clinic = new ClinicFixture(context);
        String owing = clinic.patient();
        clinic.selfPay(owing, 1);
        String session = Ids.next();
        clinic.others.send(session, clinic.discharge(owing, session));
        clinic.others.send(session, clinic.signature(owing, session));
        await().untilAsserted(() -> assertThat(clinic.balance(owing)).isEqualTo(SESSION_CENTS));
        String insured = clinic.patient();
        clinic.granted(insured, clinic.coverage(insured, clinic.payer(true)), 6);

        try (EventProbe events = clinic.listen()) {
            Instant statementDue = nextDue().orElseThrow();
            assertThat(statementDue)
                    .isBetween(
                            clinic.now().plus(Duration.ofDays(6)), clinic.now().plus(Duration.ofDays(7)));
            settings.moveTo(statementDue);
            StatementIssued issued = events.expectExactly("billing.statement-issued.v1")
                    .getFirst()
                    .body(StatementIssued.class);
            assertThat(issued.amountDue()).isEqualTo(Money.usd(SESSION_CENTS));

            clinic.pay(owing, SESSION_CENTS).expect(201);
            events.expectExactly("billing.payment-received.v1", "billing.balance-changed.v1");

            settings.moveTo(nextDue().orElseThrow());
            AuthorizationRunningOut warning = events.expectExactly("billing.authorization-running-out.v1")
                    .getFirst()
                    .body(AuthorizationRunningOut.class);
            assertThat(warning.unitsLeft()).isEqualTo(6);
            assertThat(nextDue()).isEmpty();
        }
    }

    /** As the demo sees it. */
    private Optional<Instant> nextDue() {
        return context.getBeansOfType(DueWork.class).values().stream()
                .flatMap(w -> w.nextDueAt().stream())
                .min(Comparator.naturalOrder());
    }
}
