package clinicops.billing.estimate;

import clinicops.billing.fee.ChargeLine;
import clinicops.billing.money.Usd;
import clinicops.chassis.RuleViolation;
import clinicops.contracts.BillingEvent;
import clinicops.contracts.BillingEvent.EstimateIssued;
import clinicops.contracts.BillingEvent.SelfPayAgreed;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What a number of sessions will cost a patient who pays themself.
 *
 * <p>Life: issued; agreed to, once, while it is valid: from then on its sessions are charged to the patient and no claim may be
 * made for them; used up when as many sessions were charged. What was charged beyond it stays visible, because from a certain
 * sum on the patient can dispute the bill.
 */
@Document("estimates")
public class GoodFaithEstimate {
    /** Who agreed. {@code signature} is the typed name. */
    public record Agreement(String signature, Instant at) {}

    /** A session that was charged under the agreement. */
    public record ChargedSession(String sessionId, Usd amount) {}

    @Id
    private final String id;

    @Version
    private long version;

    private final String patientId;
    private final int sessions;
    private final List<ChargeLine> linesPerSession;
    private final String rules;
    private final Instant issuedAt;
    private final LocalDate dueOn;
    private final LocalDate validTo;
    private @Nullable Agreement agreement;
    private final List<ChargedSession> charged;
    private boolean open;

    @PersistenceCreator
    GoodFaithEstimate(
            String id,
            long version,
            String patientId,
            int sessions,
            List<ChargeLine> linesPerSession,
            String rules,
            Instant issuedAt,
            LocalDate dueOn,
            LocalDate validTo,
            @Nullable Agreement agreement,
            List<ChargedSession> charged,
            boolean open) {
        this.id = id;
        this.version = version;
        this.patientId = patientId;
        this.sessions = sessions;
        this.linesPerSession = List.copyOf(linesPerSession);
        this.rules = rules;
        this.issuedAt = issuedAt;
        this.dueOn = dueOn;
        this.validTo = validTo;
        this.agreement = agreement;
        this.charged = new ArrayList<>(charged);
        this.open = open;
    }

    /** A new estimate; {@link #issued} tells it. */
    static GoodFaithEstimate issue(
            String id,
            String patientId,
            int sessions,
            List<ChargeLine> linesPerSession,
            EstimateRules rules,
            LocalDate today,
            @Nullable LocalDate visitOn,
            Instant now) {
        if (linesPerSession.isEmpty()) {
            throw new RuleViolation("charge-rule-known", "no charge rule knows the drug and route of the plan");
        }
        if (visitOn != null && visitOn.isBefore(today)) {
            throw new RuleViolation("visit-not-past", "the visit lies in the past").withField("visitOn");
        }
        return new GoodFaithEstimate(
                id,
                0,
                patientId,
                sessions,
                linesPerSession,
                rules.name(),
                now,
                rules.dueOn(today, visitOn),
                today.plusMonths(rules.validMonths()),
                null,
                List.of(),
                false);
    }

    List<BillingEvent> issued() {
        return List.of(new EstimateIssued(id, patientId, sessions, total().money(), issuedAt));
    }

    /**
     * The patient will pay themself.
     *
     * @throws RuleViolation {@code already-agreed}, {@code estimate-valid}
     */
    List<BillingEvent> agree(String signature, LocalDate today, Instant now) {
        if (agreement != null) {
            throw RuleViolation.conflict("already-agreed", "the estimate was agreed to before");
        }
        if (today.isAfter(validTo)) {
            throw RuleViolation.conflict("estimate-valid", "the estimate ended on " + validTo + "; issue a new one");
        }
        agreement = new Agreement(signature, now);
        open = true;
        return List.of(new SelfPayAgreed(id, patientId, sessions, total().money(), now));
    }

    /** Whether a session of that day is the patient's own to pay. */
    boolean covers(LocalDate day) {
        return open && !day.isAfter(validTo);
    }

    /** A session was charged to the patient under it. */
    void charge(String sessionId, Usd amount) {
        if (!open) {
            throw new IllegalStateException("estimate " + id + " is not open");
        }
        charged.add(new ChargedSession(sessionId, amount));
        open = charged.size() < sessions;
    }

    /** What one session is estimated at. */
    public Usd perSession() {
        return Usd.sum(linesPerSession.stream().map(ChargeLine::amount).toList());
    }

    public Usd total() {
        return perSession().times(sessions);
    }

    /** What was charged so far beyond the estimate of as many sessions; negative when it was less. */
    public Usd variance() {
        return Usd.sum(charged.stream().map(ChargedSession::amount).toList())
                .minus(perSession().times(charged.size()));
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

    public int sessions() {
        return sessions;
    }

    public List<ChargeLine> linesPerSession() {
        return linesPerSession;
    }

    public String rules() {
        return rules;
    }

    public Instant issuedAt() {
        return issuedAt;
    }

    /** Last day to hand it to the patient. */
    public LocalDate dueOn() {
        return dueOn;
    }

    public LocalDate validTo() {
        return validTo;
    }

    public @Nullable Agreement agreement() {
        return agreement;
    }

    public List<ChargedSession> charged() {
        return List.copyOf(charged);
    }
}
