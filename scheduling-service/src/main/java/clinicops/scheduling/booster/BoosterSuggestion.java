package clinicops.scheduling.booster;

import clinicops.chassis.RuleViolation;
import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.booster.BoosterPolicy.BoosterCase;
import clinicops.scheduling.course.BoosterWishes.BoosterWish;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A single session after a course that should be booked.
 *
 * <p>It is <em>open</em> while its evidence holds, and follows it: a later score may make it weightier, or withdraw it. The front desk
 * <em>books</em> it, a prescriber <em>declines</em> it with a reason. When what was booked is cancelled or missed it is open again. A
 * patient has one open suggestion at a time, and each is told of once.
 *
 * @param planId the plan of the course that it follows
 * @param dueFrom first day on which it may be given
 * @param dueBy last day by which it should be
 * @param policy what it was judged by, as {@code booster-policy@2026-12}
 * @param courseId what was booked of it; null before
 * @param decision null unless a prescriber declined
 */
@Document("booster_suggestions")
record BoosterSuggestion(
        @Id String id,
        @Version long version,
        String patientId,
        String planId,
        String drug,
        String route,
        Because because,
        BoosterEvidence evidence,
        LocalDate dueFrom,
        LocalDate dueBy,
        String policy,
        Instant suggestedAt,
        BoosterState state,
        @Nullable String courseId,
        @Nullable Declined decision) {

    /** Where a suggestion stands. */
    enum BoosterState {
        OPEN,
        BOOKED,
        DECLINED,
        WITHDRAWN;

        /** As it travels. */
        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A prescriber's word against it. */
    record Declined(String by, Instant at, String reason) {}

    boolean isOpen() {
        return state == BoosterState.OPEN;
    }

    SchedulingEvent told() {
        return new SchedulingEvent.BoosterDue(id, patientId, planId, because.code(), dueFrom, dueBy, suggestedAt);
    }

    /** @throws RuleViolation {@code booster-over} (409) when it is not open */
    BoosterWish wish() {
        requireOpen();
        return new BoosterWish(id, dueFrom, dueBy);
    }

    BoosterSuggestion booked(String course) {
        requireOpen();
        return in(BoosterState.BOOKED, course, null);
    }

    /** What was booked of it came to nothing. */
    BoosterSuggestion reopened() {
        return in(BoosterState.OPEN, null, null);
    }

    BoosterSuggestion declined(String by, Instant now, String reason) {
        requireOpen();
        return in(BoosterState.DECLINED, courseId, new Declined(by, now, reason));
    }

    /** Its evidence holds no more. */
    BoosterSuggestion withdrawn() {
        requireOpen();
        return in(BoosterState.WITHDRAWN, courseId, null);
    }

    boolean restsOn(BoosterCase found) {
        return because == found.because()
                && evidence.equals(found.evidence())
                && dueFrom.equals(found.dueFrom())
                && dueBy.equals(found.dueBy());
    }

    /** The same suggestion on newer evidence. */
    BoosterSuggestion on(BoosterCase found, String judgedBy) {
        return new BoosterSuggestion(
                id,
                version,
                patientId,
                planId,
                drug,
                route,
                found.because(),
                found.evidence(),
                found.dueFrom(),
                found.dueBy(),
                judgedBy,
                suggestedAt,
                state,
                courseId,
                decision);
    }

    /** Whether a prescriber's word against it covers this too: the same dose before, and no score since. */
    boolean declines(BoosterCase found) {
        Declined said = decision;
        BoosterEvidence.Drift drift = found.evidence().drift();
        return said != null
                && evidence.lastDoseOn().equals(found.evidence().lastDoseOn())
                && (drift == null || !drift.latestAt().isAfter(said.at()));
    }

    private BoosterSuggestion in(BoosterState next, @Nullable String course, @Nullable Declined said) {
        return new BoosterSuggestion(
                id,
                version,
                patientId,
                planId,
                drug,
                route,
                because,
                evidence,
                dueFrom,
                dueBy,
                policy,
                suggestedAt,
                next,
                course,
                said);
    }

    private void requireOpen() {
        if (!isOpen()) {
            throw RuleViolation.conflict("booster-over", "this booster was booked, declined or withdrawn already")
                    .withField("boosterId");
        }
    }
}
