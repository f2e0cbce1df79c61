package clinicops.notification.session;

import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** Which sessions belong to a course, so that they can be told in one mail once all of them are known. */
@Document("courses")
public record KnownCourse(@Id String id, String patientId, List<String> sessionIds) {}
