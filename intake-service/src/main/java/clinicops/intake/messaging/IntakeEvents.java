package clinicops.intake.messaging;

import clinicops.chassis.ContactSeal;
import clinicops.contracts.ContactCard;
import clinicops.contracts.IntakeEvent;
import clinicops.intake.patient.Announcements;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientEvent;
import clinicops.intake.patient.Screening;
import clinicops.intake.patient.TreatmentPlan;
import clinicops.outbox.Outbox;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Says what happened to a patient in the words of the contracts: no names, no free text, nothing clinical but codes. */
@Component
class IntakeEvents implements Announcements {
    private final Outbox outbox;
    private final ContactSeal seal;

    IntakeEvents(Outbox outbox, ContactSeal seal) {
        this.outbox = outbox;
        this.seal = seal;
    }

    /** Neighbours about the same subject go together; the order stays. */
    @Override
    public void tell(long version, List<? extends PatientEvent> events) {
        var run = new ArrayList<IntakeEvent>();
        for (int i = 0; i < events.size(); i++) {
            PatientEvent event = events.get(i);
            run.add(contract(event));
            boolean last = i + 1 == events.size();
            if (last || !subject(events.get(i + 1)).equals(subject(event))) {
                outbox.append(subject(event), version, List.copyOf(run));
                run.clear();
            }
        }
    }

    @Override
    public void registered(List<Patient.Registration> newcomers) {
        var rows = outbox.gather();
        newcomers.forEach(newcomer -> {
            var patient = newcomer.patient();
            rows.append(
                    patient.id(),
                    patient.version(),
                    newcomer.events().stream().map(this::contract).toList());
            rows.appendContact(patient.id(), patient.version(), card(patient));
        });
        rows.store();
    }

    @Override
    public void contact(Patient patient) {
        outbox.appendContact(patient.id(), patient.version(), card(patient));
    }

    private String card(Patient patient) {
        var who = patient.demographics();
        var contact = patient.contact();
        return seal.seal(new ContactCard(
                patient.id(),
                who.givenName(),
                who.familyName(),
                contact.email(),
                contact.phone(),
                contact.language().code(),
                contact.zone()));
    }

    private static String subject(PatientEvent event) {
        return switch (event) {
            case PatientEvent.SafetyAlertRaised e -> e.alertId();
            case PatientEvent.SafetyAlertAcknowledged e -> e.alertId();
            case PatientEvent.SafetyAlertResolved e -> e.alertId();
            case PatientEvent.ConsentSigned e -> e.consent().id();
            case PatientEvent.ConsentWithdrawn e -> e.consent().id();
            case PatientEvent.PlanApproved e -> e.plan().id();
            case PatientEvent.PlanEnded e -> e.planId();
            case PatientEvent.LinkRequested e -> e.linkId();
            case PatientEvent.LinkRevoked e -> e.linkId();
            case PatientEvent.LinkFinished e -> e.linkId();
            case PatientEvent.Referred e -> e.patientId();
            case PatientEvent.Registered e -> e.patientId();
            case PatientEvent.ContactStated e -> e.patientId();
            case PatientEvent.CoverageStated e -> e.patientId();
            case PatientEvent.Merged e -> e.duplicateId();
            case PatientEvent.Unmerged e -> e.duplicateId();
            case PatientEvent.Screened e -> e.patientId();
            case PatientEvent.WorkupRecorded e -> e.workupId();
            case PatientEvent.Cleared e -> e.patientId();
            case PatientEvent.Excluded e -> e.patientId();
            case PatientEvent.Declined e -> e.patientId();
            case PatientEvent.ClearanceLapsed e -> e.patientId();
            case PatientEvent.OutcomeRecorded e -> e.assessmentId();
        };
    }

    private IntakeEvent contract(PatientEvent event) {
        return switch (event) {
            case PatientEvent.Referred(var patientId, var r) ->
                new IntakeEvent.ReferralReceived(
                        r.id(), patientId, r.indication().code(), r.urgency().code(), r.referredOn(), r.receivedAt());
            case PatientEvent.Registered(var patientId, var referralId, var at) ->
                new IntakeEvent.PatientRegistered(patientId, referralId, at);
            case PatientEvent.ContactStated(var patientId, var c, var at) ->
                new IntakeEvent.ContactPreferencesChanged(
                        patientId, c.language().code(), c.zone(), c.emailAllowed(), c.smsAllowed(), at);
            case PatientEvent.CoverageStated(var patientId, var c, var memberId, var at) ->
                new IntakeEvent.CoverageReported(
                        patientId, c.rank(), c.payerCode(), c.plan(), seal.sealText(memberId), at);
            case PatientEvent.Merged(var patientId, var duplicateId, var at) ->
                new IntakeEvent.PatientsMerged(patientId, duplicateId, at);
            case PatientEvent.Unmerged(var patientId, var duplicateId, var at, var safetyAlerts) ->
                new IntakeEvent.PatientsUnmerged(patientId, duplicateId, at, safetyAlerts);
            case PatientEvent.Screened(var patientId, var s) -> screened(patientId, s);
            case PatientEvent.SafetyAlertRaised(var patientId, var alertId, var reason, var at) ->
                new IntakeEvent.SafetyAlertRaised(alertId, patientId, reason, at);
            case PatientEvent.SafetyAlertAcknowledged(var patientId, var alertId, var by, var at) ->
                new IntakeEvent.SafetyAlertAcknowledged(alertId, patientId, by, at);
            case PatientEvent.SafetyAlertResolved(var patientId, var alertId, var outcome, var by, var at) ->
                new IntakeEvent.SafetyAlertResolved(alertId, patientId, outcome, by, at);
            case PatientEvent.WorkupRecorded(var patientId, var workupId, var kind, var finding, var takenAt, var at) ->
                new IntakeEvent.WorkupRecorded(workupId, patientId, kind, finding, takenAt, at);
            case PatientEvent.Cleared(var patientId, var at, var until, var possible) ->
                new IntakeEvent.PatientCleared(patientId, at, until, possible);
            case PatientEvent.Excluded(var patientId, var rules, var at) ->
                new IntakeEvent.PatientDeclined(patientId, "excluded", rules, at);
            case PatientEvent.Declined(var patientId, var by, var at) ->
                new IntakeEvent.PatientDeclined(patientId, "declined", List.of(by.code() + "-declined"), at);
            case PatientEvent.ClearanceLapsed(var patientId, var clearance, var why, var at) ->
                new IntakeEvent.ClearanceLapsed(patientId, clearance.code(), at, why.code());
            case PatientEvent.ConsentSigned(var patientId, var c) ->
                new IntakeEvent.ConsentSigned(
                        c.id(), patientId, c.drug(), c.route().code(), c.textVersion(), c.signedAt());
            case PatientEvent.ConsentWithdrawn(var patientId, var c, var at) ->
                new IntakeEvent.ConsentWithdrawn(
                        c.id(), patientId, c.drug(), c.route().code(), at);
            case PatientEvent.PlanApproved(var patientId, var plan) -> approved(patientId, plan);
            case PatientEvent.OutcomeRecorded e ->
                new IntakeEvent.OutcomeRecorded(
                        e.assessmentId(),
                        e.patientId(),
                        e.instrument(),
                        e.version(),
                        e.scale(),
                        e.baseline(),
                        e.value(),
                        e.response(),
                        e.remission(),
                        e.sessions(),
                        e.at());
            case PatientEvent.LinkRequested(var patientId, var linkId, var purpose, var resource, var at, var until) ->
                new IntakeEvent.LinkRequested(linkId, patientId, purpose, resource, at, until);
            case PatientEvent.LinkRevoked(var patientId, var linkId, var at) ->
                new IntakeEvent.LinkRevoked(linkId, patientId, at);
            case PatientEvent.LinkFinished(var patientId, var linkId, var purpose, var at) ->
                new IntakeEvent.LinkFinished(linkId, patientId, purpose, at);
            case PatientEvent.PlanEnded(var patientId, var planId, var why, var at) ->
                new IntakeEvent.TreatmentPlanEnded(planId, patientId, why.code(), at);
        };
    }

    private static IntakeEvent screened(String patientId, Screening s) {
        return new IntakeEvent.ScreeningCompleted(
                patientId,
                s.scores().stream()
                        .map(score ->
                                new IntakeEvent.Score(score.instrument(), score.version(), score.score(), score.band()))
                        .toList(),
                s.suicideRisk().code(),
                s.outcome().code(),
                s.ruleSetVersion(),
                s.completedAt());
    }

    private static IntakeEvent approved(String patientId, TreatmentPlan plan) {
        var t = plan.terms();
        var boosters = t.boosters();
        return new IntakeEvent.TreatmentPlanApproved(
                plan.id(),
                patientId,
                plan.revision(),
                t.diagnosisCode(),
                t.drug(),
                t.route().code(),
                t.doseLowMgPerKg(),
                t.doseHighMgPerKg(),
                t.fixedDoseMg(),
                t.sessions(),
                t.minGapDays(),
                t.courseMinDays(),
                t.courseMaxDays(),
                t.maxGapDays(),
                boosters == null ? null : boosters.fromDays(),
                boosters == null ? null : boosters.toDays(),
                plan.approvedBy(),
                plan.approvedAt());
    }
}
