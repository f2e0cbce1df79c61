package clinicops.scheduling.session;

import clinicops.chassis.RuleViolation;
import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.readiness.TreatmentRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A nurse asks a prescriber to let one patient pass in one session although some rules are not met. It is <em>asked</em>, then
 * <em>approved</em> or <em>refused</em> with a reason by a prescriber under the own login, or <em>expires</em> with the session.
 *
 * <p>Invariants: who asked never decides; one decision stands; an approval holds for its rules in its session and nothing else.
 */
@Document("overrides")
final class SessionOverride {
    /** The rule of vital signs that forbid a dose; one name for pressures, saturation and heart rate. */
    static final String VITALS = "vitals-hard-hold";

    static final String ASKED = "asked";
    static final String APPROVED = "approved";
    static final String REFUSED = "refused";
    static final String EXPIRED = "expired";

    @Id
    private final String id;

    @Version
    private long version;

    private final String sessionId;
    private final String patientId;
    private final List<String> rules;
    private final String reason;
    private final String askedBy;
    private final Instant askedAt;
    private final String policy;
    private String state;
    private @Nullable Decision decision;

    /** @param by null when the session ended before anybody decided */
    record Decision(@Nullable String by, @Nullable String reason, Instant at) {}

    @PersistenceCreator
    SessionOverride(
            String id,
            long version,
            String sessionId,
            String patientId,
            List<String> rules,
            String reason,
            String askedBy,
            Instant askedAt,
            String policy,
            String state,
            @Nullable Decision decision) {
        this.id = id;
        this.version = version;
        this.sessionId = sessionId;
        this.patientId = patientId;
        this.rules = rules;
        this.reason = reason;
        this.askedBy = askedBy;
        this.askedAt = askedAt;
        this.policy = policy;
        this.state = state;
        this.decision = decision;
    }

    /** @throws RuleViolation {@code not-overridable} (422); {@code session-state} (409) when the patient is not here */
    static SessionOverride ask(
            String id,
            TreatmentSession session,
            List<String> rules,
            String reason,
            OverrideRules policy,
            String by,
            Instant now) {
        if (!session.state().patientIsHere()) {
            throw RuleViolation.conflict(
                    "session-state",
                    "an override is asked for a patient who is here; the session is "
                            + session.state().code());
        }
        rules.stream().filter(rule -> !policy.allows(rule)).findFirst().ifPresent(rule -> {
            throw new RuleViolation("not-overridable", "nobody may override " + rule).withField("rules");
        });
        return new SessionOverride(
                id,
                0,
                session.id(),
                session.patientId(),
                rules.stream().distinct().toList(),
                reason,
                by,
                now,
                policy.reference(),
                ASKED,
                null);
    }

    /**
     * Whether an approval of vital signs covers these: the prescriber could see them, or they break no limit that the gate's did
     * not break too. A pressure that was let pass lets no low saturation pass that came later.
     *
     * @param gate counts when it was passed, or judged before the decision; null before
     */
    boolean covers(TreatmentRecord.Reading now, TreatmentSession.@Nullable Gate gate, Protocol.HardHold limits) {
        Decision decided = decision;
        if (decided == null) {
            return false;
        }
        if (!decided.at().isBefore(now.takenAt())) {
            return true;
        }
        TreatmentRecord.Reading atGate =
                gate != null && (gate.blockers().isEmpty() || !gate.at().isAfter(decided.at())) ? gate.vitals() : null;
        return atGate != null && atGate.hardHolds(limits).containsAll(now.hardHolds(limits));
    }

    List<SchedulingEvent> asked() {
        return List.of(new SchedulingEvent.OverrideAsked(id, sessionId, patientId, rules, askedAt));
    }

    /**
     * A prescriber decides.
     *
     * @throws RuleViolation {@code override-decided} (409); {@code second-person} (422) for who asked
     */
    List<SchedulingEvent> decide(boolean approve, @Nullable String why, String by, Instant now) {
        if (!state.equals(ASKED)) {
            throw RuleViolation.conflict("override-decided", "the override is " + state + " already");
        }
        if (askedBy.equals(by)) {
            throw new RuleViolation("second-person", "who asked can't be the one who decides");
        }
        return ended(approve ? APPROVED : REFUSED, new Decision(by, why, now));
    }

    /** The session is over. */
    List<SchedulingEvent> expire(Instant now) {
        return state.equals(ASKED) ? ended(EXPIRED, new Decision(null, null, now)) : List.of();
    }

    private List<SchedulingEvent> ended(String how, Decision decided) {
        state = how;
        decision = decided;
        return List.of(new SchedulingEvent.OverrideDecided(id, sessionId, patientId, how, decided.by(), decided.at()));
    }

    String id() {
        return id;
    }

    long version() {
        return version;
    }

    String resource() {
        return "override/" + id;
    }

    String sessionId() {
        return sessionId;
    }

    String patientId() {
        return patientId;
    }

    List<String> rules() {
        return rules;
    }

    String reason() {
        return reason;
    }

    String askedBy() {
        return askedBy;
    }

    Instant askedAt() {
        return askedAt;
    }

    String state() {
        return state;
    }

    @Nullable
    Decision decision() {
        return decision;
    }
}
