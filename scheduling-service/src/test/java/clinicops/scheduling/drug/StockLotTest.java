package clinicops.scheduling.drug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.chassis.RuleViolation;
import clinicops.scheduling.drug.StockLot.Container;
import clinicops.scheduling.drug.StockLot.LotState;
import clinicops.scheduling.drug.StockLot.Supply;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A shipment from the order to its last mg. */
class StockLotTest {
    private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");

    private static StockLot ordered(Supply supply, @Nullable String patient) {
        return new StockLot(
                "lot",
                "ketamine",
                "42023-0113-10",
                Container.VIAL,
                new BigDecimal("200"),
                supply,
                patient,
                2,
                NOW,
                TODAY);
    }

    private static StockLot onSite(Supply supply, @Nullable String patient) {
        StockLot lot = ordered(supply, patient);
        lot.receive("KET26A", TODAY.plusDays(10), 2, TODAY, NOW);
        return lot;
    }

    @Test
    void isOnSiteForThisPatientOnlyWhenItCameIsFreshAndIsForThem() {
        assertThat(ordered(Supply.BUY_AND_BILL, null).serves("pat", TODAY)).isFalse();
        assertThat(onSite(Supply.BUY_AND_BILL, null).serves("pat", TODAY)).isTrue();
        assertThat(onSite(Supply.BUY_AND_BILL, null).serves("pat", TODAY.plusDays(10)))
                .isTrue();
        assertThat(onSite(Supply.BUY_AND_BILL, null).serves("pat", TODAY.plusDays(11)))
                .isFalse();
        assertThat(onSite(Supply.PHARMACY, "pat").serves("pat", TODAY)).isTrue();
        assertThat(onSite(Supply.PHARMACY, "other").serves("pat", TODAY)).isFalse();
        StockLot used = onSite(Supply.BUY_AND_BILL, null);
        used.take(new BigDecimal("400"));
        assertThat(used.state()).isEqualTo(LotState.USED);
        assertThat(used.serves("pat", TODAY)).isFalse();
    }

    @Test
    void aPharmacysShipmentIsForOneNamedPatientAndTheClinicsForNobody() {
        refused("patient-missing", () -> ordered(Supply.PHARMACY, null));
        refused("patient-named", () -> ordered(Supply.BUY_AND_BILL, "pat"));
    }

    @Test
    void comesOnceAndNotExpired() {
        StockLot lot = ordered(Supply.BUY_AND_BILL, null);
        refused("lot-expired", () -> lot.receive("OLD", TODAY, 2, TODAY, NOW));
        assertThat(lot.receive("KET26A", TODAY.plusDays(1), 1, TODAY, NOW)).isEqualByComparingTo("200");
        refused("already-received", () -> lot.receive("KET26A", TODAY.plusDays(1), 1, TODAY, NOW));
    }

    @Test
    void givesNoMoreThanIsThereAndGoesBackWhole() {
        StockLot lot = onSite(Supply.BUY_AND_BILL, null);
        refused("not-in-stock", () -> lot.take(new BigDecimal("400.1")));
        lot.take(new BigDecimal("36.2"));
        assertThat(lot.giveBack(NOW)).isEqualByComparingTo("363.8");
        refused("nothing-on-hand", () -> lot.giveBack(NOW));
    }

    private static void refused(String rule, org.assertj.core.api.ThrowableAssert.ThrowingCallable deed) {
        assertThatThrownBy(deed).isInstanceOfSatisfying(RuleViolation.class, refusal -> assertThat(refusal.rule())
                .isEqualTo(rule));
    }
}
