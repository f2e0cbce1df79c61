package clinicops.scheduling.rems;

import clinicops.scheduling.rems.RemsContent.RemsEffect;
import clinicops.scheduling.rems.RemsContent.RemsPressure;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** The form on paper. Scheduling keeps no names: the sheet carries ids; the page that is printed in the browser joins the name. */
final class RemsSheet {
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private final RemsForm form;
    private final @Nullable RemsSetting setting;
    private final @Nullable RemsEnrolment enrolment;
    private final DateTimeFormatter time;

    RemsSheet(RemsForm form, @Nullable RemsSetting setting, @Nullable RemsEnrolment enrolment, ZoneId clinicZone) {
        this.form = form;
        this.setting = setting;
        this.enrolment = enrolment;
        this.time = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(Locale.US)
                .withZone(clinicZone);
    }

    byte[] pdf() {
        var out = new ByteArrayOutputStream();
        try {
            new PdfRendererBuilder()
                    .useFastMode()
                    .useFont(() -> PDDocument.class.getResourceAsStream(FONT), "Liberation Sans")
                    // nothing is ever fetched
                    .useUriResolver((_, _) -> null)
                    .withHtmlContent(html(), null)
                    .toStream(out)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    String html() {
        RemsContent content = form.content();
        String rows = row("Setting", setting == null ? "-" : setting.number())
                + row("Patient", form.patientId())
                + row("Enrolment", enrolment == null || enrolment.number() == null ? "-" : enrolment.number())
                + row("Session", form.sessionId())
                + row("Dose", content.doseMg().stripTrailingZeros().toPlainString() + " mg")
                + row(
                        "Devices",
                        content.devices().stream()
                                .map(device ->
                                        device.mg().stripTrailingZeros().toPlainString() + " mg, lot " + device.lot())
                                .collect(Collectors.joining("; ")))
                + row("Dose began", at(content.doseStartedAt()))
                + row("Blood pressure before", pressure(content.before()))
                + row("Blood pressure about 40 min after", pressure(content.after40()))
                + row("Blood pressure before leaving", pressure(content.beforeLeaving()))
                + row("Sedation", effect(content.sedation()))
                + row("Dissociation", effect(content.dissociation()))
                + row("Ready to leave", at(content.readyToLeaveAt()))
                + row("Other sedating drugs", none(String.join(", ", content.otherSedatingDrugs())))
                + row(
                        "Serious adverse events",
                        none(content.seriousAdverseEvents().stream()
                                .map(event -> event.what() + ", " + at(event.at()))
                                .collect(Collectors.joining("; "))))
                + row("Corrected by staff", none(corrections()))
                + row("Due", form.dueOn().toString())
                + row(
                        "Submitted",
                        form.submittedAt() == null ? "not yet" : at(form.submittedAt()) + " by " + form.submittedBy());
        return """
                <html lang="en"><head><title>REMS monitoring form</title><style>
                @page { size: letter; margin: 20mm; }
                body { font-family: "Liberation Sans"; font-size: 10.5pt; line-height: 1.4; }
                h1 { font-size: 15pt; font-weight: normal; }
                td { padding: 1.5mm 6mm 1.5mm 0; vertical-align: top; border-bottom: 0.3pt solid #999999; }
                </style></head><body><h1>Esketamine REMS: monitoring form</h1><table>%s</table></body></html>""".formatted(rows);
    }

    private String corrections() {
        return form.corrections().stream()
                .map(one -> one.field() + " by " + one.by() + ", " + at(one.at()))
                .collect(Collectors.joining("; "));
    }

    private String at(@Nullable Instant moment) {
        return moment == null ? "-" : time.format(moment);
    }

    private String pressure(@Nullable RemsPressure pressure) {
        return pressure == null
                ? "-"
                : pressure.systolic() + "/" + pressure.diastolic() + " mmHg, " + at(pressure.takenAt());
    }

    private String effect(RemsEffect effect) {
        return switch (effect.occurred()) {
            case NO -> "none";
            case UNKNOWN -> "-";
            case YES -> "yes, over " + at(effect.resolvedAt());
        };
    }

    private static String none(String text) {
        return text.isEmpty() ? "none" : text;
    }

    private static String row(String label, String value) {
        return "<tr><td>" + HtmlUtils.htmlEscapeDecimal(label) + "</td><td>" + HtmlUtils.htmlEscapeDecimal(value)
                + "</td></tr>";
    }
}
