package clinicops.billing.ledger;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** Append-only: there is no way to change or delete a row. */
interface LedgerTransactions extends Repository<LedgerTransaction, String> {
    <S extends LedgerTransaction> List<S> insert(Iterable<S> transactions);

    List<LedgerTransaction> findByPatientIdOrderByIdDesc(String patientId, Limit limit);

    Optional<LedgerTransaction> findByIdAndPatientId(String id, String patientId);
}
