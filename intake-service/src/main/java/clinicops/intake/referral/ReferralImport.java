package clinicops.intake.referral;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.RuleViolation;
import clinicops.intake.instrument.Assessments;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientChanges;
import clinicops.intake.patient.Patients;
import clinicops.outbox.Transactions;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * Loads referrals while they arrive: a bad one is reported and stops none of the others. Good ones become patients many at once in
 * one transaction, which is what makes thousands of them fast; should one of these be there already, each is tried by itself. The
 * referrer's key makes it repeatable: what is there already is counted and left as it is.
 *
 * <p>In which form they were sent is the {@link ReferralReader}'s affair; the rules are the same for all.
 */
@Component
class ReferralImport {
    /** Few enough for a transaction of some tenths of a second. */
    private static final int AT_ONCE = 200;

    private final Patients patients;
    private final PatientChanges changes;
    private final Assessments assessments;
    private final Transactions transactions;
    private final BusinessClock clock;
    private final String phoneRegion;

    ReferralImport(
            Patients patients,
            PatientChanges changes,
            Assessments assessments,
            Transactions transactions,
            BusinessClock clock,
            @Value("${clinicops.intake.phone-region}") String phoneRegion) {
        this.patients = patients;
        this.changes = changes;
        this.assessments = assessments;
        this.transactions = transactions;
        this.clock = clock;
        this.phoneRegion = phoneRegion;
    }

    /** One sound referral of what was sent. */
    private record Sound(int line, ReferralRow row) {}

    /** @throws RuleViolation when the whole is not of the reader's form */
    ImportReport load(ReferralReader reader, InputStream document) throws IOException {
        var report = new ImportReport.Builder();
        var waiting = new ArrayList<Sound>();
        reader.read(document, sent -> {
            judge(sent, waiting, report);
            if (waiting.size() == AT_ONCE) {
                load(waiting, report);
                waiting.clear();
            }
        });
        load(waiting, report);
        return report.build();
    }

    private void judge(SentReferral sent, List<Sound> waiting, ImportReport.Builder report) {
        switch (sent) {
            case SentReferral.Unreadable unreadable -> report.rejected(unreadable.line(), unreadable.errors());
            case SentReferral.Row columns -> {
                var result = ReferralRules.judge(columns, clock.today(), phoneRegion);
                var row = result.row();
                if (row == null) {
                    report.rejected(columns.line(), result.errors());
                } else {
                    waiting.add(new Sound(columns.line(), row));
                }
            }
        }
    }

    private void load(List<Sound> sound, ImportReport.Builder report) {
        if (sound.isEmpty()) {
            return;
        }
        Map<String, String> known =
                patients
                        .broughtByAny(sound.stream()
                                .map(s -> s.row().importKey())
                                .distinct()
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(patient -> patient.referral().importKey(), Patient::id));
        Map<String, ReferralRow> unknown = sound.stream()
                .map(Sound::row)
                .filter(row -> !known.containsKey(row.importKey()))
                .collect(Collectors.toMap(
                        ReferralRow::importKey, Function.identity(), (first, _) -> first, LinkedHashMap::new));
        Map<String, String> loaded = registered(List.copyOf(unknown.values()));
        for (Sound each : sound) {
            String key = each.row().importKey();
            // a key's second referral finds the patient whom the first one brought
            String fresh = loaded.remove(key);
            if (fresh != null) {
                known.put(key, fresh);
                report.loaded(each.line(), fresh);
            } else {
                report.alreadyThere(each.line(), known.computeIfAbsent(key, this::broughtBy));
            }
        }
    }

    /** The new patients by the referrer's key; whom somebody else has brought meanwhile is not among them. */
    private Map<String, String> registered(List<ReferralRow> rows) {
        var byKey = new LinkedHashMap<String, String>();
        if (rows.isEmpty()) {
            return byKey;
        }
        try {
            var newcomers = transactions.inTransaction(() -> register(rows));
            newcomers.forEach(patient -> byKey.put(patient.referral().importKey(), patient.id()));
        } catch (DuplicateKeyException loadedMeanwhile) {
            if (rows.size() > 1) {
                rows.forEach(row -> byKey.putAll(registered(List.of(row))));
            }
        }
        return byKey;
    }

    private List<Patient> register(List<ReferralRow> rows) {
        var newcomers = changes.register(
                rows.stream().map(row -> row.registration(clock.instant())).toList(), "import-referral");
        String by = Caller.current().name();
        for (int i = 0; i < rows.size(); i++) {
            String patientId = newcomers.get(i).id();
            rows.get(i).answers().forEach(sent -> assessments.take(patientId, sent, by));
        }
        return newcomers;
    }

    private String broughtBy(String importKey) {
        return patients.broughtBy(importKey).orElseThrow().id();
    }
}
