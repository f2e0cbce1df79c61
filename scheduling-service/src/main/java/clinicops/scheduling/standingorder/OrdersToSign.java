package clinicops.scheduling.standingorder;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Rescue drugs that wait for a prescriber's signature. */
interface OrdersToSign extends Repository<OrderToSign, String> {
    OrderToSign save(OrderToSign order);

    @Query("{ '_id': ?0 }")
    Optional<OrderToSign> ofClinic(String id);

    @Query(value = "{ 'sessionId': ?0 }", sort = "{ '_id': 1 }")
    List<OrderToSign> ofSession(String sessionId);

    @Query(value = "{ 'signedAt': null }", sort = "{ 'givenAt': 1 }")
    List<OrderToSign> waiting(Limit limit);
}
