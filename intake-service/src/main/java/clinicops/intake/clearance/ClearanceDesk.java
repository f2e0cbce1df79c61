package clinicops.intake.clearance;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.DueWork;
import clinicops.chassis.Role;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.intake.patient.Clearance;
import clinicops.intake.patient.ClearanceKind;
import clinicops.intake.patient.Decline;
import clinicops.intake.patient.FindingReview;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientChanges;
import clinicops.intake.patient.Patients;
import clinicops.intake.rulebook.RuleBook;
import clinicops.outbox.Transactions;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Takes clearances and refusals, and lets clearances lapse by the business clock. */
@Component
class ClearanceDesk implements DueWork {
    private final ClearanceTerms terms;
    private final Patients patients;
    private final PatientChanges changes;
    private final Transactions transactions;
    private final BusinessClock clock;

    ClearanceDesk(
            RuleBook book, Patients patients, PatientChanges changes, Transactions transactions, BusinessClock clock) {
        this.terms = book.read("clearance-terms", ClearanceTerms.class);
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
        boolean declines = request.decision() == ClearanceRequest.Decision.DECLINED;
        String action = (declines ? "decline-" : "clear-") + kind.code();
        return changes.change(patientId, action, reason.isEmpty() ? null : reason, patient -> {
            Versions.require(ifMatch, patient.version(), patient.resource());
            Instant now = clock.instant();
            if (declines) {
                return patient.decline(new Decline(kind, caller.name(), now, reason));
            }
            var reviews = request.reviews().stream()
                    .map(r -> new FindingReview(r.finding(), r.reason().strip(), caller.name(), now))
                    .toList();
            return patient.clear(clearance(kind, caller.name(), now), reviews);
        });
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

    private Clearance clearance(ClearanceKind kind, String by, Instant now) {
        var until = clock.today().plusDays(terms.validDays());
        return new Clearance(
                kind, by, now, until, until.atStartOfDay(clock.clinicZone()).toInstant());
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
