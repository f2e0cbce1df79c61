package clinicops.billing.charge;

import clinicops.billing.fee.ChargeLine;
import clinicops.billing.fee.Treatment;
import clinicops.billing.money.Usd;
import clinicops.chassis.RuleViolation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A session as billing sees it.
 *
 * <p>Life: begun by whichever comes first, the discharge or the signed note; charged when both are there, from the session's own
 * timestamps; then billed, once, by a claim or to the patient. Until it is billed it stays in the list of unbilled sessions.
 */
@Document("sessions")
public class TreatedSession {
    /** Who is billed. */
    public enum Billing {
        OPEN,
        CLAIMED,
        SELF_PAY
    }

    /** Who signed the session note, and when. */
    public record Note(String signedBy, Instant signedAt) {}

    @Id
    private final String id;

    @Version
    private long version;

    private final String patientId;
    private @Nullable Treatment treatment;
    private @Nullable LocalDate serviceDate;
    private @Nullable Note note;
    private List<ChargeLine> charges;
    private Billing billing;
    private @Nullable String billedTo;

    @PersistenceCreator
    TreatedSession(
            String id,
            long version,
            String patientId,
            @Nullable Treatment treatment,
            @Nullable LocalDate serviceDate,
            @Nullable Note note,
            List<ChargeLine> charges,
            Billing billing,
            @Nullable String billedTo) {
        this.id = id;
        this.version = version;
        this.patientId = patientId;
        this.treatment = treatment;
        this.serviceDate = serviceDate;
        this.note = note;
        this.charges = List.copyOf(charges);
        this.billing = billing;
        this.billedTo = billedTo;
    }

    static TreatedSession begin(String id, String patientId) {
        return new TreatedSession(id, 0, patientId, null, null, null, List.of(), Billing.OPEN, null);
    }

    /** A fact that names another patient than the ones before is refused. */
    void requirePatient(String patientId) {
        if (!this.patientId.equals(patientId)) {
            throw new RuleViolation("one-patient", "session " + id + " belongs to another patient");
        }
    }

    /**
     * The patient was discharged.
     *
     * @param serviceDate in the clinic's zone
     */
    void complete(Treatment treatment, LocalDate serviceDate) {
        this.treatment = treatment;
        this.serviceDate = serviceDate;
    }

    void sign(Note note) {
        this.note = note;
    }

    /** Both the discharge and the signature are there: charges may be made. */
    boolean chargeable() {
        return completed() && signed() && charges.isEmpty();
    }

    void charge(List<ChargeLine> lines) {
        if (!chargeable()) {
            throw new IllegalStateException("session " + id + " is not to be charged");
        }
        charges = List.copyOf(lines);
    }

    /** The insurer is billed. */
    public void claim(String claimId) {
        bill(Billing.CLAIMED, claimId);
    }

    /** The patient is billed, under that estimate. */
    void billToPatient(String estimateId) {
        bill(Billing.SELF_PAY, estimateId);
    }

    private void bill(Billing billing, String billedTo) {
        if (this.billing != Billing.OPEN || charges.isEmpty()) {
            throw new IllegalStateException("session " + id + " can't be billed");
        }
        this.billing = billing;
        this.billedTo = billedTo;
    }

    public boolean completed() {
        return treatment != null;
    }

    public boolean signed() {
        return note != null;
    }

    /** Made, and neither claimed nor charged to the patient. */
    public boolean readyToBill() {
        return billing == Billing.OPEN && !charges.isEmpty();
    }

    public Usd total() {
        return Usd.sum(charges.stream().map(ChargeLine::amount).toList());
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

    /** In the clinic's zone; null before discharge. */
    public @Nullable LocalDate serviceDate() {
        return serviceDate;
    }

    @Nullable
    Treatment treatment() {
        return treatment;
    }

    @Nullable
    Note note() {
        return note;
    }

    public List<ChargeLine> charges() {
        return charges;
    }

    public Billing billing() {
        return billing;
    }

    /** The claim's or the estimate's id; null while unbilled. */
    public @Nullable String billedTo() {
        return billedTo;
    }
}
