package clinicops.notification.session;

import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The courses that notification has heard of. */
public interface KnownCourses extends Repository<KnownCourse, String> {

    KnownCourse save(KnownCourse course);

    /** The course of that id, if it is this patient's. */
    @Query("{ '_id': ?1, 'patientId': ?0 }")
    Optional<KnownCourse> ofPatient(String patientId, String courseId);
}
