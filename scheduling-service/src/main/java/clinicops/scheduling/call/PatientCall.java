package clinicops.scheduling.call;

import clinicops.chassis.RuleViolation;
import clinicops.contracts.SchedulingEvent;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A call that the clinic owes a patient. It is due from the moment of its reason, once for each; every try is kept; an answer
 * ends it, and so does the patient's silence after several tries. Who is not well is called again, by a prescriber.
 */
@Document("patient_calls")
final class PatientCall {
    @Id
    private final String id;

    @Version
    private long version;

    private final String patientId;
    private final CallReason reason;
    /** Reason and what it is about: there is one call for each. */
    private final String occasion;

    private final Instant dueAt;
    private final String terms;
    private final String listKey;
    /** As {@code listKey} while the call is due, for the list of what is; null after. */
    private @Nullable String dueKey;

    private @Nullable Instant overdueSince;
    private List<Attempt> attempts = new ArrayList<>();
    private @Nullable Made made;

    /** Why a patient is called. */
    enum CallReason {
        @JsonProperty("left-against-advice")
        LEFT_AGAINST_ADVICE("left-against-advice"),
        @JsonProperty("transferred")
        TRANSFERRED("transferred"),
        @JsonProperty("adverse-event")
        ADVERSE_EVENT("adverse-event"),
        @JsonProperty("home-tablets")
        HOME_TABLETS("home-tablets"),
        /** Somebody called and the patient was not well. */
        @JsonProperty("concern")
        CONCERN("concern");

        private final String code;

        CallReason(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /** What came of it. */
    enum CallOutcome {
        @JsonProperty("well")
        WELL("well"),
        /** A prescriber calls next. */
        @JsonProperty("concern")
        CONCERN("concern"),
        /** Nobody answered: the call stays due. */
        @JsonProperty("no-answer")
        NO_ANSWER("no-answer"),
        @JsonProperty("declined")
        DECLINED("declined"),
        /** Nobody answered any of several tries. */
        @JsonProperty("unreachable")
        UNREACHABLE("unreachable");

        private final String code;

        CallOutcome(String code) {
            this.code = code;
        }
    }

    record Attempt(String by, Instant at) {}

    /** @param note what the caller wrote down; stays in scheduling */
    record Made(CallOutcome outcome, @Nullable String note, String by, Instant at) {}

    /** @param about id of the session, adverse event, prescription or call */
    PatientCall(String id, String patientId, CallReason reason, String about, Instant dueAt, String terms) {
        this(id, patientId, reason, occasion(reason, about), dueAt, terms, dueAt + "|" + id);
    }

    /** As stored. */
    @PersistenceCreator
    PatientCall(
            String id,
            String patientId,
            CallReason reason,
            String occasion,
            Instant dueAt,
            String terms,
            String listKey) {
        this.id = id;
        this.patientId = patientId;
        this.reason = reason;
        this.occasion = occasion;
        this.dueAt = dueAt;
        this.terms = terms;
        this.listKey = listKey;
        this.dueKey = listKey;
    }

    static String occasion(CallReason reason, String about) {
        return reason.code() + "|" + about;
    }

    SchedulingEvent due() {
        return new SchedulingEvent.CallDue(id, patientId, reason.code(), dueAt);
    }

    SchedulingEvent nowOverdue() {
        return new SchedulingEvent.CallOverdue(id, patientId, reason.code(), dueAt);
    }

    /**
     * Somebody has tried.
     *
     * @param attemptsLeast how often somebody tries before the patient counts as unreachable
     * @return empty when nobody answered and the call stays due
     * @throws RuleViolation {@code call-made} (409), {@code call-by-prescriber} (422), {@code concern-needs-note} (422) or {@code
     *     try-again} (409)
     */
    List<SchedulingEvent> answered(
            CallOutcome outcome, @Nullable String note, String by, boolean prescriber, int attemptsLeast, Instant now) {
        if (made != null) {
            throw RuleViolation.conflict("call-made", "this call was made already");
        }
        if (reason == CallReason.CONCERN && !prescriber) {
            throw new RuleViolation("call-by-prescriber", "a prescriber calls a patient who is not well");
        }
        if (outcome == CallOutcome.CONCERN && note == null) {
            throw new RuleViolation("concern-needs-note", "write down what is wrong").withField("note");
        }
        if (outcome == CallOutcome.UNREACHABLE && attempts.size() + 1 < attemptsLeast) {
            throw RuleViolation.conflict(
                            "try-again",
                            "a patient is unreachable after " + attemptsLeast + " tries; this is number "
                                    + (attempts.size() + 1))
                    .withField("outcome");
        }
        attempts.add(new Attempt(by, now));
        if (outcome == CallOutcome.NO_ANSWER) {
            return List.of();
        }
        made = new Made(outcome, note, by, now);
        dueKey = null;
        return List.of(new SchedulingEvent.CallMade(id, patientId, reason.code(), outcome.code, now));
    }

    /** Whether a prescriber has to hear the patient. */
    boolean raisesConcern() {
        Made done = made;
        return done != null && done.outcome() == CallOutcome.CONCERN && reason != CallReason.CONCERN;
    }

    boolean overdue(Instant now) {
        return made == null && now.isAfter(dueAt);
    }

    String id() {
        return id;
    }

    long version() {
        return version;
    }

    String patientId() {
        return patientId;
    }

    CallReason reason() {
        return reason;
    }

    String occasion() {
        return occasion;
    }

    Instant dueAt() {
        return dueAt;
    }

    String terms() {
        return terms;
    }

    String listKey() {
        return listKey;
    }

    List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    @Nullable
    Made made() {
        return made;
    }
}
