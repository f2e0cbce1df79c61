package clinicops.staffweb.staff;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The staff accounts of the clinic, all in the hand of its admins. */
public interface StaffAccounts extends Repository<StaffAccount, String> {
    Optional<StaffAccount> findByUsername(String username);

    List<StaffAccount> findByUsernameGreaterThanOrderByUsername(String username, Limit limit);

    long count();

    /** Accounts that may sign in and have this role, but for one. */
    @Query(value = "{ active: true, roles: ?0, _id: { $ne: ?1 } }", count = true)
    long countActiveOthers(String role, String username);

    StaffAccount save(StaffAccount account);
}
