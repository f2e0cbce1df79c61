package clinicops.notification.delivery;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The mail that stayed in the clinic. */
interface KeptMails extends Repository<KeptMail, String> {

    KeptMail insert(KeptMail mail);

    /** For the administrator's inbox: everybody's mail, in the order of arrival. */
    @Query(value = "{ 'position': { $gt: ?0 } }", sort = "{ 'position': 1 }")
    List<KeptMail> arrivedAfter(String position, Limit limit);

    void deleteByPatientId(String patientId);
}
