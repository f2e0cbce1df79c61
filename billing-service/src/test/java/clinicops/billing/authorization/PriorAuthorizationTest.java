package clinicops.billing.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import clinicops.chassis.RuleViolation;
import clinicops.contracts.BillingEvent.AuthorizationDenied;
import clinicops.contracts.BillingEvent.AuthorizationGranted;
import clinicops.contracts.BillingEvent.AuthorizationRequested;
import clinicops.contracts.BillingEvent.AuthorizationRunningOut;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class PriorAuthorizationTest {
    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    private static final Instant WARN_AT = Instant.parse("2026-05-25T04:00:00Z");
    private static final LocalDate FROM = LocalDate.of(2026, 3, 2);
    private static final LocalDate TO = LocalDate.of(2026, 6, 1);

    private final PriorAuthorization authorization =
            PriorAuthorization.request("auth", "patient", "coverage", "AETNA", 6, "F33.2", NOW);

    @Test
    void asksThePayer() {
        assertThat(authorization.requested())
                .containsExactly(new AuthorizationRequested("auth", "patient", "AETNA", 6, NOW));
        assertThat(authorization.hasUnitFor(FROM)).isFalse();
    }

    @Test
    void isGrantedOnce() {
        assertThat(grant(2)).isEqualTo(new AuthorizationGranted("auth", "patient", 2, FROM, TO, NOW));

        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> authorization.deny("50", NOW))
                .extracting(RuleViolation::rule)
                .isEqualTo("already-decided");
    }

    @Test
    void isDeniedWithAReason() {
        assertThat(authorization.deny("50", NOW))
                .containsExactly(new AuthorizationDenied("auth", "patient", "50", NOW));
        assertThat(authorization.hasUnitFor(FROM)).isFalse();
    }

    @Test
    void warnsOnceBeforeTheLastUnit() {
        grant(3);

        assertThat(authorization.use("s1", FROM, 1, NOW)).isEmpty();
        assertThat(authorization.use("s2", FROM, 1, NOW))
                .containsExactly(new AuthorizationRunningOut("auth", "patient", 1, TO, NOW));
        assertThat(authorization.use("s3", FROM, 1, NOW)).isEmpty();
        assertThat(authorization.unitsLeft()).isZero();
    }

    @Test
    void countsASessionOnceAndOnlyInItsDays() {
        grant(2);
        authorization.use("s1", TO, 1, NOW);

        assertThatIllegalStateException().isThrownBy(() -> authorization.use("s1", FROM, 1, NOW));
        assertThat(authorization.hasUnitFor(FROM.minusDays(1))).isFalse();
        assertThat(authorization.hasUnitFor(TO.plusDays(1))).isFalse();
        assertThat(authorization.hasUnitFor(TO)).isTrue();
    }

    @Test
    void warnsOnceBeforeItsLastDayWhileUnitsAreLeft() {
        grant(2);

        assertThat(authorization.warnOfExpiry(WARN_AT.minusMillis(1))).isEmpty();
        assertThat(authorization.warnOfExpiry(WARN_AT))
                .containsExactly(new AuthorizationRunningOut("auth", "patient", 2, TO, WARN_AT));
        assertThat(authorization.warnOfExpiry(WARN_AT)).isEmpty();
    }

    @Test
    void hasNothingToWarnOfWhenItsUnitsAreUsedUp() {
        grant(1);
        authorization.use("s1", FROM, 1, NOW);

        assertThat(authorization.warnOfExpiry(WARN_AT)).isEmpty();
    }

    @Test
    void refusesToEndBeforeItBegins() {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> new PriorAuthorization.Grant("N-1", 6, FROM, FROM.minusDays(1)))
                .extracting(RuleViolation::rule)
                .isEqualTo("valid-to-after-valid-from");
    }

    private Object grant(int units) {
        return authorization
                .grant(new PriorAuthorization.Grant("N-1", units, FROM, TO), WARN_AT, NOW)
                .getFirst();
    }
}
