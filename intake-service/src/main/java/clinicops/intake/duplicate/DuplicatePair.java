package clinicops.intake.duplicate;

import clinicops.chassis.RuleViolation;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Two patients who are probably one person.
 *
 * <p>Found by comparing identities, {@code open} until staff decide: the two are merged, or the pair is dismissed. What is decided is
 * never found again. An open pair goes when a correction makes the two unlike.
 */
@Document("duplicatePairs")
class DuplicatePair {
    @Id
    private final String id;

    @Version
    private @Nullable Long version;

    private final List<String> patients;
    private final double score;
    private final Set<Likeness.Reason> reasons;
    private final Instant foundAt;
    /** Most similar first; null once decided. */
    private @Nullable String place;

    private @Nullable Decision decision;

    /** @param reason free text; never leaves intake-service */
    record Decision(boolean merged, String by, Instant at, String reason) {}

    @PersistenceCreator
    DuplicatePair(
            String id,
            @Nullable Long version,
            List<String> patients,
            double score,
            Set<Likeness.Reason> reasons,
            Instant foundAt,
            @Nullable String place,
            @Nullable Decision decision) {
        this.id = id;
        this.version = version;
        this.patients = patients;
        this.score = score;
        this.reasons = reasons;
        this.foundAt = foundAt;
        this.place = place;
        this.decision = decision;
    }

    static DuplicatePair found(String one, String other, Likeness likeness, Instant at) {
        var patients = List.of(one, other).stream().sorted().toList();
        String id = id(one, other);
        String place = "%04d %s".formatted(Math.round((1 - likeness.score()) * 1000), id);
        return new DuplicatePair(id, null, patients, likeness.score(), likeness.reasons(), at, place, null);
    }

    /** The same whichever of the two comes first. */
    static String id(String one, String other) {
        return one.compareTo(other) < 0 ? one + "~" + other : other + "~" + one;
    }

    /** @throws RuleViolation {@code pair-decided} (409) when it was decided before */
    void dismiss(String by, Instant at, String reason) {
        requireOpen();
        decide(new Decision(false, by, at, reason));
    }

    /** The two were merged, whatever was decided before. */
    void merged(String by, Instant at, String reason) {
        decide(new Decision(true, by, at, reason));
    }

    /** The merging was taken back: the two are two. */
    void unmerged(String by, Instant at, String reason) {
        decide(new Decision(false, by, at, reason));
    }

    private void decide(Decision made) {
        decision = made;
        place = null;
    }

    private void requireOpen() {
        if (decision != null) {
            throw RuleViolation.conflict("pair-decided", "somebody has decided on this pair before");
        }
    }

    String id() {
        return id;
    }

    long version() {
        return version == null ? 0 : version;
    }

    /** The two patients' ids. */
    List<String> patients() {
        return List.copyOf(patients);
    }

    double score() {
        return score;
    }

    Set<Likeness.Reason> reasons() {
        return Set.copyOf(reasons);
    }

    Instant foundAt() {
        return foundAt;
    }

    /** Sorts the open ones; empty once decided. */
    String place() {
        return place == null ? "" : place;
    }
}
