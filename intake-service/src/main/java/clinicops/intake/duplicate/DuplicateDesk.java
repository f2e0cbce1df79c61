package clinicops.intake.duplicate;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.intake.patient.Judgement;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientChanges;
import clinicops.intake.patient.PatientStatus;
import clinicops.intake.patient.Patients;
import clinicops.intake.registration.Registration;
import clinicops.intake.registration.Registrations;
import clinicops.intake.registration.SectionName;
import clinicops.intake.worklist.WorkList;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Merges two patients into one, takes that back, and dismisses what only looked like one person. */
@Component
class DuplicateDesk {
    private final DuplicatePairs pairs;
    private final Mergings mergings;
    private final Patients patients;
    private final PatientChanges changes;
    private final Registrations registrations;
    private final Judgement judgement;
    private final WorkList workList;
    private final Audit audit;
    private final Transactions transactions;
    private final BusinessClock clock;

    DuplicateDesk(
            DuplicatePairs pairs,
            Mergings mergings,
            Patients patients,
            PatientChanges changes,
            Registrations registrations,
            Judgement judgement,
            WorkList workList,
            Audit audit,
            Transactions transactions,
            BusinessClock clock) {
        this.pairs = pairs;
        this.mergings = mergings;
        this.patients = patients;
        this.changes = changes;
        this.registrations = registrations;
        this.judgement = judgement;
        this.workList = workList;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    void dismiss(String pairId, String reason) {
        String by = Caller.current().name();
        transactions.run(() -> {
            var pair = pairs.forStaff(pairId).orElseThrow(() -> new NotFound("duplicate-pair", pairId));
            pair.dismiss(by, clock.instant(), reason);
            pairs.save(pair);
            audit.write("dismiss-duplicate", "duplicate-pair/" + pairId, null, pair.version(), reason);
        });
    }

    /**
     * The duplicate stays as it is, to be restored by {@link #unmerge}; the survivor gets the sections of its registration that
     * the survivor lacks. Coverage is not among them: its member id is billing's.
     */
    Patient merge(String survivorId, @Nullable String ifMatch, String duplicateId, String reason) {
        if (survivorId.equals(duplicateId)) {
            throw new RuleViolation("same-patient", "a patient can't be merged into themselves")
                    .withField("duplicateId");
        }
        String by = Caller.current().name();
        return transactions.inTransaction(() -> {
            Patient survivor = patient(survivorId);
            Versions.require(ifMatch, survivor.version(), survivor.resource());
            survivor.requireNotMerged();
            Patient duplicate = patient(duplicateId);
            requireMergeable(survivor, duplicate);
            var now = clock.instant();
            changes.keep(duplicate, "merge-patient", reason, duplicate.mergeInto(survivorId, by, now));
            mergings.save(new Merging(
                    Ids.next(),
                    survivorId,
                    duplicateId,
                    carried(survivorId, duplicateId),
                    by,
                    now,
                    reason,
                    null,
                    null));
            var open = pairs.openOf(List.of(duplicateId)).stream()
                    .map(DuplicatePair::id)
                    .toList();
            pairs.forStaff(DuplicatePair.id(survivorId, duplicateId)).ifPresent(pair -> {
                pair.merged(by, now, reason);
                pairs.save(pair);
            });
            pairs.dropOpen(open);
            return changed(survivor, "merge-in-patient", reason);
        });
    }

    /** Everything as before: the duplicate's own state, and the survivor's sections that nobody has filled anew since. */
    Patient unmerge(String survivorId, @Nullable String ifMatch, String duplicateId, String reason) {
        String by = Caller.current().name();
        return transactions.inTransaction(() -> {
            Patient survivor = patient(survivorId);
            Versions.require(ifMatch, survivor.version(), survivor.resource());
            Patient duplicate = patient(duplicateId);
            var now = clock.instant();
            var events = duplicate.unmergeFrom(survivorId, now);
            var merging = mergings.inForce(survivorId, duplicateId).orElseThrow();
            changes.keep(duplicate, "unmerge-patient", reason, events);
            mergings.save(merging.undone(by, now));
            registrations.forStaff(survivorId).ifPresent(kept -> registrations
                    .forStaff(duplicateId)
                    .filter(given -> kept.takeBack(given, merging.filled()))
                    .ifPresent(_ -> save(kept, "take-back-sections", reason)));
            pairs.forStaff(DuplicatePair.id(survivorId, duplicateId)).ifPresent(pair -> {
                pair.unmerged(by, now, reason);
                pairs.save(pair);
            });
            return changed(survivor, "unmerge-from-patient", reason);
        });
    }

    private Patient changed(Patient survivor, String action, String reason) {
        changes.keep(survivor, action, reason, List.of());
        judgement.rejudge(survivor.id(), "registration-changed");
        workList.refresh(survivor.id());
        return patient(survivor.id());
    }

    private List<SectionName> carried(String survivorId, String duplicateId) {
        var given = registrations.forStaff(duplicateId);
        if (given.isEmpty()) {
            return List.of();
        }
        Registration kept = registrations.forStaff(survivorId).orElseGet(() -> Registration.empty(survivorId));
        var filled = kept.fillGaps(given.get());
        if (!filled.isEmpty()) {
            save(kept, "fill-gaps", null);
        }
        return filled;
    }

    private void save(Registration registration, String action, @Nullable String why) {
        var saved = registrations.save(registration);
        audit.write(action, saved.resource(), saved.patientId(), saved.version(), why);
    }

    private void requireMergeable(Patient survivor, Patient duplicate) {
        boolean inDanger = duplicate.status() == PatientStatus.AWAITING_SAFETY_REVIEW || duplicate.safetyFlag();
        if (inDanger) {
            throw RuleViolation.conflict(
                    "safety-alert-open", "the duplicate may be in danger: the safety review comes first");
        }
        if (inTreatment(duplicate)) {
            throw inTreatment(survivor)
                    ? RuleViolation.conflict("both-in-treatment", "both have clearances, consents or a plan")
                    : RuleViolation.conflict(
                            "merge-other-way", "the duplicate is in treatment: merge the other into it");
        }
        if (duplicate.screening() != null && survivor.screening() == null) {
            throw RuleViolation.conflict(
                    "merge-other-way", "the duplicate was screened and the other was not: merge the other into it");
        }
    }

    private static boolean inTreatment(Patient patient) {
        return patient.plan() != null
                || !patient.clearances().isEmpty()
                || patient.consents().stream().anyMatch(consent -> consent.endedAt() == null);
    }

    private Patient patient(String id) {
        return patients.forStaff(id).orElseThrow(() -> new NotFound("patient", id));
    }
}
