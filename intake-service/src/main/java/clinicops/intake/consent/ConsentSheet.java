package clinicops.intake.consent;

import clinicops.intake.patient.Consent;
import clinicops.intake.patient.Demographics;
import clinicops.intake.patient.Language;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * A signed consent on paper, in the language in which it was read: text, signature and what proves them. Written anew from
 * the kept facts whenever it is asked for. The renderer's classes are loaded with the first sheet.
 */
final class ConsentSheet {
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private final ConsentTexts.Wording wording;
    private final Consent consent;
    private final Demographics patient;
    private final byte @Nullable [] drawing;
    private final Labels labels;
    private final DateTimeFormatter time;

    private record Labels(
            String patient,
            String born,
            String signed,
            String witness,
            String ended,
            String text,
            String address,
            String drawing) {
        static Labels in(Language language) {
            return switch (language) {
                case EN ->
                    new Labels(
                            "Patient",
                            "born",
                            "Signed",
                            "Witness",
                            "Withdrawn or replaced",
                            "Text",
                            "Address (salted hash)",
                            "Signature (hash)");
                case ES ->
                    new Labels(
                            "Paciente",
                            "nacimiento",
                            "Firmado",
                            "Testigo",
                            "Retirado o sustituido",
                            "Texto",
                            "Dirección (hash con sal)",
                            "Firma (hash)");
            };
        }
    }

    ConsentSheet(
            ConsentTexts.Wording wording,
            Consent consent,
            Demographics patient,
            byte @Nullable [] drawing,
            ZoneId clinicZone) {
        this.wording = wording;
        this.consent = consent;
        this.patient = patient;
        this.drawing = drawing;
        this.labels = Labels.in(consent.language());
        this.time = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG)
                .withLocale(Locale.of(consent.language().code(), "US"))
                .withZone(clinicZone);
    }

    byte[] pdf() {
        var out = new ByteArrayOutputStream();
        try {
            new PdfRendererBuilder()
                    .useFastMode()
                    // in the file, so that every name prints on every machine
                    .useFont(() -> PDDocument.class.getResourceAsStream(FONT), "Liberation Sans")
                    // nothing is ever fetched: the sheet is whole, its one picture is in it
                    .useUriResolver((_, uri) -> uri.startsWith("data:") ? uri : null)
                    .withHtmlContent(html(), null)
                    .toStream(out)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    String html() {
        String paragraphs = wording.paragraphs().stream()
                .map(paragraph -> "<p>" + escaped(paragraph) + "</p>")
                .collect(Collectors.joining());
        String signature = drawing == null
                ? "<p class=\"typed\">" + escaped(consent.signature()) + "</p>"
                : "<img src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(drawing) + "\"/><p>"
                        + escaped(consent.signature()) + "</p>";
        Instant ended = consent.endedAt();
        return """
                <html lang="%s"><head><title>%s</title><style>
                @page { size: letter; margin: 22mm 20mm; @bottom-right { content: counter(page) "/" counter(pages); font-size: 8pt; } }
                body { font-family: "Liberation Sans"; font-size: 10.5pt; line-height: 1.4; }
                h1 { font-size: 15pt; font-weight: normal; }
                img { height: 22mm; }
                .signature { margin-top: 8mm; page-break-inside: avoid; border-top: 0.5pt solid black; padding-top: 3mm; }
                .typed { font-size: 14pt; }
                td { font-size: 8pt; padding-right: 4mm; vertical-align: top; word-wrap: break-word; }
                </style></head><body><h1>%s</h1>%s<div class="signature">%s<table>%s%s%s%s%s%s%s</table></div></body></html>""".formatted(
                        consent.language().code(),
                        escaped(wording.title()),
                        escaped(wording.title()),
                        paragraphs,
                        signature,
                        row(
                                labels.patient(),
                                patient.givenName() + " " + patient.familyName() + ", " + labels.born() + " "
                                        + patient.birthDate()),
                        row(labels.signed(), time.format(consent.signedAt())),
                        row(labels.witness(), consent.witnessedBy()),
                        ended == null ? "" : row(labels.ended(), time.format(ended)),
                        row(
                                labels.text(),
                                consent.drug() + ", " + consent.route().code() + ", " + consent.textVersion()
                                        + ", SHA-256 " + consent.textHash()),
                        row(labels.address(), consent.addressHash()),
                        consent.drawingHash() == null ? "" : row(labels.drawing(), consent.drawingHash()));
    }

    private static String row(String label, String value) {
        return "<tr><td>" + escaped(label) + "</td><td>" + escaped(value) + "</td></tr>";
    }

    /** Numeric references, since the renderer reads XML. */
    private static String escaped(String text) {
        return HtmlUtils.htmlEscapeDecimal(text);
    }
}
