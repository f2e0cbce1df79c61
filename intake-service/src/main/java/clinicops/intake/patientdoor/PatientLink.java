package clinicops.intake.patientdoor;

import clinicops.chassis.RuleViolation;
import clinicops.intake.patient.PatientEvent;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Leave for one patient to fill in one thing alone, until a day.
 *
 * <p>Staff ask for it; notification sends it and holds the token that proves it. It is <em>open</em>, then <em>opened</em> once
 * the patient came, and ends <em>finished</em>, when all that it was for is filled in, <em>revoked</em> by staff or by a newer
 * link of the same kind, or <em>expired</em>. What was filled in stays in any case.
 *
 * <p>Invariants: whose it is, what for and until when never changes; a link that ended opens nothing to write, and does not
 * come back.
 */
@Document("patientLinks")
final class PatientLink {
    /** What a link for paperwork opens; one for an assessment opens the assessment of that id. */
    static final String REGISTRATION = "registration";

    /** Where a link stands. */
    enum Status {
        OPEN,
        OPENED,
        FINISHED,
        REVOKED,
        EXPIRED;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param why null when a newer link took its place */
    record Revocation(String by, Instant at, @Nullable String why) {}

    @Id
    private final String id;

    @Version
    private long version;

    private final String patientId;
    private final LinkPurpose purpose;
    private final @Nullable String instrument;
    private final String resource;
    private final String terms;
    private final String requestedBy;
    private final Instant requestedAt;
    private final Instant expiresAt;
    private @Nullable Instant openedAt;
    private @Nullable Instant finishedAt;
    private @Nullable Revocation revocation;

    @PersistenceCreator
    PatientLink(
            String id,
            long version,
            String patientId,
            LinkPurpose purpose,
            @Nullable String instrument,
            String resource,
            String terms,
            String requestedBy,
            Instant requestedAt,
            Instant expiresAt,
            @Nullable Instant openedAt,
            @Nullable Instant finishedAt,
            @Nullable Revocation revocation) {
        this.id = id;
        this.version = version;
        this.patientId = patientId;
        this.purpose = purpose;
        this.instrument = instrument;
        this.resource = resource;
        this.terms = terms;
        this.requestedBy = requestedBy;
        this.requestedAt = requestedAt;
        this.expiresAt = expiresAt;
        this.openedAt = openedAt;
        this.finishedAt = finishedAt;
        this.revocation = revocation;
    }

    /** For the sections of the registration. */
    static PatientLink toPaperwork(String id, String patientId, LinkTerms terms, String by, Instant now) {
        return asked(id, patientId, LinkPurpose.PAPERWORK, null, REGISTRATION, terms, by, now);
    }

    /** For one filled instrument. */
    static PatientLink toAssessment(
            String id,
            String patientId,
            String instrument,
            String assessmentId,
            LinkTerms terms,
            String by,
            Instant now) {
        return asked(id, patientId, LinkPurpose.ASSESSMENT, instrument, assessmentId, terms, by, now);
    }

    private static PatientLink asked(
            String id,
            String patientId,
            LinkPurpose purpose,
            @Nullable String instrument,
            String resource,
            LinkTerms terms,
            String by,
            Instant now) {
        return new PatientLink(
                id,
                0,
                patientId,
                purpose,
                instrument,
                resource,
                terms.reference(),
                by,
                now,
                now.plus(Duration.ofDays(terms.days(purpose))),
                null,
                null,
                null);
    }

    List<PatientEvent> requested() {
        return List.of(new PatientEvent.LinkRequested(patientId, id, purpose.code(), resource, requestedAt, expiresAt));
    }

    /** @throws RuleViolation {@code link-over} (409) when it has ended already */
    List<PatientEvent> revoke(String by, Instant at, @Nullable String why) {
        requireOpen(at);
        revocation = new Revocation(by, at, why);
        return List.of(new PatientEvent.LinkRevoked(patientId, id, at));
    }

    /**
     * The patient is there.
     *
     * @return true when it is the first time
     */
    boolean open(Instant at) {
        requireStanding(at);
        if (openedAt != null) {
            return false;
        }
        openedAt = at;
        return true;
    }

    /** All that it was for is filled in. */
    List<PatientEvent> finish(Instant at) {
        requireOpen(at);
        finishedAt = at;
        return List.of(new PatientEvent.LinkFinished(patientId, id, purpose.code(), at));
    }

    /** @throws RuleViolation {@code link-over} (409) when nothing can be filled in by it any more */
    void requireOpen(Instant now) {
        if (finishedAt != null) {
            throw over();
        }
        requireStanding(now);
    }

    /** As {@link #requireOpen}, but what is finished may still be looked at. */
    private void requireStanding(Instant now) {
        if (revocation != null || !now.isBefore(expiresAt)) {
            throw over();
        }
    }

    private static RuleViolation over() {
        return RuleViolation.conflict("link-over", "the link is finished, revoked or expired");
    }

    Status statusAt(Instant now) {
        if (finishedAt != null) {
            return Status.FINISHED;
        }
        if (revocation != null) {
            return Status.REVOKED;
        }
        if (!now.isBefore(expiresAt)) {
            return Status.EXPIRED;
        }
        return openedAt == null ? Status.OPEN : Status.OPENED;
    }

    boolean isOpenAt(Instant now) {
        Status status = statusAt(now);
        return status == Status.OPEN || status == Status.OPENED;
    }

    /** True when a newer link for that would take its place. */
    boolean isFor(LinkPurpose purpose, @Nullable String instrument) {
        return this.purpose == purpose && java.util.Objects.equals(this.instrument, instrument);
    }

    String id() {
        return id;
    }

    long version() {
        return version;
    }

    /** Its name in the audit. */
    String resourceName() {
        return "patient-link/" + id;
    }

    String patientId() {
        return patientId;
    }

    LinkPurpose purpose() {
        return purpose;
    }

    @Nullable
    String instrument() {
        return instrument;
    }

    /** {@link #REGISTRATION}, or the assessment's id. */
    String resource() {
        return resource;
    }

    String requestedBy() {
        return requestedBy;
    }

    Instant requestedAt() {
        return requestedAt;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    @Nullable
    Instant openedAt() {
        return openedAt;
    }

    @Nullable
    Instant finishedAt() {
        return finishedAt;
    }

    @Nullable
    Revocation revocation() {
        return revocation;
    }
}
