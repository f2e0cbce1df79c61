package clinicops.intake.safety;

import clinicops.chassis.RuleViolation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What a patient does when thoughts of suicide come, step by step, agreed with a clinician while they are well enough: the
 * six steps of Stanley and Brown's safety planning intervention, in the clinic's own words.
 *
 * <p>A revision is a draft until the patient signs it, and a draft is simply written over. A signed revision is never changed:
 * what is written after it is the next one. A plan can be signed only when every step is filled and it was gone through with
 * the patient.
 */
@Document("safetyPlans")
class SafetyPlan {
    @Id
    private final String patientId;

    @Version
    private long version;

    private Revision present;
    private List<Revision> former;

    /** Somebody to turn to; {@code phone} as the patient says it, null when they need none. */
    record Person(String name, @Nullable String phone) {}

    /**
     * The six steps.
     *
     * @param warningSigns how the patient notices that a crisis may come
     * @param copingStrategies what they can do alone
     * @param peopleAndPlaces what takes their mind off it
     * @param peopleToAsk family or friends whom they can ask for help
     * @param professionals clinicians and crisis lines
     * @param meansSafety how the surroundings are made safe
     */
    record Steps(
            List<String> warningSigns,
            List<String> copingStrategies,
            List<String> peopleAndPlaces,
            List<Person> peopleToAsk,
            List<Person> professionals,
            List<String> meansSafety) {}

    /**
     * The plan as it stood.
     *
     * @param signature the patient's name as they typed it; null while it is a draft
     * @param writtenBy username
     */
    record Revision(
            int number,
            Steps steps,
            boolean reviewedWithPatient,
            boolean copyGiven,
            @Nullable String signature,
            String writtenBy,
            Instant writtenAt) {
        boolean signed() {
            return signature != null;
        }
    }

    @PersistenceCreator
    SafetyPlan(String patientId, long version, Revision present, List<Revision> former) {
        this.patientId = patientId;
        this.version = version;
        this.present = present;
        this.former = former;
    }

    static SafetyPlan first(
            String patientId,
            Steps steps,
            boolean reviewedWithPatient,
            boolean copyGiven,
            @Nullable String signature,
            String by,
            Instant now) {
        return new SafetyPlan(
                patientId, 0, checked(1, steps, reviewedWithPatient, copyGiven, signature, by, now), List.of());
    }

    void write(
            Steps steps,
            boolean reviewedWithPatient,
            boolean copyGiven,
            @Nullable String signature,
            String by,
            Instant now) {
        int number = present.signed() ? present.number() + 1 : present.number();
        Revision next = checked(number, steps, reviewedWithPatient, copyGiven, signature, by, now);
        if (present.signed()) {
            var kept = new ArrayList<>(former);
            kept.add(present);
            former = List.copyOf(kept);
        }
        present = next;
    }

    /** What was agreed with one person under two ids, as one plan: the latest revision is the present one, whoever's it was. */
    static SafetyPlan joined(String patientId, Optional<SafetyPlan> own, SafetyPlan other) {
        var all = Stream.concat(own.stream().flatMap(plan -> plan.revisions().stream()), other.revisions().stream())
                .sorted(Comparator.comparing(Revision::writtenAt))
                .toList();
        return new SafetyPlan(patientId, own.map(plan -> plan.version).orElse(0L), all.getLast(), allButLast(all));
    }

    /** The plan without what {@link #joined} brought from {@code other}; empty when nothing else is in it. */
    Optional<SafetyPlan> without(SafetyPlan other) {
        var rest = revisions().stream()
                .filter(revision -> !other.revisions().contains(revision))
                .toList();
        return rest.isEmpty()
                ? Optional.empty()
                : Optional.of(new SafetyPlan(patientId, version, rest.getLast(), allButLast(rest)));
    }

    private static List<Revision> allButLast(List<Revision> revisions) {
        return revisions.subList(0, revisions.size() - 1);
    }

    private static Revision checked(
            int number,
            Steps steps,
            boolean reviewedWithPatient,
            boolean copyGiven,
            @Nullable String signature,
            String by,
            Instant now) {
        if (signature != null) {
            requireComplete(steps, reviewedWithPatient);
        }
        return new Revision(number, steps, reviewedWithPatient, copyGiven, signature, by, now);
    }

    private static void requireComplete(Steps steps, boolean reviewedWithPatient) {
        var filled = new LinkedHashMap<String, Boolean>();
        filled.put("warningSigns", !steps.warningSigns().isEmpty());
        filled.put("copingStrategies", !steps.copingStrategies().isEmpty());
        filled.put("peopleAndPlaces", !steps.peopleAndPlaces().isEmpty());
        filled.put("peopleToAsk", !steps.peopleToAsk().isEmpty());
        filled.put("professionals", !steps.professionals().isEmpty());
        filled.put("meansSafety", !steps.meansSafety().isEmpty());
        filled.put("reviewedWithPatient", reviewedWithPatient);
        filled.forEach((step, done) -> {
            if (!done) {
                throw new RuleViolation(
                                "safety-plan-incomplete",
                                "a plan is signed with every step filled, after going through it with the patient")
                        .withField(step);
            }
        });
    }

    /** True when a revision was signed at or after {@code moment}. */
    boolean signedSince(Instant moment) {
        return revisions().stream()
                .anyMatch(revision -> revision.signed() && !revision.writtenAt().isBefore(moment));
    }

    /** The signed ones and the present one, oldest first. */
    List<Revision> revisions() {
        var all = new ArrayList<>(former);
        all.add(present);
        return all;
    }

    Revision present() {
        return present;
    }

    String patientId() {
        return patientId;
    }

    long version() {
        return version;
    }

    String resource() {
        return "safety-plan/" + patientId;
    }
}
