package clinicops.billing.fee;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class InfusionTimeProperties {
    private final ChargeBook book = new ChargeBook();

    /** Independent of the formula: hour k after the first counts when at least 31 minutes of it ran. */
    @Property(generation = GenerationMode.EXHAUSTIVE)
    void furtherHoursAreThoseOfWhichMoreThanHalfRan(@ForAll @IntRange(min = 16, max = 599) int minutes) {
        int expected = 0;
        for (int hour = 1; minutes >= 60 * hour + 31; hour++) {
            expected++;
        }
        var start = Instant.parse("2026-03-02T14:00:00Z");
        // a begun minute does not count
        var end = start.plusSeconds(minutes * 60L + 59);

        var lines = book.charges(
                new Treatment("ketamine", "iv", null, BigDecimal.TEN, start, end, end, List.of()),
                LocalDate.of(2026, 3, 2));

        assertThat(lines.stream()
                        .filter(l -> l.code().equals("96365"))
                        .mapToInt(ChargeLine::units)
                        .sum())
                .isEqualTo(1);
        assertThat(lines.stream()
                        .filter(l -> l.code().equals("96366"))
                        .mapToInt(ChargeLine::units)
                        .sum())
                .isEqualTo(expected);
    }
}
