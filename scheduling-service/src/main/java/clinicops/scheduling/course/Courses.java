package clinicops.scheduling.course;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Every course of the clinic; who of the staff may ask is the access table's matter. */
interface Courses extends Repository<TreatmentCourse, String> {
    TreatmentCourse save(TreatmentCourse course);

    @Query("{ '_id': ?0 }")
    Optional<TreatmentCourse> ofClinic(String id);

    /** Out of which a session fell, and that nobody has planned anew yet; the longest waiting first. */
    @Query(value = "{ 'replanSince': { '$type': 'date' }, '_id': { '$gt': ?0 } }", sort = "{ '_id': 1 }")
    List<TreatmentCourse> toReplan(String after, Limit limit);

    @Query(value = "{ 'patientId': ?0, '_id': { '$gt': ?1 } }", sort = "{ '_id': 1 }")
    List<TreatmentCourse> ofPatient(String patientId, String after, Limit limit);
}
