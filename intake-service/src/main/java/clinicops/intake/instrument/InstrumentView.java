package clinicops.intake.instrument;

import clinicops.intake.instrument.Instrument.AnsweredBy;
import clinicops.intake.instrument.Instrument.Licence;
import clinicops.intake.instrument.Instrument.Measure;
import clinicops.intake.instrument.Instrument.Skip;
import clinicops.intake.patient.Sex;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One version of one instrument, with all that is needed to ask it, score it and show its trend. */
public record InstrumentView(
        String id,
        String version,
        InstrumentText title,
        String source,
        String approver,
        @Schema(description = "ISO date") LocalDate effectiveFrom,
        Licence licence,

        @Schema(description = "Where the Spanish comes from")
        String translation,

        AnsweredBy answeredBy,

        @Schema(description = "The days that the answers are about; 0 is this moment")
        int lookBackDays,

        @Schema(description = "An answer may show danger: somebody must be there to act on it")
        boolean asksAboutSuicide,

        List<AskedItem> items,
        List<Skip> skips,
        List<ScaleView> scales,
        List<Threshold> thresholds,

        @Schema(description = "Instruments that some answer or score opens")
        List<String> opens,

        @Schema(description = "All that are kept, oldest first")
        List<String> versions) {

    /** @param required false when the instrument holds without it */
    public record AskedItem(String id, InstrumentText text, boolean required, List<Option> choices) {}

    public record Option(String code, int points, InstrumentText text) {}

    public record ScaleView(
            String id,
            @Schema(description = "sum, mean or graded") String kind,
            List<String> items,
            BigDecimal least,
            BigDecimal most,

            @Schema(description = "Rising; a band holds up to where the next begins")
            List<BandView> bands,

            List<CutView> cuts,

            @Schema(description = "Items whose points count from the other end")
            List<String> reversed,

            @Schema(description = "How many items a mean needs; null for other kinds") @Nullable
            Integer leastAnswered,

            @Schema(description = "Of a graded scale, rising: the gravest that some answer reaches is the value")
            List<LevelView> levels) {
        static ScaleView of(Scale scale, Instrument instrument) {
            var range = scale.range(instrument);
            return new ScaleView(
                    scale.id(),
                    scale.kind(),
                    scale.items(),
                    range.least(),
                    range.most(),
                    scale.bands().stream()
                            .map(band -> new BandView(band.from(), band.name()))
                            .toList(),
                    scale.cuts().stream()
                            .map(cut -> new CutView(cut.name(), cut.atLeast(), cut.sexes()))
                            .toList(),
                    scale instanceof Scale.Sum sum ? sum.reversed() : List.of(),
                    scale instanceof Scale.Mean mean ? mean.leastAnswered() : null,
                    scale instanceof Scale.Graded graded
                            ? graded.levels().stream()
                                    .map(level -> new LevelView(level.name(), level.anyOf()))
                                    .toList()
                            : List.of());
        }
    }

    public record BandView(BigDecimal from, String name) {}

    /** Values of {@code atLeast} or more reach it, for these sexes. */
    public record CutView(String name, BigDecimal atLeast, List<Sex> sexes) {}

    /** Any of these answers reaches it. */
    public record LevelView(String name, List<Instrument.Answer> anyOf) {}

    /** From where on a scale has responded, or is in remission; the published source of each. */
    public record Threshold(
            @Schema(description = "response or remission") String kind,
            String scale,

            @Schema(description = "Response: percent or points of fall since baseline; remission: points")
            Measure measure,

            @Schema(description = "Response: a fall of so much or more; remission: this value or less")
            BigDecimal value,

            String source) {}

    static InstrumentView of(Instrument of, List<String> versions) {
        return new InstrumentView(
                of.id(),
                of.version(),
                of.title(),
                of.source(),
                of.approver(),
                of.effectiveFrom(),
                of.licence(),
                of.translation(),
                of.answeredBy(),
                of.lookBackDays(),
                of.asksAboutSuicide(),
                of.items().stream()
                        .map(item -> new AskedItem(
                                item.id(),
                                item.text(),
                                item.required(),
                                of.choicesOf(item).stream()
                                        .map(choice -> new Option(choice.code(), choice.points(), choice.text()))
                                        .toList()))
                        .toList(),
                of.skips(),
                of.scales().stream().map(scale -> ScaleView.of(scale, of)).toList(),
                thresholds(of),
                of.mayOpen(),
                versions);
    }

    /** Of responses first, then of remissions. */
    public static List<Threshold> thresholds(Instrument of) {
        var responses = of.responses().stream()
                .map(r -> new Threshold("response", r.scale(), r.measure(), r.fall(), r.source()));
        var remissions = of.remissions().stream()
                .map(r -> new Threshold("remission", r.scale(), Measure.POINTS, r.atMost(), r.source()));
        return Stream.concat(responses, remissions).toList();
    }
}
