package clinicops.billing.charge;

import clinicops.billing.authorization.AuthorizationDesk;
import clinicops.billing.coverage.CoverageFile;
import clinicops.billing.estimate.AgreementHeard;
import clinicops.billing.estimate.SelfPay;
import clinicops.billing.fee.ChargeBook;
import clinicops.billing.fee.Treatment;
import clinicops.billing.ledger.Account;
import clinicops.billing.ledger.Ledger;
import clinicops.billing.money.Usd;
import clinicops.chassis.BusinessClock;
import clinicops.contracts.BillingEvent;
import clinicops.outbox.Outbox;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Makes a session's charges once it is over and its note is signed, in whichever order that is heard; a self-pay patient is
 * charged at once, an insured one when the biller claims. All methods join the caller's transaction.
 */
@Component
public class SessionCharging implements AgreementHeard {
    private final TreatedSessions sessions;
    private final ChargeBook book;
    private final AuthorizationDesk authorizations;
    private final CoverageFile coverages;
    private final SelfPay selfPay;
    private final Ledger ledger;
    private final Outbox outbox;
    private final BusinessClock clock;

    SessionCharging(
            TreatedSessions sessions,
            ChargeBook book,
            AuthorizationDesk authorizations,
            CoverageFile coverages,
            SelfPay selfPay,
            Ledger ledger,
            Outbox outbox,
            BusinessClock clock) {
        this.sessions = sessions;
        this.book = book;
        this.authorizations = authorizations;
        this.coverages = coverages;
        this.selfPay = selfPay;
        this.ledger = ledger;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** The patient was discharged; hearing it again changes nothing. */
    public void completed(String sessionId, String patientId, Treatment treatment) {
        TreatedSession session = find(sessionId, patientId);
        if (session.completed()) {
            return;
        }
        LocalDate day = LocalDate.ofInstant(treatment.startedAt(), clock.clinicZone());
        session.complete(treatment, day);
        boolean charged = charge(session);
        Optional<String> agreement = selfPay.agreementFor(patientId, day);
        if (agreement.isEmpty()) {
            authorizations.countSession(patientId, sessionId, day);
        }
        boolean bill = agreement.isPresent() && session.readyToBill();
        ledger.change(patientId, bill ? "self-pay-charge" : "session-completed", (account, now) -> {
            account.await(sessionId);
            if (bill) {
                billToPatient(session, agreement.get(), account, now);
            }
            return List.of();
        });
        keep(session, charged);
    }

    /** The session note was signed; hearing it again changes nothing. */
    public void signed(String sessionId, String patientId, String signedBy, Instant signedAt) {
        TreatedSession session = find(sessionId, patientId);
        if (session.signed()) {
            return;
        }
        session.sign(new TreatedSession.Note(signedBy, signedAt));
        boolean charged = charge(session);
        LocalDate day = session.serviceDate();
        if (day != null && session.readyToBill()) {
            selfPay.agreementFor(patientId, day).ifPresent(agreement -> billToPatient(session, agreement));
        }
        keep(session, charged);
    }

    private void keep(TreatedSession session, boolean charged) {
        TreatedSession saved = sessions.save(session);
        if (charged) {
            outbox.append(
                    saved.id(),
                    saved.version(),
                    List.of(new BillingEvent.SessionCharged(
                            saved.id(), saved.patientId(), saved.total().money(), clock.instant())));
        }
    }

    /** Charges what was waiting for somebody to pay it; an insured patient's sessions stay with the insurer. */
    @Override
    public void agreed(String patientId) {
        if (coverages.primary(patientId).isPresent()) {
            return;
        }
        for (TreatedSession session :
                sessions.findByPatientIdAndBillingOrderByIdAsc(patientId, TreatedSession.Billing.OPEN)) {
            LocalDate day = session.serviceDate();
            if (day != null && session.readyToBill()) {
                selfPay.agreementFor(patientId, day).ifPresent(agreement -> {
                    billToPatient(session, agreement);
                    sessions.save(session);
                });
            }
        }
    }

    /** @return whether charges were made now */
    private boolean charge(TreatedSession session) {
        Treatment treatment = session.treatment();
        LocalDate day = session.serviceDate();
        if (treatment == null || day == null || !session.chargeable()) {
            return false;
        }
        session.charge(book.charges(treatment, day));
        return true;
    }

    private void billToPatient(TreatedSession session, String agreement) {
        ledger.change(session.patientId(), "self-pay-charge", (account, now) -> {
            billToPatient(session, agreement, account, now);
            return List.of();
        });
    }

    private void billToPatient(TreatedSession session, String agreement, Account account, Instant now) {
        Usd total = session.total();
        selfPay.charge(agreement, session.id(), total);
        session.billToPatient(agreement);
        account.chargePatient(session.id(), total, now);
    }

    private TreatedSession find(String sessionId, String patientId) {
        TreatedSession session =
                sessions.forBillingOffice(sessionId).orElseGet(() -> TreatedSession.begin(sessionId, patientId));
        session.requirePatient(patientId);
        return session;
    }
}
