package clinicops.intake.referral;

import clinicops.intake.referral.ReferralRowReader.RowError;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;

/** What an import did. */
record ImportReport(
        @Schema(description = "Rows that became patients") int loaded,

        @Schema(description = "Rows whose patient an earlier import, or an earlier row, had brought; left as they are")
        int alreadyThere,

        @Schema(description = "Rows that were not loaded, each with everything that is wrong with it")
        List<Rejected> rejected,

        @Schema(description = "The patient of every row that is there now")
        List<Loaded> patients) {

    /** @param line physical line of the file; the header is line 1 */
    record Rejected(
            @Schema(description = "Physical line; the header is line 1")
            int line,

            List<RowError> errors) {}

    record Loaded(
            @Schema(description = "Physical line; the header is line 1")
            int line,

            String patientId) {}

    /** Collects row by row. */
    static final class Builder {
        private int loaded;
        private int alreadyThere;
        private final List<Rejected> rejected = new ArrayList<>();
        private final List<Loaded> patients = new ArrayList<>();

        void loaded(int line, String patientId) {
            loaded++;
            patients.add(new Loaded(line, patientId));
        }

        void alreadyThere(int line, String patientId) {
            alreadyThere++;
            patients.add(new Loaded(line, patientId));
        }

        void rejected(int line, List<RowError> errors) {
            rejected.add(new Rejected(line, errors));
        }

        void rejected(int line, String field, String rule, String message) {
            rejected(line, List.of(new RowError(field, rule, message)));
        }

        ImportReport build() {
            return new ImportReport(loaded, alreadyThere, rejected, patients);
        }
    }
}
