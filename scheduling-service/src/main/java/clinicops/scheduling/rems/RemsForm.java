package clinicops.scheduling.rems;

import clinicops.chassis.RuleViolation;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The programme's monitoring form of one session. It is made, filled in from the session, when the session is over; staff
 * complete and correct it; submitted, it does not change any more.
 */
@Document("rems_forms")
final class RemsForm {
    @Id
    private final String sessionId;

    @Version
    private long version;

    private final String patientId;
    private final Instant sessionAt;
    private final LocalDate dueOn;
    private RemsContent content;
    private RemsState state = RemsState.DUE;
    private @Nullable String submittedBy;
    private @Nullable Instant submittedAt;

    /** Where it stands. */
    enum RemsState {
        @JsonProperty("due")
        DUE,
        @JsonProperty("submitted")
        SUBMITTED
    }

    RemsForm(String sessionId, String patientId, Instant sessionAt, LocalDate dueOn, RemsContent content) {
        this.sessionId = sessionId;
        this.patientId = patientId;
        this.sessionAt = sessionAt;
        this.dueOn = dueOn;
        this.content = content;
    }

    void complete(RemsContent corrected) {
        requireDue();
        content = corrected;
    }

    void submit(String by, Instant now) {
        requireDue();
        List<String> missing = content.missing();
        if (!missing.isEmpty()) {
            throw new RuleViolation("form-incomplete", "still empty: " + String.join(", ", missing))
                    .withField(missing.getFirst());
        }
        state = RemsState.SUBMITTED;
        submittedBy = by;
        submittedAt = now;
    }

    private void requireDue() {
        if (state != RemsState.DUE) {
            throw RuleViolation.conflict("already-submitted", "the form was submitted already");
        }
    }

    boolean overdue(LocalDate today) {
        return state == RemsState.DUE && today.isAfter(dueOn);
    }

    String sessionId() {
        return sessionId;
    }

    long version() {
        return version;
    }

    String patientId() {
        return patientId;
    }

    Instant sessionAt() {
        return sessionAt;
    }

    LocalDate dueOn() {
        return dueOn;
    }

    RemsContent content() {
        return content;
    }

    RemsState state() {
        return state;
    }

    @Nullable
    String submittedBy() {
        return submittedBy;
    }

    @Nullable
    Instant submittedAt() {
        return submittedAt;
    }
}
