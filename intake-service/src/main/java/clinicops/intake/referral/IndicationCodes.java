package clinicops.intake.referral;

import clinicops.intake.patient.Indication;
import clinicops.intake.rulebook.Approved;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Which diagnoses the clinic treats, and as which indication. */
record IndicationCodes(
        String id, String version, String source, String approver, LocalDate effectiveFrom, List<Group> indications)
        implements Approved {

    /** @param diagnoses ICD-10-CM: these codes, and every code that is one of them in more detail */
    record Group(Indication indication, List<String> diagnoses) {}

    /** Empty for a diagnosis that is no reason to come here. */
    Optional<Indication> of(String icd10cm) {
        return indications.stream()
                .filter(group -> group.diagnoses().stream().anyMatch(icd10cm::startsWith))
                .map(Group::indication)
                .findFirst();
    }
}
