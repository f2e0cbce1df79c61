package clinicops.billing.payer;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface Payers extends Repository<Payer, String> {
    Payer save(Payer payer);

    Optional<Payer> findByCode(String code);

    List<Payer> findByCodeGreaterThanOrderByCodeAsc(String after, Limit limit);
}
