package clinicops.billing.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface Accounts extends Repository<Account, String> {
    Account save(Account account);

    Optional<Account> findByPatientId(String patientId);

    List<Account> findByPatientIdIn(Collection<String> patientIds);

    List<Account> findByPatientIdGreaterThanOrderByPatientIdAsc(String after, Limit limit);

    List<Account> findByStatementDueAtLessThanEqualOrderByStatementDueAtAsc(Instant now, Limit limit);

    Optional<Account> findFirstByStatementDueAtNotNullOrderByStatementDueAtAsc();
}
