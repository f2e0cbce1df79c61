package clinicops.notification.delivery;

import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The places that were taken. */
interface SmsPlaces extends Repository<SmsPlace, String> {

    /** Fails with a duplicate key when the place is taken. */
    SmsPlace insert(SmsPlace place);

    @Query("{ '_id': ?0 }")
    Optional<SmsPlace> at(String id);

    @Query(value = "{ 'noticeId': ?0 }", delete = true)
    void giveBack(String noticeId);
}
