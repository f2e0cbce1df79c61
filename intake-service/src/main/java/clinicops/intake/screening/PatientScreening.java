package clinicops.intake.screening;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.intake.instrument.Assessments;
import clinicops.intake.patient.PatientChanges;
import clinicops.intake.patient.Screening;
import clinicops.intake.patient.SuicideRisk;
import clinicops.intake.safety.AlertReason;
import clinicops.intake.safety.RaisedThrough;
import clinicops.intake.safety.SafetyDesk;
import clinicops.outbox.Transactions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The transaction of a screening: the patient, and the safety alert if there is one to raise. */
@Component
class PatientScreening {
    private final Instruments instruments;
    private final Assessments assessments;
    private final Verdicts verdicts;
    private final PatientChanges changes;
    private final SafetyDesk safety;
    private final Transactions transactions;
    private final BusinessClock clock;

    PatientScreening(
            Verdicts verdicts,
            Instruments instruments,
            Assessments assessments,
            PatientChanges changes,
            SafetyDesk safety,
            Transactions transactions,
            BusinessClock clock) {
        this.verdicts = verdicts;
        this.instruments = instruments;
        this.assessments = assessments;
        this.changes = changes;
        this.safety = safety;
        this.transactions = transactions;
        this.clock = clock;
    }

    ScreeningAnswer record(String patientId, @Nullable String ifMatch, ScreeningRequest request) {
        var cssrs = request.cssrs();
        var assessment = instruments.assess(request.phq9(), cssrs == null ? null : cssrs.answers());
        var history = request.history().history();
        if (history.diastolic() >= history.systolic()) {
            throw new RuleViolation("blood-pressure-order", "the diastolic pressure must be below the systolic")
                    .withField("history.diastolic");
        }
        String takenBy = Caller.current().name();
        return transactions.inTransaction(() -> {
            var patient = changes.change(patientId, "record-screening", null, p -> {
                if (ifMatch != null || p.screening() != null) {
                    Versions.require(ifMatch, p.version(), p.resource());
                }
                safety.requireNoneOpen(p.id());
                var judged = verdicts.judge(p, history, clock.instant(), assessment.suicideRisk(), assessment.scores());
                verdicts.keep(p.id(), judged, "screening-recorded");
                return p.screen(new Screening(
                        assessment.answers(),
                        history,
                        assessment.scores(),
                        assessment.suicideRisk(),
                        judged.findings(),
                        judged.outcome(),
                        judged.ruleSetVersion(),
                        clock.instant(),
                        takenBy));
            });
            if (assessment.suicideRisk() != SuicideRisk.HIGH) {
                assessments.keepScreened(patient.id(), assessment.filled(), null, takenBy);
                return ScreeningAnswer.of(patient, Objects.requireNonNull(patient.screening()), null);
            }
            var raised = safety.raise(patient.id(), AlertReason.C_SSRS_HIGH, RaisedThrough.STAFF);
            assessments.keepScreened(patient.id(), assessment.filled(), raised.alertId(), takenBy);
            return ScreeningAnswer.of(
                    raised.patient(), Objects.requireNonNull(raised.patient().screening()), raised.alertId());
        });
    }
}
