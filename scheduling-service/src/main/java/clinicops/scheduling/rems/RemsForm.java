package clinicops.scheduling.rems;

import clinicops.chassis.RuleViolation;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The programme's monitoring form of one session. It is made, filled in from the session, when the session is over; staff
 * complete and correct it; submitted, it does not change any more. What the session itself told stays beside what staff made of it,
 * with who did so; the session's own readings are never touched.
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
    private final @Nullable RemsContent prefilled;
    private RemsContent content;
    private List<RemsCorrection> corrections = new ArrayList<>();
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

    /** Who changed a field, as it is named in {@link RemsContent}. */
    record RemsCorrection(String field, String by, Instant at) {}

    /** @param prefilled what the session told; null in forms of before it was kept */
    RemsForm(
            String sessionId,
            String patientId,
            Instant sessionAt,
            LocalDate dueOn,
            @Nullable RemsContent prefilled,
            RemsContent content) {
        this.sessionId = sessionId;
        this.patientId = patientId;
        this.sessionAt = sessionAt;
        this.dueOn = dueOn;
        this.prefilled = prefilled;
        this.content = content;
    }

    /**
     * Staff say it better than the session did, or say what it didn't.
     *
     * @throws RuleViolation {@code already-submitted} (409), {@code pressure-order} or {@code reading-time} (422), with the field
     */
    void complete(RemsContent corrected, String by, Instant now) {
        requireDue();
        List<String> changed = content.changedIn(corrected);
        corrected.check(changed, now);
        changed.forEach(field -> corrections.add(new RemsCorrection(field, by, now)));
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

    @Nullable
    RemsContent prefilled() {
        return prefilled;
    }

    /** The oldest first. */
    List<RemsCorrection> corrections() {
        return List.copyOf(corrections);
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
