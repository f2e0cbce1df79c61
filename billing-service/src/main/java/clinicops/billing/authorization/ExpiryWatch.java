package clinicops.billing.authorization;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.DueWork;
import clinicops.outbox.Transactions;
import java.time.Instant;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Warns, by the business clock, before a granted authorization ends. */
@Component
class ExpiryWatch implements DueWork {
    private final Authorizations authorizations;
    private final AuthorizationDesk desk;
    private final Transactions transactions;
    private final BusinessClock clock;

    ExpiryWatch(Authorizations authorizations, AuthorizationDesk desk, Transactions transactions, BusinessClock clock) {
        this.authorizations = authorizations;
        this.desk = desk;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 250)
    void warn() {
        Instant now = clock.instant();
        for (var due : authorizations.findByExpiryWarningAtLessThanEqualOrderByExpiryWarningAtAsc(now, Limit.of(100))) {
            // loaded anew inside: another copy of the service may have warned already
            transactions.run(() -> authorizations.forBillingOffice(due.id()).ifPresent(a -> {
                var events = a.warnOfExpiry(now);
                if (!events.isEmpty()) {
                    desk.save(a, events);
                }
            }));
        }
    }

    @Override
    public Optional<Instant> nextDueAt() {
        return authorizations
                .findFirstByExpiryWarningAtNotNullOrderByExpiryWarningAtAsc()
                .map(PriorAuthorization::expiryWarningAt);
    }
}
