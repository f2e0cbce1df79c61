package clinicops.billing.claim;

import clinicops.billing.authorization.AuthorizationDesk;
import clinicops.billing.charge.TreatedSession;
import clinicops.billing.charge.TreatedSessions;
import clinicops.billing.coverage.Coverage;
import clinicops.billing.coverage.CoverageFile;
import clinicops.billing.ledger.Ledger;
import clinicops.billing.patient.BilledPatient;
import clinicops.billing.patient.PatientFile;
import clinicops.billing.reason.ReasonCodes;
import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Commands;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.contracts.BillingEvent;
import clinicops.outbox.Ids;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Submits claims, notes what a biller types of the insurers' answers, gives up what was denied. */
@Component
class ClaimDesk {
    private final Claims claims;
    private final TreatedSessions sessions;
    private final CoverageFile coverages;
    private final AuthorizationDesk authorizations;
    private final PatientFile patients;
    private final ReasonCodes reasons;
    private final Ledger ledger;
    private final ClaimAnswers answers;
    private final Commands commands;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Audit audit;
    private final BusinessClock clock;

    ClaimDesk(
            Claims claims,
            TreatedSessions sessions,
            CoverageFile coverages,
            AuthorizationDesk authorizations,
            PatientFile patients,
            ReasonCodes reasons,
            Ledger ledger,
            ClaimAnswers answers,
            Commands commands,
            Transactions transactions,
            Outbox outbox,
            Audit audit,
            BusinessClock clock) {
        this.claims = claims;
        this.sessions = sessions;
        this.coverages = coverages;
        this.authorizations = authorizations;
        this.patients = patients;
        this.reasons = reasons;
        this.ledger = ledger;
        this.answers = answers;
        this.commands = commands;
        this.transactions = transactions;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    ClaimController.ClaimAnswered submit(@Nullable String key, ClaimController.NewClaim request) {
        return commands.once(key, request, ClaimController.ClaimAnswered.class, () -> {
            TreatedSession session = sessions.forBillingOffice(request.sessionId())
                    .orElseThrow(() -> new NotFound("session", request.sessionId()));
            requireUnbilled(session);
            Coverage coverage = coverages.primary(session.patientId()).orElse(null);
            WhyUnbilled why = WhyUnbilled.of(session, coverage, () -> hasUnit(session));
            if (coverage == null || why != WhyUnbilled.READY) {
                throw why.refusal();
            }
            Claim claim = Claim.submit(
                    Ids.next(),
                    session,
                    coverage,
                    authorizationNumber(session, coverage),
                    patients.find(session.patientId())
                            .map(BilledPatient::diagnosisCode)
                            .orElse(null),
                    clock.instant());
            session.claim(claim.id());
            sessions.save(session);
            ledger.change(claim.patientId(), "claim-submitted", (account, now) -> {
                account.chargeInsurance(claim.id(), claim.charged(), now);
                return List.of();
            });
            Claim saved = save(claim, claim.submitted());
            audit("submit-claim", saved, null);
            return ClaimController.ClaimAnswered.of(saved, reasons);
        });
    }

    Claim answer(String id, @Nullable String ifMatch, ClaimAnswer answer) {
        for (int i = 0; i < answer.adjustments().size(); i++) {
            reasons.require(answer.adjustments().get(i).reason(), "adjustments[" + i + "].reason");
        }
        return answers.typed(id, ifMatch, answer);
    }

    Claim writeOff(String id, @Nullable String ifMatch, String reason) {
        return transactions.inTransaction(() -> {
            Claim claim = find(id, ifMatch);
            claim.writeOff(reason);
            Claim saved = save(claim, List.of());
            ledger.change(saved.patientId(), "write-off", (account, now) -> {
                account.writeOff(id, saved.sessionId(), saved.charged(), reason, now);
                return List.of();
            });
            audit("write-off-claim", saved, reason);
            return saved;
        });
    }

    private Claim find(String id, @Nullable String ifMatch) {
        Claim claim = claims.forBillingOffice(id).orElseThrow(() -> new NotFound("claim", id));
        Versions.require(ifMatch, claim.version(), "claim/" + id);
        return claim;
    }

    private static void requireUnbilled(TreatedSession session) {
        switch (session.billing()) {
            case CLAIMED ->
                throw RuleViolation.conflict("already-claimed", "there is a claim for the session")
                        .withField("sessionId");
            case SELF_PAY ->
                throw RuleViolation.conflict(
                                "self-pay-agreed", "the patient agreed to pay the session: no claim may be made")
                        .withField("sessionId");
            case OPEN -> {}
        }
    }

    private boolean hasUnit(TreatedSession session) {
        LocalDate day = session.serviceDate();
        return day != null && authorizations.hasUnitFor(session.patientId(), session.id(), day);
    }

    /** A unit granted after the session was given is used up now. */
    private @Nullable String authorizationNumber(TreatedSession session, Coverage coverage) {
        LocalDate day = session.serviceDate();
        return day == null || !coverage.authorizationRequired()
                ? null
                : authorizations
                        .countSession(session.patientId(), session.id(), day)
                        .orElse(null);
    }

    private Claim save(Claim claim, List<BillingEvent> events) {
        Claim saved = claims.save(claim);
        outbox.append(saved.id(), saved.version(), events);
        return saved;
    }

    private void audit(String action, Claim saved, @Nullable String why) {
        audit.write(action, "claim/" + saved.id(), saved.patientId(), saved.version(), why);
    }
}
