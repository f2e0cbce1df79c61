package clinicops.billing.coverage;

import clinicops.billing.money.Usd;
import clinicops.billing.payer.Payer;
import clinicops.billing.payer.PayerClass;
import clinicops.chassis.RuleViolation;
import clinicops.contracts.BillingEvent;
import clinicops.contracts.BillingEvent.BenefitsChecked;
import clinicops.contracts.BillingEvent.CoverageRecorded;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One insurance of a patient.
 *
 * <p>Life: reported by the patient through intake; <em>on file</em> when the clinic knows the payer, else <em>unknown payer</em>
 * until an admin enters it; then its benefits are checked, and checked again. A report of another payer or member id under the
 * same rank replaces what is there, and its benefits have to be checked anew.
 */
@Document("coverages")
public class Coverage {
    /** Where a coverage is in its life. */
    public enum Status {
        UNKNOWN_PAYER("unknown-payer"),
        ON_FILE("on-file");

        private final String code;

        Status(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /**
     * What the payer said, and when.
     *
     * @param deductible what of the deductible is left; null when the payer did not say
     * @param coinsurancePercent the patient's share after the deductible, 0 to 100
     * @param copay per session
     */
    public record Benefits(
            boolean active,
            @Nullable Usd deductible,
            @Nullable Usd outOfPocketMaximum,
            @Nullable Integer coinsurancePercent,
            @Nullable Usd copay,
            boolean authorizationRequired,
            LocalDate checkedOn) {}

    @Id
    private final String id;

    @Version
    private long version;

    private final String patientId;
    private final int rank;
    private String payerCode;
    private @Nullable PayerClass payerClass;
    private boolean payerWantsAuthorization;
    private @Nullable String plan;
    private String memberId;
    private Status status;
    private @Nullable Benefits benefits;
    private long reportSequence;

    @PersistenceCreator
    Coverage(
            String id,
            long version,
            String patientId,
            int rank,
            String payerCode,
            @Nullable PayerClass payerClass,
            boolean payerWantsAuthorization,
            @Nullable String plan,
            String memberId,
            Status status,
            @Nullable Benefits benefits,
            long reportSequence) {
        this.id = id;
        this.version = version;
        this.patientId = patientId;
        this.rank = rank;
        this.payerCode = payerCode;
        this.payerClass = payerClass;
        this.payerWantsAuthorization = payerWantsAuthorization;
        this.plan = plan;
        this.memberId = memberId;
        this.status = status;
        this.benefits = benefits;
        this.reportSequence = reportSequence;
    }

    /** A coverage of which nothing is known yet; {@link #report} follows. */
    static Coverage blank(String id, String patientId, int rank) {
        return new Coverage(id, 0, patientId, rank, "", null, false, null, "", Status.UNKNOWN_PAYER, null, -1);
    }

    /** True when the patient said something newer since. */
    boolean outdates(long sequence) {
        return sequence < reportSequence;
    }

    /** True when a report says what is here already. */
    boolean says(String payerCode, @Nullable String plan, String memberId) {
        return this.payerCode.equals(payerCode) && Objects.equals(this.plan, plan) && this.memberId.equals(memberId);
    }

    /** The patient says that they are insured so. */
    List<BillingEvent> report(
            String payerCode,
            @Nullable Payer payer,
            @Nullable String plan,
            String memberId,
            long sequence,
            Instant now) {
        this.payerCode = payerCode;
        this.plan = plan;
        this.memberId = memberId;
        this.reportSequence = sequence;
        this.benefits = null;
        this.status = Status.UNKNOWN_PAYER;
        this.payerClass = null;
        return payer == null ? List.of() : putOnFile(payer, now);
    }

    /** The clinic knows the payer (now). */
    List<BillingEvent> putOnFile(Payer payer, Instant now) {
        PayerClass known = payer.payerClass();
        if (known == null || !payer.code().equals(payerCode)) {
            throw new IllegalArgumentException("payer " + payer.code() + " is not the known payer of this coverage");
        }
        status = Status.ON_FILE;
        payerClass = known;
        payerWantsAuthorization = payer.authorizationRequired();
        return List.of(new CoverageRecorded(id, patientId, rank, payerCode, known.code(), now));
    }

    /**
     * Somebody asked the payer what it covers.
     *
     * @throws RuleViolation {@code payer-known}, {@code checked-on-not-future}
     */
    List<BillingEvent> check(Benefits checked, LocalDate today, Instant now) {
        requireKnownPayer();
        if (checked.checkedOn().isAfter(today)) {
            throw new RuleViolation("checked-on-not-future", "benefits can't have been checked after today")
                    .withField("checkedOn");
        }
        benefits = checked;
        return List.of(new BenefitsChecked(
                id, patientId, checked.active(), checked.authorizationRequired(), checked.checkedOn(), now));
    }

    /** @throws RuleViolation {@code payer-known} until an admin has entered the payer */
    public void requireKnownPayer() {
        if (status == Status.UNKNOWN_PAYER) {
            throw RuleViolation.conflict("payer-known", "payer " + payerCode + " has to be entered first");
        }
    }

    /** Whether ketamine sessions need prior authorization: as checked, else the payer's usual rule. */
    public boolean authorizationRequired() {
        return benefits == null ? payerWantsAuthorization : benefits.authorizationRequired();
    }

    /** False when the payer said that the coverage is not in force. */
    public boolean active() {
        return benefits == null || benefits.active();
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

    /** 1 is primary. */
    public int rank() {
        return rank;
    }

    public String payerCode() {
        return payerCode;
    }

    public @Nullable PayerClass payerClass() {
        return payerClass;
    }

    public @Nullable String plan() {
        return plan;
    }

    public String memberId() {
        return memberId;
    }

    public Status status() {
        return status;
    }

    public @Nullable Benefits benefits() {
        return benefits;
    }
}
