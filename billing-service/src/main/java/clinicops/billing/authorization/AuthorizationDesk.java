package clinicops.billing.authorization;

import clinicops.billing.coverage.Coverage;
import clinicops.billing.coverage.CoverageFile;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks payers, notes what they decide, and counts sessions on what they granted. */
@Component
public class AuthorizationDesk {
    private final Authorizations authorizations;
    private final CoverageFile coverages;
    private final PatientFile patients;
    private final ReasonCodes reasons;
    private final AuthorizationSettings settings;
    private final Commands commands;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Audit audit;
    private final BusinessClock clock;

    AuthorizationDesk(
            Authorizations authorizations,
            CoverageFile coverages,
            PatientFile patients,
            ReasonCodes reasons,
            AuthorizationSettings settings,
            Commands commands,
            Transactions transactions,
            Outbox outbox,
            Audit audit,
            BusinessClock clock) {
        this.authorizations = authorizations;
        this.coverages = coverages;
        this.patients = patients;
        this.reasons = reasons;
        this.settings = settings;
        this.commands = commands;
        this.transactions = transactions;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    AuthorizationController.AuthorizationAnswer request(
            @Nullable String key, AuthorizationController.NewAuthorization request) {
        return commands.once(key, request, AuthorizationController.AuthorizationAnswer.class, () -> {
            patients.require(request.patientId());
            Coverage coverage = coverages.require(request.coverageId(), request.patientId());
            coverage.requireKnownPayer();
            var authorization = PriorAuthorization.request(
                    Ids.next(),
                    request.patientId(),
                    coverage.id(),
                    coverage.payerCode(),
                    request.units(),
                    request.diagnosisCode(),
                    clock.instant());
            var saved = save(authorization, authorization.requested());
            audit("request-authorization", saved);
            return AuthorizationController.AuthorizationAnswer.of(saved);
        });
    }

    PriorAuthorization decide(String id, @Nullable String ifMatch, AuthorizationController.Decision decision) {
        return transactions.inTransaction(() -> {
            var authorization =
                    authorizations.forBillingOffice(id).orElseThrow(() -> new NotFound("authorization", id));
            Versions.require(ifMatch, authorization.version(), "authorization/" + id);
            var saved = save(
                    authorization,
                    decision.decision().equals("granted")
                            ? grant(authorization, decision)
                            : deny(authorization, decision));
            audit("decide-authorization", saved);
            return saved;
        });
    }

    /** @param first false when the same decision had been taken before: nothing was written then */
    public record Decided(PriorAuthorization authorization, boolean first) {}

    /**
     * The payer itself decides. The same decision again is answered as the first time.
     *
     * @throws NotFound when there is no such request, or it was asked of another payer
     * @throws RuleViolation {@code already-decided}, {@code patient-of-claim}
     */
    public Decided decide(PayersDecision sent) {
        return transactions.inTransaction(() -> {
            var authorization = authorizations
                    .findByIdAndPayerCode(sent.authorizationId(), sent.payerCode())
                    .orElseThrow(() -> new NotFound("authorization", sent.authorizationId()));
            if (!authorization.patientId().equals(sent.patientId())) {
                throw new RuleViolation("patient-of-claim", "the request is for another patient").withField("patient");
            }
            if (authorization.decidedAs(sent.grant(), sent.denialReason())) {
                return new Decided(authorization, false);
            }
            String reason = sent.denialReason();
            var saved = save(
                    authorization,
                    reason == null
                            ? grant(authorization, given(sent.grant(), "grant"))
                            : authorization.deny(reason, clock.instant()));
            audit("decide-authorization", saved);
            return new Decided(saved, true);
        });
    }

    /**
     * Counts an attended session on the patient's authorization that ends first; counting it again changes nothing. In the
     * caller's transaction.
     *
     * @param day of service, in the clinic's zone
     * @return the payer's number of the authorization; empty when none has a unit for that day
     */
    public Optional<String> countSession(String patientId, String sessionId, LocalDate day) {
        List<PriorAuthorization> granted =
                authorizations.findByPatientIdAndStatus(patientId, PriorAuthorization.Status.GRANTED);
        Optional<PriorAuthorization> counted =
                granted.stream().filter(a -> a.servedSession(sessionId)).findFirst();
        if (counted.isPresent()) {
            return counted.map(AuthorizationDesk::number);
        }
        return granted.stream()
                .filter(a -> a.hasUnitFor(day))
                .min(Comparator.comparing(AuthorizationDesk::end))
                .map(a -> save(a, a.use(sessionId, day, settings.warnAtUnitsLeft(), clock.instant())))
                .map(AuthorizationDesk::number);
    }

    /** Whether the session is counted on an authorization, or could be. */
    public boolean hasUnitFor(String patientId, String sessionId, LocalDate day) {
        return authorizations.findByPatientIdAndStatus(patientId, PriorAuthorization.Status.GRANTED).stream()
                .anyMatch(a -> a.servedSession(sessionId) || a.hasUnitFor(day));
    }

    PriorAuthorization save(PriorAuthorization authorization, List<BillingEvent> events) {
        var saved = authorizations.save(authorization);
        outbox.append(saved.id(), saved.version(), events);
        return saved;
    }

    private List<BillingEvent> grant(PriorAuthorization authorization, AuthorizationController.Decision decision) {
        var grant = new PriorAuthorization.Grant(
                given(decision.number(), "number"),
                given(decision.units(), "units"),
                given(decision.validFrom(), "validFrom"),
                given(decision.validTo(), "validTo"));
        return grant(authorization, grant);
    }

    private List<BillingEvent> grant(PriorAuthorization authorization, PriorAuthorization.Grant grant) {
        var warnAt = grant.validTo()
                .minusDays(settings.warnDaysBeforeEnd())
                .atStartOfDay(clock.clinicZone())
                .toInstant();
        return authorization.grant(grant, warnAt, clock.instant());
    }

    private List<BillingEvent> deny(PriorAuthorization authorization, AuthorizationController.Decision decision) {
        String reason = given(decision.reason(), "reason");
        reasons.require(reason, "reason");
        return authorization.deny(reason, clock.instant());
    }

    private void audit(String action, PriorAuthorization saved) {
        audit.write(action, "authorization/" + saved.id(), saved.patientId(), saved.version(), null);
    }

    private static <T> T given(@Nullable T value, String field) {
        if (value == null) {
            throw new RuleViolation("decision-complete", "the decision needs its " + field).withField(field);
        }
        return value;
    }

    private static String number(PriorAuthorization authorization) {
        var grant = authorization.grant();
        return grant == null ? "" : grant.number();
    }

    private static LocalDate end(PriorAuthorization authorization) {
        var grant = authorization.grant();
        return grant == null ? LocalDate.MAX : grant.validTo();
    }
}
