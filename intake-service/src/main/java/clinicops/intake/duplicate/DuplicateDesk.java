package clinicops.intake.duplicate;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.intake.outcome.OutcomeDesk;
import clinicops.intake.patient.Judgement;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientChanges;
import clinicops.intake.patient.Patients;
import clinicops.intake.registration.Registration;
import clinicops.intake.registration.Registrations;
import clinicops.intake.registration.SectionName;
import clinicops.intake.safety.SafetyDesk;
import clinicops.intake.worklist.WorkList;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Merges two patients into one, takes that back, and dismisses what only looked like one person. */
@Component
public class DuplicateDesk {
    private static final Duration LONGER_THAN_A_TRANSACTION = Duration.ofMinutes(10);

    private final DuplicatePairs pairs;
    private final Mergings mergings;
    private final Belongings belongings;
    private final Patients patients;
    private final PatientChanges changes;
    private final Registrations registrations;
    private final SafetyDesk safety;
    private final OutcomeDesk outcomes;
    private final Judgement judgement;
    private final WorkList workList;
    private final Audit audit;
    private final Transactions transactions;
    private final BusinessClock clock;

    DuplicateDesk(
            DuplicatePairs pairs,
            Mergings mergings,
            Belongings belongings,
            Patients patients,
            PatientChanges changes,
            Registrations registrations,
            SafetyDesk safety,
            OutcomeDesk outcomes,
            Judgement judgement,
            WorkList workList,
            Audit audit,
            Transactions transactions,
            BusinessClock clock) {
        this.pairs = pairs;
        this.mergings = mergings;
        this.belongings = belongings;
        this.patients = patients;
        this.changes = changes;
        this.registrations = registrations;
        this.safety = safety;
        this.outcomes = outcomes;
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
     * The duplicate stays as it is, to be restored by {@link #unmerge}; the survivor gets all that is kept of it, and the sections
     * of its registration that the survivor lacks. Coverage is not among them: its member id is billing's. What both say of their
     * health counts for the survivor's verdict from now on.
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
            survivor.takeIn(duplicate);
            safety.joinPlan(survivorId, duplicateId);
            var moved = belongings.give(duplicateId, survivorId);
            mergings.save(new Merging(
                    Ids.next(),
                    survivorId,
                    duplicateId,
                    carried(survivorId, duplicateId),
                    moved,
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
            return changed(survivor, "merge-in-patient", reason, moved);
        });
    }

    /**
     * Everything as before: the duplicate's own state and all that came with it, and the survivor's sections that nobody has
     * filled anew since. What was added to the survivor's record meanwhile stays there.
     */
    Patient unmerge(String survivorId, @Nullable String ifMatch, String duplicateId, String reason) {
        String by = Caller.current().name();
        return transactions.inTransaction(() -> {
            Patient survivor = patient(survivorId);
            Versions.require(ifMatch, survivor.version(), survivor.resource());
            Patient duplicate = patient(duplicateId);
            var now = clock.instant();
            survivor.giveUp(
                    duplicate,
                    patients.among(survivor.absorbed()).stream()
                            .filter(other -> !other.id().equals(duplicateId))
                            .toList());
            var events = duplicate.unmergeFrom(survivorId, now);
            var merging = mergings.inForce(survivorId, duplicateId).orElseThrow();
            changes.keep(duplicate, "unmerge-patient", reason, events);
            belongings.giveBack(merging.allMoved(), survivorId, duplicateId);
            safety.partPlan(survivorId, duplicateId);
            mergings.save(merging.undone(by, now));
            registrations.forStaff(survivorId).ifPresent(kept -> registrations
                    .forStaff(duplicateId)
                    .filter(given -> kept.takeBack(given, merging.filled()))
                    .ifPresent(_ -> save(kept, "take-back-sections", reason)));
            pairs.forStaff(DuplicatePair.id(survivorId, duplicateId)).ifPresent(pair -> {
                pair.unmerged(by, now, reason);
                pairs.save(pair);
            });
            madeAgain(duplicateId, merging.allMoved());
            return changed(survivor, "unmerge-from-patient", reason, List.of());
        });
    }

    /**
     * Something came for a patient, from another service or at the moment of a merging: when they were merged, it goes where the
     * rest of theirs went. Joins the caller's transaction.
     */
    public void bringAfter(String patientId) {
        String owner = patientId;
        var merge = patients.forStaff(owner).map(Patient::merge);
        while (merge.isPresent()) {
            String into = merge.get().into();
            var late = belongings.give(owner, into);
            if (!late.isEmpty()) {
                mergings.inForce(into, owner).ifPresent(merging -> mergings.save(merging.withMore(late)));
                madeAgain(into, late);
            }
            owner = into;
            merge = patients.forStaff(owner).map(Patient::merge);
        }
    }

    /** Somebody may have written for the duplicate in a transaction that did not see the merging yet. */
    @Scheduled(fixedDelay = 5000)
    void bringWhatWasWrittenMeanwhile() {
        mergings.inForceSince(clock.instant().minus(LONGER_THAN_A_TRANSACTION))
                .forEach(merging -> transactions.run(() -> bringAfter(merging.duplicateId())));
    }

    private Patient changed(Patient survivor, String action, String reason, List<Merging.Moved> came) {
        changes.keep(survivor, action, reason, List.of());
        madeAgain(survivor.id(), came);
        return patient(survivor.id());
    }

    /** All that follows from what is kept of a patient. */
    private void madeAgain(String patientId, List<Merging.Moved> came) {
        safety.tellAgain(Belongings.safetyAlertsAmong(came));
        outcomes.makeAgain(patientId);
        judgement.rejudge(patientId, "patients-merged");
        workList.refresh(patientId);
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
