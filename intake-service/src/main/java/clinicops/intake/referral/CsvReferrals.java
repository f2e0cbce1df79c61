package clinicops.intake.referral;

import clinicops.chassis.RuleViolation;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.springframework.stereotype.Component;

/**
 * Reads referrals from CSV while it arrives.
 *
 * <p>A row is one physical line. So a quote that is never closed spoils its own line only, and every line number is true.
 */
@Component
class CsvReferrals implements ReferralReader {
    private static final CSVFormat ONE_LINE =
            CSVFormat.RFC4180.builder().setIgnoreSurroundingSpaces(true).get();

    /** @throws RuleViolation {@code csv-empty}, {@code csv-header} when there is nothing to read rows by */
    @Override
    public void read(InputStream csv, Consumer<SentReferral> each) throws IOException {
        // undecodable bytes become U+FFFD, which the row's own check refuses: they must not stop the rows around them
        var lines = new Lines(new InputStreamReader(csv, StandardCharsets.UTF_8));
        List<String> header = header(lines);
        for (var line = lines.next(); line != null; line = lines.next()) {
            if (!line.text().isBlank()) {
                each.accept(referral(line, header));
            }
        }
    }

    private static List<String> header(Lines lines) throws IOException {
        var line = lines.next();
        while (line != null && withoutByteOrderMark(line.text()).isBlank()) {
            line = lines.next();
        }
        if (line == null) {
            throw RuleViolation.malformed("csv-empty", "the file is empty");
        }
        List<String> header = fields(withoutByteOrderMark(line.text())).orElseGet(List::of).stream()
                .map(String::strip)
                .toList();
        var missing = new ArrayList<>(ReferralRules.COLUMNS);
        missing.removeAll(header);
        if (!missing.isEmpty()
                || header.size() != ReferralRules.COLUMNS.size()
                || new HashSet<>(header).size() != header.size()) {
            throw RuleViolation.malformed(
                    "csv-header",
                    "the first line must name each of these columns once, and no other: "
                            + String.join(",", ReferralRules.COLUMNS)
                            + (missing.isEmpty() ? "" : "; missing: " + String.join(",", missing)));
        }
        return header;
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static SentReferral referral(Lines.Line line, List<String> header) {
        if (line.tooLong()) {
            return SentReferral.unreadable(
                    line.number(), "line", "too-long", "a line has at most " + Lines.LONGEST + " characters");
        }
        var fields = fields(line.text());
        if (fields.isEmpty()) {
            return SentReferral.unreadable(
                    line.number(), "line", "quotes", "a quote is not closed on its line, or text follows a closed one");
        }
        if (fields.get().size() != header.size()) {
            return SentReferral.unreadable(
                    line.number(),
                    "line",
                    "columns",
                    "has %d columns, the header has %d".formatted(fields.get().size(), header.size()));
        }
        Map<String, String> byColumn = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            byColumn.put(header.get(i), fields.get().get(i));
        }
        return SentReferral.row(line.number(), byColumn);
    }

    /** The fields of one line; empty when its quotes are broken. */
    private static Optional<List<String>> fields(String line) {
        try (var parser = CSVParser.parse(line, ONE_LINE)) {
            var records = parser.getRecords();
            return records.size() == 1 ? Optional.of(records.getFirst().toList()) : Optional.empty();
        } catch (IOException | UncheckedIOException brokenQuotes) {
            return Optional.empty();
        }
    }
}
