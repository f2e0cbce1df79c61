package clinicops.intake.referral;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.RuleViolation;
import clinicops.intake.patient.Announcements;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientChanges;
import clinicops.intake.patient.Patients;
import clinicops.intake.patient.Referral;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
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
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * Loads referrals from CSV, row by row: a bad row is reported and stops none of the others, and each good row is a patient in a
 * transaction of its own. The referrer's key makes it repeatable: what is there already is counted and left as it is.
 *
 * <p>A row is one physical line. So a quote that is never closed spoils its own line only, and every line number is true.
 */
@Component
class ReferralImport {
    private static final CSVFormat ONE_LINE =
            CSVFormat.RFC4180.builder().setIgnoreSurroundingSpaces(true).get();

    private final Patients patients;
    private final PatientChanges changes;
    private final Announcements announcements;
    private final Transactions transactions;
    private final BusinessClock clock;
    private final String phoneRegion;

    ReferralImport(
            Patients patients,
            PatientChanges changes,
            Announcements announcements,
            Transactions transactions,
            BusinessClock clock,
            @Value("${clinicops.intake.phone-region}") String phoneRegion) {
        this.patients = patients;
        this.changes = changes;
        this.announcements = announcements;
        this.transactions = transactions;
        this.clock = clock;
        this.phoneRegion = phoneRegion;
    }

    /** @throws RuleViolation {@code csv-empty}, {@code csv-header} when there is nothing to read rows by */
    ImportReport load(InputStream csv) throws IOException {
        // undecodable bytes become U+FFFD, which the row's own check refuses: they must not stop the rows around them
        var lines = new Lines(new InputStreamReader(csv, StandardCharsets.UTF_8));
        List<String> header = header(lines);
        var report = new ImportReport.Builder();
        for (var line = lines.next(); line != null; line = lines.next()) {
            if (!line.text().isBlank()) {
                load(line, header, report);
            }
        }
        return report.build();
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
        var missing = new ArrayList<>(ReferralRowReader.COLUMNS);
        missing.removeAll(header);
        if (!missing.isEmpty()
                || header.size() != ReferralRowReader.COLUMNS.size()
                || new HashSet<>(header).size() != header.size()) {
            throw RuleViolation.malformed(
                    "csv-header",
                    "the first line must name each of these columns once, and no other: "
                            + String.join(",", ReferralRowReader.COLUMNS)
                            + (missing.isEmpty() ? "" : "; missing: " + String.join(",", missing)));
        }
        return header;
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private void load(Lines.Line line, List<String> header, ImportReport.Builder report) {
        if (line.tooLong()) {
            report.rejected(line.number(), "line", "too-long", "a line has at most " + Lines.LONGEST + " characters");
            return;
        }
        var fields = fields(line.text());
        if (fields.isEmpty()) {
            report.rejected(
                    line.number(), "line", "quotes", "a quote is not closed on its line, or text follows a closed one");
            return;
        }
        if (fields.get().size() != header.size()) {
            report.rejected(
                    line.number(),
                    "line",
                    "columns",
                    "has %d columns, the header has %d".formatted(fields.get().size(), header.size()));
            return;
        }
        Map<String, String> byColumn = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            byColumn.put(header.get(i), fields.get().get(i));
        }
        var result = ReferralRowReader.read(byColumn, clock.today(), phoneRegion);
        var row = result.row();
        if (row == null) {
            report.rejected(line.number(), result.errors());
        } else {
            register(line.number(), row, report);
        }
    }

    private void register(int line, ReferralRow row, ImportReport.Builder report) {
        var known = patients.broughtBy(row.importKey());
        if (known.isPresent()) {
            report.alreadyThere(line, known.get().id());
            return;
        }
        try {
            report.loaded(line, transactions.inTransaction(() -> register(row)).id());
        } catch (DuplicateKeyException loadedMeanwhile) {
            report.alreadyThere(
                    line, patients.broughtBy(row.importKey()).orElseThrow().id());
        }
    }

    private Patient register(ReferralRow row) {
        var referral = new Referral(
                Ids.next(), row.importKey(), row.indication(), row.urgency(), row.referredOn(), clock.instant());
        var registration = Patient.register(
                Ids.next(), referral, row.demographics(), row.contact(), row.coverage(), row.memberId());
        Patient patient = changes.keep(registration.patient(), "import-referral", null, registration.events());
        announcements.contact(patient);
        return patient;
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
