package clinicops.billing.authorization;

import clinicops.chassis.RuleViolation;
import clinicops.contracts.BillingEvent;
import clinicops.contracts.BillingEvent.AuthorizationDenied;
import clinicops.contracts.BillingEvent.AuthorizationGranted;
import clinicops.contracts.BillingEvent.AuthorizationRequested;
import clinicops.contracts.BillingEvent.AuthorizationRunningOut;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An insurer's promise to pay for sessions.
 *
 * <p>Life: requested; then granted or denied, once. A granted one loses a unit with every attended session, in its days, that is
 * counted on it; it warns before the last unit and before its last day. A denied one is answered by an appeal or a new request,
 * never changed.
 */
@Document("authorizations")
public class PriorAuthorization {
    /** Where an authorization is in its life. */
    public enum Status {
        REQUESTED("requested"),
        GRANTED("granted"),
        DENIED("denied");

        private final String code;

        Status(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /**
     * What the payer granted.
     *
     * @param number the payer's own number; claims carry it
     * @param units attended sessions
     * @param validFrom first day of service, inclusive
     * @param validTo last day of service, inclusive
     */
    public record Grant(String number, int units, LocalDate validFrom, LocalDate validTo) {
        public Grant {
            if (validTo.isBefore(validFrom)) {
                throw new RuleViolation("valid-to-after-valid-from", "the last day lies before the first one")
                        .withField("validTo");
            }
        }

        boolean covers(LocalDate day) {
            return !day.isBefore(validFrom) && !day.isAfter(validTo);
        }
    }

    @Id
    private final String id;

    @Version
    private long version;

    private final String patientId;
    private final String coverageId;
    private final String payerCode;
    private final int unitsAsked;
    private final String diagnosisCode;
    private final Instant requestedAt;
    private Status status;
    private @Nullable Grant grant;
    private @Nullable String denialReason;
    private @Nullable Instant decidedAt;
    private final List<String> usedBySessions;
    private boolean warnedOfUnits;
    private @Nullable Instant expiryWarningAt;

    @PersistenceCreator
    PriorAuthorization(
            String id,
            long version,
            String patientId,
            String coverageId,
            String payerCode,
            int unitsAsked,
            String diagnosisCode,
            Instant requestedAt,
            Status status,
            @Nullable Grant grant,
            @Nullable String denialReason,
            @Nullable Instant decidedAt,
            List<String> usedBySessions,
            boolean warnedOfUnits,
            @Nullable Instant expiryWarningAt) {
        this.id = id;
        this.version = version;
        this.patientId = patientId;
        this.coverageId = coverageId;
        this.payerCode = payerCode;
        this.unitsAsked = unitsAsked;
        this.diagnosisCode = diagnosisCode;
        this.requestedAt = requestedAt;
        this.status = status;
        this.grant = grant;
        this.denialReason = denialReason;
        this.decidedAt = decidedAt;
        this.usedBySessions = new ArrayList<>(usedBySessions);
        this.warnedOfUnits = warnedOfUnits;
        this.expiryWarningAt = expiryWarningAt;
    }

    /** The payer is asked; {@link #requested} tells it. */
    static PriorAuthorization request(
            String id,
            String patientId,
            String coverageId,
            String payerCode,
            int units,
            String diagnosisCode,
            Instant now) {
        return new PriorAuthorization(
                id,
                0,
                patientId,
                coverageId,
                payerCode,
                units,
                diagnosisCode,
                now,
                Status.REQUESTED,
                null,
                null,
                null,
                List.of(),
                false,
                null);
    }

    List<BillingEvent> requested() {
        return List.of(new AuthorizationRequested(id, patientId, payerCode, unitsAsked, requestedAt));
    }

    /**
     * The payer grants it.
     *
     * @param warnAt when to warn of the last day
     */
    List<BillingEvent> grant(Grant granted, Instant warnAt, Instant now) {
        requireUndecided();
        status = Status.GRANTED;
        grant = granted;
        decidedAt = now;
        expiryWarningAt = warnAt;
        return List.of(
                new AuthorizationGranted(id, patientId, granted.units(), granted.validFrom(), granted.validTo(), now));
    }

    /** The payer refuses; {@code reason} is a CARC. */
    List<BillingEvent> deny(String reason, Instant now) {
        requireUndecided();
        status = Status.DENIED;
        denialReason = reason;
        decidedAt = now;
        return List.of(new AuthorizationDenied(id, patientId, reason, now));
    }

    /** Whether just that was decided before. */
    boolean decidedAs(@Nullable Grant granted, @Nullable String reason) {
        return switch (status) {
            case REQUESTED -> false;
            case GRANTED -> Objects.equals(grant, granted);
            case DENIED -> Objects.equals(denialReason, reason);
        };
    }

    /** Whether a session of that day could still be counted on it. */
    boolean hasUnitFor(LocalDate day) {
        return grant != null && grant.covers(day) && unitsLeft() > 0;
    }

    boolean servedSession(String sessionId) {
        return usedBySessions.contains(sessionId);
    }

    /**
     * An attended session uses a unit up.
     *
     * @param warnAtUnitsLeft warns once, when no more than this many are left
     */
    List<BillingEvent> use(String sessionId, LocalDate day, int warnAtUnitsLeft, Instant now) {
        if (!hasUnitFor(day) || servedSession(sessionId)) {
            throw new IllegalStateException("authorization " + id + " has no unit for the session");
        }
        usedBySessions.add(sessionId);
        if (unitsLeft() == 0) {
            // nothing is left that could expire
            expiryWarningAt = null;
        }
        if (warnedOfUnits || unitsLeft() > warnAtUnitsLeft) {
            return List.of();
        }
        warnedOfUnits = true;
        return runningOut(now);
    }

    /** Its last day is near and units are left. */
    List<BillingEvent> warnOfExpiry(Instant now) {
        if (expiryWarningAt == null || expiryWarningAt.isAfter(now)) {
            return List.of();
        }
        expiryWarningAt = null;
        return runningOut(now);
    }

    private List<BillingEvent> runningOut(Instant now) {
        return grant == null
                ? List.of()
                : List.of(new AuthorizationRunningOut(id, patientId, unitsLeft(), grant.validTo(), now));
    }

    private void requireUndecided() {
        if (status != Status.REQUESTED) {
            throw RuleViolation.conflict(
                    "already-decided", "the authorization was " + status.code() + "; make a new request instead");
        }
    }

    /** Granted sessions that no attended one has used; 0 unless granted. */
    public int unitsLeft() {
        return grant == null ? 0 : grant.units() - usedBySessions.size();
    }

    public String id() {
        return id;
    }

    public long version() {
        return version;
    }

    public String patientId() {
        return patientId;
    }

    public String coverageId() {
        return coverageId;
    }

    public String payerCode() {
        return payerCode;
    }

    public int unitsAsked() {
        return unitsAsked;
    }

    public String diagnosisCode() {
        return diagnosisCode;
    }

    public Status status() {
        return status;
    }

    /** Null unless granted. */
    public @Nullable Grant grant() {
        return grant;
    }

    /** CARC; null unless denied. */
    public @Nullable String denialReason() {
        return denialReason;
    }

    public Instant requestedAt() {
        return requestedAt;
    }

    public @Nullable Instant decidedAt() {
        return decidedAt;
    }

    public List<String> usedBySessions() {
        return List.copyOf(usedBySessions);
    }

    @Nullable
    Instant expiryWarningAt() {
        return expiryWarningAt;
    }
}
