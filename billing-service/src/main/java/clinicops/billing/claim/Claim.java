package clinicops.billing.claim;

import clinicops.billing.charge.TreatedSession;
import clinicops.billing.coverage.Coverage;
import clinicops.billing.fee.ChargeLine;
import clinicops.billing.money.Usd;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.contracts.BillingEvent;
import clinicops.contracts.BillingEvent.ClaimAdjudicated;
import clinicops.contracts.BillingEvent.ClaimDenied;
import clinicops.contracts.BillingEvent.ClaimSubmitted;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One session's bill to one insurer.
 *
 * <p>Life: submitted; then paid or denied, once, by an answer that makes the charge to the cent. A denial decides nothing about
 * the money: the insurer's debt stays, disputed, and the patient owes none of it, until a biller writes it off (or, later,
 * appeals).
 */
@Document("claims")
public class Claim {
    /** Where a claim is in its life. */
    public enum Status {
        SUBMITTED("submitted"),
        PAID("paid"),
        DENIED("denied"),
        WRITTEN_OFF("written-off");

        private final String code;

        Status(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    @Id
    private final String id;

    @Version
    private long version;

    private final String patientId;
    private final String sessionId;
    private final String coverageId;
    private final String payerCode;
    private final String memberId;
    private final @Nullable String authorizationNumber;
    private final @Nullable String diagnosisCode;
    private final LocalDate serviceDate;
    private final List<ChargeLine> lines;
    private final Instant submittedAt;
    private Status status;
    private @Nullable ClaimAnswer answer;
    private @Nullable String writeOffReason;

    @PersistenceCreator
    Claim(
            String id,
            long version,
            String patientId,
            String sessionId,
            String coverageId,
            String payerCode,
            String memberId,
            @Nullable String authorizationNumber,
            @Nullable String diagnosisCode,
            LocalDate serviceDate,
            List<ChargeLine> lines,
            Instant submittedAt,
            Status status,
            @Nullable ClaimAnswer answer,
            @Nullable String writeOffReason) {
        this.id = id;
        this.version = version;
        this.patientId = patientId;
        this.sessionId = sessionId;
        this.coverageId = coverageId;
        this.payerCode = payerCode;
        this.memberId = memberId;
        this.authorizationNumber = authorizationNumber;
        this.diagnosisCode = diagnosisCode;
        this.serviceDate = serviceDate;
        this.lines = List.copyOf(lines);
        this.submittedAt = submittedAt;
        this.status = status;
        this.answer = answer;
        this.writeOffReason = writeOffReason;
    }

    /**
     * A claim for a charged session; {@link #submitted} tells it.
     *
     * @param authorizationNumber the payer's number; null where none is needed
     * @param diagnosisCode ICD-10-CM of the plan; null when no plan was heard of
     */
    static Claim submit(
            String id,
            TreatedSession session,
            Coverage coverage,
            @Nullable String authorizationNumber,
            @Nullable String diagnosisCode,
            Instant now) {
        LocalDate day = session.serviceDate();
        if (day == null || !session.readyToBill() || !session.patientId().equals(coverage.patientId())) {
            throw new IllegalArgumentException("session " + session.id() + " can't be claimed from that coverage");
        }
        return new Claim(
                id,
                0,
                session.patientId(),
                session.id(),
                coverage.id(),
                coverage.payerCode(),
                coverage.memberId(),
                authorizationNumber,
                diagnosisCode,
                day,
                session.charges(),
                now,
                Status.SUBMITTED,
                null,
                null);
    }

    List<BillingEvent> submitted() {
        return List.of(new ClaimSubmitted(
                id, patientId, sessionId, payerCode, charged().money(), submittedAt));
    }

    /**
     * The insurer decided.
     *
     * @throws RuleViolation {@code already-answered}, {@code remittance-balances}, {@code denied-pays-nothing},
     *     {@code decided-on-in-time}
     */
    List<BillingEvent> answer(ClaimAnswer given, LocalDate today, Instant now) {
        if (status != Status.SUBMITTED) {
            throw RuleViolation.conflict("already-answered", "the claim was answered: " + status.code());
        }
        if (given.decidedOn().isAfter(today) || given.decidedOn().isBefore(serviceDate)) {
            throw new RuleViolation("decided-on-in-time", "decided before the session or after today")
                    .withField("decidedOn");
        }
        if (given.outcome() == ClaimAnswer.Outcome.DENIED && !given.paid().nothing()) {
            throw new RuleViolation("denied-pays-nothing", "a denied claim pays nothing").withField("paid.cents");
        }
        Usd explained = given.paid().plus(given.adjusted());
        if (!explained.equals(charged())) {
            throw new RuleViolation(
                            "remittance-balances",
                            "charged " + charged() + ", but paid " + given.paid() + " and adjustments "
                                    + given.adjusted() + " make " + explained)
                    .withField("adjustments");
        }
        answer = given;
        if (given.outcome() == ClaimAnswer.Outcome.DENIED) {
            status = Status.DENIED;
            return List.of(new ClaimDenied(id, patientId, charged().money(), given.reasons(), now));
        }
        status = Status.PAID;
        return List.of(new ClaimAdjudicated(
                id,
                patientId,
                charged().money(),
                given.paid().money(),
                given.patientOwes().money(),
                given.adjustments().stream()
                        .map(a -> new BillingEvent.Adjustment(
                                a.group().name(), a.reason(), a.amount().money()))
                        .toList(),
                now));
    }

    /**
     * The insurer wants to answer it by its own door.
     *
     * @throws NotFound when it is another payer's
     * @throws RuleViolation {@code patient-of-claim}, {@code item-of-claim}
     */
    void requireAnswerable(InsurersAnswer sent) {
        if (!payerCode.equals(sent.payerCode())) {
            throw new NotFound("claim", id);
        }
        if (!patientId.equals(sent.patientId())) {
            throw new RuleViolation("patient-of-claim", "the claim is another patient's").withField("patient");
        }
        if (sent.lines() > lines.size()) {
            throw new RuleViolation("item-of-claim", "the claim has " + lines.size() + " lines").withField("item");
        }
    }

    /**
     * A biller gives a denied claim up.
     *
     * @throws RuleViolation {@code denied-claims-only}
     */
    void writeOff(String reason) {
        if (status != Status.DENIED) {
            throw RuleViolation.conflict("denied-claims-only", "only a denied claim can be written off");
        }
        status = Status.WRITTEN_OFF;
        writeOffReason = reason;
    }

    public Usd charged() {
        return Usd.sum(lines.stream().map(ChargeLine::amount).toList());
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

    public String sessionId() {
        return sessionId;
    }

    public String coverageId() {
        return coverageId;
    }

    public String payerCode() {
        return payerCode;
    }

    public String memberId() {
        return memberId;
    }

    public @Nullable String authorizationNumber() {
        return authorizationNumber;
    }

    public @Nullable String diagnosisCode() {
        return diagnosisCode;
    }

    public LocalDate serviceDate() {
        return serviceDate;
    }

    public List<ChargeLine> lines() {
        return lines;
    }

    public Instant submittedAt() {
        return submittedAt;
    }

    public Status status() {
        return status;
    }

    /** Null until the insurer answered. */
    public @Nullable ClaimAnswer answer() {
        return answer;
    }

    /** Null unless it was written off. */
    public @Nullable String writeOffReason() {
        return writeOffReason;
    }
}
