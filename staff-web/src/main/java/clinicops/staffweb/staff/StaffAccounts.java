package clinicops.staffweb.staff;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** The staff accounts of the clinic, all in the hand of its admins. */
public interface StaffAccounts extends Repository<StaffAccount, String> {
    Optional<StaffAccount> findByUsername(String username);

    List<StaffAccount> findByUsernameGreaterThanOrderByUsername(String username, Limit limit);

    long count();

    StaffAccount save(StaffAccount account);
}
