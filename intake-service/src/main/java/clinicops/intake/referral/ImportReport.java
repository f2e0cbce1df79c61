package clinicops.intake.referral;

import clinicops.intake.referral.ReferralRules.RowError;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;

/** What an import did. */
record ImportReport(
        @Schema(description = "Referrals that became patients")
        int loaded,

        @Schema(
                description =
                        "Referrals whose patient an earlier import, or an earlier row or entry, had brought; left as they are")
        int alreadyThere,

        @Schema(description = "What was not loaded, each with everything that is wrong with it")
        List<Rejected> rejected,

        @Schema(description = "The patient of every referral that is there now")
        List<Loaded> patients) {
    private static final String LINE =
            "CSV: physical line, the header is line 1. FHIR: position of the Patient's entry, or of one that belongs to none; the first is 0, as in Bundle.entry[0]";

    /** @param line physical line of a CSV file, its header being line 1; position of a Bundle's entry, the first being 0 */
    record Rejected(@Schema(description = LINE) int line, List<RowError> errors) {}

    record Loaded(@Schema(description = LINE) int line, String patientId) {}

    /** Collects one by one. */
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

        ImportReport build() {
            return new ImportReport(loaded, alreadyThere, rejected, patients);
        }
    }
}
