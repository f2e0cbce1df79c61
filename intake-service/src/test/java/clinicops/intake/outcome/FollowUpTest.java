package clinicops.intake.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.intake.instrument.Instrument;
import clinicops.intake.instrument.InstrumentEngine;
import clinicops.intake.instrument.InstrumentEngines;
import clinicops.intake.instrument.LatestScore;
import clinicops.intake.instrument.ScaleScore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Response and remission by their published thresholds. */
class FollowUpTest {
    private final InstrumentEngine engine = InstrumentEngines.real();

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // half or more is a response, below 5 is remission
                "phq-9, 18, 9, true, false",
                "phq-9, 18, 10, false, false",
                "phq-9, 13, 7, false, false",
                "phq-9, 13, 6, true, false",
                "phq-9, 20, 5, true, false",
                "phq-9, 20, 4, true, true",
                "phq-9, 0, 4, -, true",
                "gad-7, 16, 8, true, false",
                "gad-7, 16, 4, true, true",
                // ten points are meaningful; no remission is defined
                "pcl-5, 50, 40, true, -",
                "pcl-5, 50, 41, false, -",
                "madrs, 30, 15, true, false",
                "madrs, 30, 12, true, true",
                "madrs, 30, 16, false, false",
                "pain-nrs, 10, 7, true, -",
                "pain-nrs, 10, 8, false, -",
                "phq-9, 10, 15, false, false"
            })
    void thresholdsAreAsPublished(String id, int baseline, int value, Boolean response, Boolean remission) {
        FollowUp followUp = followUp(id, baseline, value);

        assertThat(followUp.response()).isEqualTo(response);
        assertThat(followUp.remission()).isEqualTo(remission);
    }

    @Test
    void aChangeIsSaidInPointsAndInPercent() {
        assertThat(followUp("phq-9", 18, 12).change()).isEqualByComparingTo("-6");
        assertThat(followUp("phq-9", 18, 12).changePercent()).isEqualByComparingTo("-33.3");
        assertThat(followUp("phq-9", 0, 2).changePercent()).isNull();
    }

    @Property
    void whoFallsFurtherRespondsToo(
            @ForAll @IntRange(min = 1, max = 27) int baseline,
            @ForAll @IntRange(max = 27) int value,
            @ForAll @IntRange(max = 27) int lower) {
        if (lower <= value
                && Boolean.TRUE.equals(followUp("phq-9", baseline, value).response())) {
            assertThat(followUp("phq-9", baseline, lower).response()).isTrue();
        }
    }

    private FollowUp followUp(String id, int baseline, int value) {
        Instrument instrument = engine.current(id).orElseThrow();
        return FollowUp.of(
                "patient",
                score(id, baseline),
                score(id, value),
                instrument.responses().stream().findFirst().orElse(null),
                instrument.remissions().stream().findFirst().orElse(null),
                6,
                "iv",
                "F33.2");
    }

    private static LatestScore score(String id, int value) {
        return new LatestScore(
                "a" + value,
                new ScaleScore(id, "1", "total", BigDecimal.valueOf(value), null, List.of()),
                Instant.parse("2026-03-01T10:00:00Z"));
    }
}
