package clinicops.scheduling.readiness;

import clinicops.contracts.BillingEvent;
import clinicops.contracts.Event;
import clinicops.contracts.EventCatalog;
import clinicops.contracts.IntakeEvent;
import clinicops.outbox.EventRefused;
import clinicops.outbox.Received;
import clinicops.scheduling.readiness.PatientFacts.Heard;
import clinicops.scheduling.readiness.PatientFacts.Standing;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns what intake and billing tell into {@link PatientFacts}. */
@Component
public class PatientFactsProjection {
    /** The events that readiness goes by. */
    public static final List<Class<? extends Event>> HEARD = List.of(
            IntakeEvent.ReferralReceived.class,
            IntakeEvent.PatientRegistered.class,
            IntakeEvent.CoverageReported.class,
            IntakeEvent.PatientCleared.class,
            IntakeEvent.PatientDeclined.class,
            IntakeEvent.ClearanceLapsed.class,
            IntakeEvent.ConsentSigned.class,
            IntakeEvent.ConsentWithdrawn.class,
            IntakeEvent.TreatmentPlanApproved.class,
            IntakeEvent.TreatmentPlanEnded.class,
            IntakeEvent.SafetyAlertRaised.class,
            IntakeEvent.SafetyAlertResolved.class,
            IntakeEvent.WorkupRecorded.class,
            IntakeEvent.PatientsMerged.class,
            IntakeEvent.PatientsUnmerged.class,
            BillingEvent.CoverageRecorded.class,
            BillingEvent.BenefitsChecked.class,
            BillingEvent.AuthorizationGranted.class,
            BillingEvent.AuthorizationDenied.class,
            BillingEvent.SelfPayAgreed.class);

    private final PatientFactsByPatient factsByPatient;
    private final Pulses pulses;

    PatientFactsProjection(PatientFactsByPatient factsByPatient, Pulses pulses) {
        this.factsByPatient = factsByPatient;
        this.pulses = pulses;
    }

    /**
     * Takes one event in; call inside a transaction.
     *
     * @return the facts as they are now
     */
    public PatientFacts hear(Received<? extends Event> received) {
        String patientId = received.event().patientId();
        if (patientId == null) {
            throw new EventRefused("patient-missing", "the event names no patient");
        }
        switch (received.event()) {
            case IntakeEvent.PatientsMerged e -> merge(e.patientId(), e.duplicateId(), received);
            case IntakeEvent.PatientsUnmerged e -> unmerge(e, received);
            default -> {}
        }
        PatientFacts facts = facts(patientId);
        apply(facts, received);
        return save(facts);
    }

    private PatientFacts facts(String patientId) {
        return factsByPatient.of(patientId).orElseGet(() -> new PatientFacts(patientId));
    }

    private PatientFacts save(PatientFacts facts) {
        pulses.readinessMayHaveChanged(facts.patientId());
        return factsByPatient.save(facts);
    }

    /** Who was in danger under either record is in danger. */
    private void merge(String survivor, String duplicate, Received<? extends Event> received) {
        PatientFacts gone = facts(duplicate);
        gone.hear(new PatientFacts.Merge(survivor, heard(received)));
        save(gone);
        PatientFacts goesOn = facts(survivor);
        gone.openAlerts().forEach(goesOn::hear);
        save(goesOn);
    }

    private void unmerge(IntakeEvent.PatientsUnmerged event, Received<? extends Event> received) {
        List<String> alerts = event.safetyAlerts() == null ? List.of() : event.safetyAlerts();
        PatientFacts back = facts(event.duplicateId());
        back.hear(new PatientFacts.Merge(null, heard(received)));
        save(back);
        PatientFacts other = facts(event.patientId());
        alerts.forEach(alert -> other.hear(new PatientFacts.SafetyAlert(alert, false, heard(received))));
        save(other);
    }

    private static Heard heard(Received<? extends Event> received) {
        return new Heard(received.subject(), received.sequence(), received.time());
    }

    /** @throws EventRefused {@code plan-impossible} when no course could ever follow the plan */
    static void apply(PatientFacts facts, Received<? extends Event> received) {
        Heard heard = heard(received);
        facts.heardFrom(EventCatalog.of(received.event().getClass()).owner(), received.time());
        switch (received.event()) {
            case IntakeEvent.PatientCleared e ->
                facts.hear(new PatientFacts.Clearance(Standing.CLEARED, e.validUntil(), e.pregnancyPossible(), heard));
            case IntakeEvent.PatientDeclined e ->
                facts.hear(new PatientFacts.Clearance(Standing.DECLINED, null, null, heard));
            case IntakeEvent.ClearanceLapsed e ->
                facts.hear(new PatientFacts.Clearance(Standing.LAPSED, null, null, heard));
            case IntakeEvent.ConsentSigned e -> facts.hear(new PatientFacts.Consent(e.drug(), e.route(), true, heard));
            case IntakeEvent.ConsentWithdrawn e ->
                facts.hear(new PatientFacts.Consent(e.drug(), e.route(), false, heard));
            case IntakeEvent.TreatmentPlanApproved e -> {
                Integer mostDays = e.maxGapDays();
                if (e.sessions() < (isTabletsAtHome(e) ? 0 : 1)
                        || e.minGapDays() < 0
                        || (mostDays != null && mostDays < e.minGapDays())
                        || e.courseMinDays() > e.courseMaxDays()
                        || !hasDose(e)) {
                    throw new EventRefused("plan-impossible", "no course can follow this plan");
                }
                facts.hear(new PatientFacts.Plan(
                        e.planId(),
                        e.revision(),
                        e.drug(),
                        e.route(),
                        e.doseLowMgPerKg(),
                        e.doseHighMgPerKg(),
                        e.fixedDoseMg(),
                        e.sessions(),
                        e.minGapDays(),
                        e.courseMinDays(),
                        e.courseMaxDays(),
                        mostDays,
                        boosters(e),
                        heard));
            }
            case IntakeEvent.TreatmentPlanEnded e -> facts.planEnded(e.planId());
            case IntakeEvent.SafetyAlertRaised e -> facts.hear(new PatientFacts.SafetyAlert(e.alertId(), true, heard));
            case IntakeEvent.SafetyAlertResolved e ->
                facts.hear(new PatientFacts.SafetyAlert(e.alertId(), false, heard));
            case IntakeEvent.WorkupRecorded e -> {
                if (e.kind().equals("pregnancy-test")) {
                    facts.hear(new PatientFacts.PregnancyTest(e.finding().equals("positive"), e.takenAt(), heard));
                }
            }
            case IntakeEvent.ReferralReceived e -> facts.hear(new PatientFacts.Referral(e.urgency(), heard));
            case IntakeEvent.CoverageReported e ->
                facts.hear(new PatientFacts.ReportedCoverage(e.rank(), e.payerCode(), heard));
            case BillingEvent.CoverageRecorded e ->
                facts.hear(new PatientFacts.Payer(e.coverageId(), e.rank(), e.payerCode(), e.payerClass(), heard));
            case BillingEvent.BenefitsChecked e ->
                facts.hear(new PatientFacts.Coverage(e.coverageId(), e.active(), e.authorizationRequired(), heard));
            case BillingEvent.AuthorizationGranted e ->
                facts.hear(new PatientFacts.Authorization(
                        e.authorizationId(), e.units(), e.validFrom(), e.validTo(), heard));
            case BillingEvent.AuthorizationDenied e ->
                facts.hear(new PatientFacts.Authorization(
                        e.authorizationId(), 0, LocalDate.EPOCH, LocalDate.EPOCH, heard));
            case BillingEvent.SelfPayAgreed e ->
                facts.hear(new PatientFacts.SelfPay(e.estimateId(), e.sessions(), heard));
            default -> {}
        }
    }

    private static PatientFacts.@Nullable BoosterDays boosters(IntakeEvent.TreatmentPlanApproved plan) {
        Integer from = plan.boosterFromDays();
        Integer to = plan.boosterToDays();
        return from == null || to == null || from > to ? null : new PatientFacts.BoosterDays(from, to);
    }

    /** Without a session: only a plan by mouth, whose tablets all have one strength, can do without. */
    private static boolean isTabletsAtHome(IntakeEvent.TreatmentPlanApproved plan) {
        return plan.route().equals("oral") && plan.fixedDoseMg() != null;
    }

    private static boolean hasDose(IntakeEvent.TreatmentPlanApproved plan) {
        var fixed = plan.fixedDoseMg();
        return fixed == null
                ? plan.doseLowMgPerKg().signum() > 0 && plan.doseLowMgPerKg().compareTo(plan.doseHighMgPerKg()) <= 0
                : fixed.signum() > 0;
    }
}
