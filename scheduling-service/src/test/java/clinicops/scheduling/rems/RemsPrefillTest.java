package clinicops.scheduling.rems;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.scheduling.rems.RemsContent.Occurrence;
import clinicops.scheduling.session.AtBedside;
import clinicops.scheduling.session.DrugUse;
import clinicops.scheduling.session.SessionState;
import clinicops.scheduling.session.VitalsAnswer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the monitoring form takes from a session. */
class RemsPrefillTest {
    private static final Instant START = Instant.parse("2026-11-23T15:00:00Z");
    private static final RemsTerms TERMS = new RemsTerms(
            "rems", "test", "test", "test", LocalDate.parse("2026-11-01"), "esketamine", "nasal", 7, 40, 5);
    private static final AtBedside OVER = new AtBedside(
            "session",
            9,
            "patient",
            "nasal",
            new AtBedside.Seat("chair", "nurse"),
            SessionState.DISCHARGED,
            START.minusSeconds(1200),
            null,
            START,
            START.plusSeconds(300),
            new AtBedside.End(START.plus(Duration.ofMinutes(125))),
            null);

    private static DrugUse use(DrugUse.RescueGiven... rescues) {
        return new DrugUse(
                List.of(
                        new DrugUse.Taken("50458-0028-02", "A", new BigDecimal("28"), "nora", START),
                        new DrugUse.Taken("50458-0028-02", "B", new BigDecimal("28"), "nora", START.plusSeconds(300))),
                new BigDecimal("56"),
                START,
                List.of(rescues));
    }

    private static VitalsAnswer at(int minute, @Nullable Integer moaas, @Nullable Integer cadss6, String... doubts) {
        Instant taken = START.plus(Duration.ofMinutes(minute));
        return new VitalsAnswer(
                "r" + minute,
                taken,
                null,
                taken,
                "nora",
                "nurse",
                120 + minute,
                80,
                98,
                70,
                14,
                moaas,
                cadss6,
                List.of(doubts),
                List.of(),
                "test");
    }

    private static RemsContent form(VitalsAnswer... vitals) {
        return new RemsPrefill(TERMS).of(OVER, use(), List.of(), List.of(vitals));
    }

    @Test
    void takesThePressureBeforeNearestToFortyMinutesAndBeforeLeaving() {
        RemsContent form = form(at(-10, 5, 1), at(20, 5, 1), at(38, 5, 1), at(60, 5, 1), at(120, 5, 1));
        assertThat(form.before().systolic()).isEqualTo(110);
        assertThat(form.after40().systolic()).isEqualTo(158);
        assertThat(form.beforeLeaving().systolic()).isEqualTo(240);
        assertThat(form.missing()).isEmpty();
    }

    @Test
    void anEffectWasOverWithTheFirstReadingThatShowedItNoMoreAndStayedSo() {
        RemsContent form = form(at(-10, 5, 3), at(20, 4, 9), at(40, 5, 3), at(60, 4, 8), at(80, 5, 5), at(100, 5, 3));
        assertThat(form.sedation().resolvedAt()).isEqualTo(START.plus(Duration.ofMinutes(80)));
        // against the own baseline of 3
        assertThat(form.dissociation().resolvedAt()).isEqualTo(START.plus(Duration.ofMinutes(100)));
    }

    @Test
    void whatGoesOnOrWasNotMeasuredSomebodyHasToSay() {
        RemsContent form = form(at(-10, 5, null), at(40, 3, null));
        assertThat(form.sedation().occurred()).isEqualTo(Occurrence.YES);
        assertThat(form.dissociation().occurred()).isEqualTo(Occurrence.UNKNOWN);
        assertThat(form.missing()).contains("sedation", "dissociation");
    }

    @Test
    void readingsInDoubtCountForNothing() {
        assertThat(form(at(-10, 5, 1, "implausible")).before()).isNull();
    }

    @Test
    void namesWhatElseSedated() {
        RemsContent form = new RemsPrefill(TERMS)
                .of(
                        OVER,
                        use(new DrugUse.RescueGiven("midazolam", BigDecimal.ONE, "nora", START)),
                        List.of(),
                        List.of());
        assertThat(form.otherSedatingDrugs()).containsExactly("midazolam");
        assertThat(form.devices()).extracting(RemsContent.RemsDevice::lot).containsExactly("A", "B");
    }
}
