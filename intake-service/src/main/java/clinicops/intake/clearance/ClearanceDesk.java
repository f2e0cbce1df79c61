package clinicops.intake.clearance;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.DueWork;
import clinicops.chassis.Role;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.intake.evaluation.Evaluations;
import clinicops.intake.patient.Clearance;
import clinicops.intake.patient.ClearanceKind;
import clinicops.intake.patient.Decline;
import clinicops.intake.patient.FindingReview;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientChanges;
import clinicops.intake.patient.Patients;
import clinicops.intake.rulebook.RuleBook;
import clinicops.intake.workup.WorkupKind;
import clinicops.intake.workup.Workups;
import clinicops.outbox.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Takes clearances and refusals, and lets clearances lapse by the business clock. */
@Component
class ClearanceDesk implements DueWork {
    private final ClearanceTerms terms;
    private final Evaluations evaluations;
    private final Workups workups;
    private final Patients patients;
    private final PatientChanges changes;
    private final Transactions transactions;
    private final BusinessClock clock;

    ClearanceDesk(
            RuleBook book,
            Evaluations evaluations,
            Workups workups,
            Patients patients,
            PatientChanges changes,
            Transactions transactions,
            BusinessClock clock) {
        this.terms = book.read("clearance-terms", ClearanceTerms.class);
        this.evaluations = evaluations;
        this.workups = workups;
        this.patients = patients;
        this.changes = changes;
        this.transactions = transactions;
        this.clock = clock;
    }

    Patient decide(String patientId, @Nullable String ifMatch, ClearanceKind kind, ClearanceRequest request) {
        Caller caller = Caller.current();
        String reason = request.reason() == null ? "" : request.reason().strip();
        if (request.decision() == ClearanceRequest.Decision.DECLINED && reason.isEmpty()) {
            throw new RuleViolation("reason-needed", "to decline takes a reason").withField("reason");
        }
        if (!request.reviews().isEmpty() && !caller.has(Role.PRESCRIBER)) {
            throw new RuleViolation("review-by-prescriber", "only a prescriber reviews findings").withField("reviewed");
        }
        String override = request.override() == null ? "" : request.override().strip();
        if (!override.isEmpty() && !caller.has(Role.PRESCRIBER)) {
            throw new RuleViolation("override-by-prescriber", "only a prescriber goes on without them")
                    .withField("override");
        }
        boolean declines = request.decision() == ClearanceRequest.Decision.DECLINED;
        String action = (declines ? "decline-" : "clear-") + kind.code();
        return changes.change(patientId, action, audited(reason, override), patient -> {
            Versions.require(ifMatch, patient.version(), patient.resource());
            Instant now = clock.instant();
            if (declines) {
                return patient.decline(new Decline(kind, caller.name(), now, reason));
            }
            var reviews = request.reviews().stream()
                    .map(r -> new FindingReview(r.finding(), r.reason().strip(), caller.name(), now))
                    .toList();
            var basis = evaluations.signed(patientId, kind).filter(e -> counts(e, now));
            var events = patient.clear(clearance(kind, caller.name(), now, basis, override), reviews);
            if (override.isEmpty()) {
                requireEvaluation(basis);
                requireWorkup(kind, patient);
            }
            return events;
        });
    }

    private static @Nullable String audited(String reason, String override) {
        if (!override.isEmpty()) {
            return "override: " + override;
        }
        return reason.isEmpty() ? null : reason;
    }

    private boolean counts(Evaluations.Signed evaluation, Instant now) {
        return evaluation
                .signedAt()
                .plus(Duration.ofDays(terms.evaluationDays()))
                .isAfter(now);
    }

    private void requireEvaluation(Optional<Evaluations.Signed> basis) {
        var evaluation = basis.orElseThrow(() -> new RuleViolation(
                "evaluation-needed",
                "an evaluation of that kind must be signed, not longer than " + terms.evaluationDays() + " days ago"));
        if (evaluation.advisesAgainst()) {
            throw new RuleViolation("evaluation-advises-against", "the signed evaluation advises against treatment");
        }
    }

    private void requireWorkup(ClearanceKind kind, Patient patient) {
        var missing = kind == ClearanceKind.MEDICAL ? workups.missing(patient) : List.<WorkupKind>of();
        if (!missing.isEmpty()) {
            throw new RuleViolation(
                    "workup-missing",
                    "the work-up lacks: "
                            + missing.stream().map(WorkupKind::code).collect(Collectors.joining(", ")));
        }
    }

    Patient revoke(String patientId, @Nullable String ifMatch, ClearanceKind kind, String reason) {
        if (kind == ClearanceKind.MEDICAL && !Caller.current().has(Role.PRESCRIBER)) {
            throw new RuleViolation("revoke-by-prescriber", "only a prescriber takes back a medical clearance");
        }
        return changes.change(patientId, "revoke-" + kind.code(), reason, patient -> {
            Versions.require(ifMatch, patient.version(), patient.resource());
            return patient.revoke(kind, clock.instant());
        });
    }

    Patient override(String patientId, @Nullable String ifMatch, String rule, String reason) {
        String by = Caller.current().name();
        return changes.change(patientId, "override-finding", rule + ": " + reason, patient -> {
            Versions.require(ifMatch, patient.version(), patient.resource());
            return patient.override(new FindingReview(rule, reason, by, clock.instant()));
        });
    }

    private Clearance clearance(
            ClearanceKind kind, String by, Instant now, Optional<Evaluations.Signed> basis, String override) {
        var until = clock.today().plusDays(terms.validDays());
        return new Clearance(
                kind,
                by,
                now,
                until,
                until.atStartOfDay(clock.clinicZone()).toInstant(),
                basis.map(Evaluations.Signed::evaluationId).orElse(null),
                override.isEmpty() ? null : override);
    }

    @Override
    public Optional<Instant> nextDueAt() {
        return patients.findFirstByClearancesExpiresAtAfterOrderByClearancesExpiresAt(Instant.EPOCH)
                .flatMap(patient ->
                        patient.clearances().stream().map(Clearance::expiresAt).min(Comparator.naturalOrder()));
    }

    /** Safe to run in several copies of the service: the later one finds nothing expired. */
    @Scheduled(fixedDelay = 500)
    void lapseWhatExpired() {
        for (var due : patients.withClearanceExpiredBy(clock.instant())) {
            transactions.run(() -> patients.forStaff(due.id()).ifPresent(patient -> {
                var events = patient.lapseClearances(clock.instant());
                if (!events.isEmpty()) {
                    changes.keep(patient, "lapse-clearance", null, events);
                }
            }));
        }
    }
}
