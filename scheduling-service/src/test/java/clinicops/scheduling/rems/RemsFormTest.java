package clinicops.scheduling.rems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinicops.chassis.RuleViolation;
import clinicops.scheduling.rems.RemsContent.Occurrence;
import clinicops.scheduling.rems.RemsContent.RemsDevice;
import clinicops.scheduling.rems.RemsContent.RemsEffect;
import clinicops.scheduling.rems.RemsContent.RemsPressure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What staff do to the monitoring form. */
class RemsFormTest {
    private static final Instant START = Instant.parse("2026-11-23T15:00:30Z");
    private static final Instant NOW = START.plus(Duration.ofHours(3));
    private static final RemsContent TOLD = content(pressure(-12, 124, 78));

    private final RemsForm form = new RemsForm("session", "patient", START, LocalDate.parse("2026-11-30"), TOLD, TOLD);

    private static RemsPressure pressure(int minute, int systolic, int diastolic) {
        return new RemsPressure(START.plus(Duration.ofMinutes(minute)), systolic, diastolic);
    }

    private static RemsContent content(RemsPressure before) {
        return content(before, pressure(41, 142, 88));
    }

    private static RemsContent content(RemsPressure before, RemsPressure after40) {
        return new RemsContent(
                new BigDecimal("56"),
                List.of(new RemsDevice("A", new BigDecimal("28"))),
                START,
                before,
                after40,
                pressure(121, 126, 80),
                new RemsEffect(Occurrence.NO, null),
                new RemsEffect(Occurrence.NO, null),
                START.plus(Duration.ofMinutes(125)),
                List.of(),
                List.of());
    }

    @Test
    void keepsWhatTheSessionToldAndWhoCorrectedIt() {
        form.complete(content(pressure(-12, 142, 78)), "nora", NOW);
        form.complete(content(pressure(-12, 134, 78)), "nick", NOW.plusSeconds(60));

        assertThat(form.content().before()).isEqualTo(pressure(-12, 134, 78));
        assertThat(form.prefilled()).isEqualTo(TOLD);
        assertThat(form.corrections())
                .containsExactly(
                        new RemsForm.RemsCorrection("before", "nora", NOW),
                        new RemsForm.RemsCorrection("before", "nick", NOW.plusSeconds(60)));
    }

    @Test
    void theSameAgainIsNoCorrection() {
        form.complete(content(pressure(-12, 124, 78)), "nora", NOW);

        assertThat(form.corrections()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "before, -12, 78, 124, pressure-order, before.systolic",
        "before, -12, 80, 80, pressure-order, before.systolic",
        "before, 5, 124, 78, reading-time, before.takenAt",
        "after40, -1, 142, 88, reading-time, after40.takenAt",
        "after40, 400, 142, 88, reading-time, after40.takenAt"
    })
    void refusesAPressureThatCantBeAndKeepsTheForm(
            String which, int minute, int systolic, int diastolic, String rule, String field) {
        RemsPressure wrong = pressure(minute, systolic, diastolic);
        RemsContent corrected = which.equals("before") ? content(wrong) : content(pressure(-12, 124, 78), wrong);

        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> form.complete(corrected, "nora", NOW))
                .satisfies(refusal -> {
                    assertThat(refusal.rule()).isEqualTo(rule);
                    assertThat(refusal.field()).isEqualTo(field);
                });

        assertThat(form.content()).isEqualTo(TOLD);
        assertThat(form.corrections()).isEmpty();
    }

    @Test
    void whatTheSessionToldIsNotJudgedAgainWithAnotherField() {
        RemsContent odd = content(pressure(-12, 80, 90));
        RemsForm oddForm = new RemsForm("session", "patient", START, LocalDate.parse("2026-11-30"), odd, odd);

        oddForm.complete(content(pressure(-12, 80, 90), pressure(41, 140, 88)), "nora", NOW);

        assertThat(oddForm.corrections())
                .extracting(RemsForm.RemsCorrection::field)
                .containsExactly("after40");
    }

    @Test
    void whatWasSentIsCorrectedNoMore() {
        form.submit("nora", NOW);

        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> form.complete(content(pressure(-12, 130, 78)), "nora", NOW))
                .satisfies(refusal -> assertThat(refusal.rule()).isEqualTo("already-submitted"));
    }
}
