package clinicops.billing.fee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import clinicops.billing.money.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChargeRulesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final Instant START = Instant.parse("2026-03-02T14:00:00Z");

    private final ChargeBook book = new ChargeBook();

    @Test
    void chargesAFortyMinuteInfusionAsItsFirstHourAndTheDrug() {
        assertThat(book.charges(infusion(40L), DAY))
                .extracting(ChargeLine::code, ChargeLine::units, ChargeLine::ndc)
                .containsExactly(tuple("96365", 1, null), tuple("J3490", 1, "00143-9509-10"));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "15"})
    void chargesAPushForUpToFifteenMinutes(long minutes) {
        assertThat(codes(infusion(minutes))).containsExactly("96374", "J3490");
    }

    @Test
    void chargesAPushWhenNoStopWasRecorded() {
        List<ChargeLine> lines = book.charges(infusion(null), DAY);

        assertThat(lines).extracting(ChargeLine::code).containsExactly("96374", "J3490");
        assertThat(lines.getFirst().why()).contains("no stop recorded");
    }

    @ParameterizedTest
    @CsvSource({"16, 0", "60, 0", "90, 0", "91, 1", "150, 1", "151, 2", "210, 2", "211, 3"})
    void countsFurtherHoursFromTheNinetyFirstMinute(long minutes, int furtherHours) {
        List<ChargeLine> lines = book.charges(infusion(minutes), DAY);

        assertThat(lines.stream()
                        .filter(l -> l.code().equals("96366"))
                        .mapToInt(ChargeLine::units)
                        .sum())
                .isEqualTo(furtherHours);
        assertThat(codes(infusion(minutes))).containsOnlyOnce("96365");
    }

    @Test
    void chargesAnInjectionIntoTheMuscle() {
        assertThat(codes(new Treatment("ketamine", "im", "00143-9509-10", mg("50"), START, null, at(90), List.of())))
                .containsExactly("96372", "J3490");
    }

    @Test
    void chargesEachPushOfAnotherDrugAndOndansetronByTheMilligram() {
        var treatment = new Treatment(
                "ketamine",
                "iv",
                "00143-9509-10",
                mg("40"),
                START,
                at(40),
                at(100),
                List.of(
                        new Treatment.Push("ondansetron", mg("4.0"), at(20)),
                        new Treatment.Push("labetalol", mg("10"), at(30)),
                        new Treatment.Push("ondansetron", mg("2.5"), at(35))));

        assertThat(book.charges(treatment, DAY))
                .extracting(ChargeLine::code, ChargeLine::units)
                .containsExactly(
                        tuple("96365", 1),
                        tuple("J3490", 1),
                        tuple("96375", 1),
                        tuple("J2405", 4),
                        tuple("96375", 1),
                        tuple("96375", 1),
                        tuple("J2405", 3));
    }

    @Test
    void saysThatNoNdcWasScanned() {
        var treatment = new Treatment("ketamine", "iv", null, mg("40"), START, at(40), at(100), List.of());

        assertThat(book.charges(treatment, DAY).getLast().why()).contains("no NDC scanned");
    }

    @Test
    void namesTheVersionOfTheRulesAndOfTheFees() {
        ChargeLine line = book.charges(infusion(40L), DAY).getFirst();

        assertThat(line.rules()).isEqualTo("charge-rules 2025.1");
        assertThat(line.fees()).isEqualTo("fee-schedule 2025.1");
        assertThat(line.amount()).isEqualTo(new Usd(32_500));
    }

    @Test
    void knowsNoChargeForNasalSprayOrBeforeTheFirstRules() {
        assertThat(book.charges(
                        new Treatment("esketamine", "nasal", null, mg("56"), START, at(10), at(130), List.of()), DAY))
                .isEmpty();
        assertThat(book.charges(infusion(40L), LocalDate.of(2024, 12, 31))).isEmpty();
    }

    @Test
    void refusesADoseThatEndsBeforeItStarts() {
        assertThatIllegalArgumentException().isThrownBy(() -> infusion(-1L));
    }

    private List<String> codes(Treatment treatment) {
        return book.charges(treatment, DAY).stream().map(ChargeLine::code).toList();
    }

    private static Treatment infusion(@Nullable Long minutes) {
        return new Treatment(
                "ketamine",
                "iv",
                "00143-9509-10",
                mg("40"),
                START,
                minutes == null ? null : at(minutes),
                at(700),
                List.of());
    }

    private static Instant at(long minutes) {
        return START.plusSeconds(minutes * 60);
    }

    private static BigDecimal mg(String amount) {
        return new BigDecimal(amount);
    }
}
