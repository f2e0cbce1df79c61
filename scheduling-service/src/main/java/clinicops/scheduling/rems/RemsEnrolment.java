package clinicops.scheduling.rems;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A patient's enrolment in the programme.
 *
 * @param patientId one enrolment each
 * @param number as the programme gave it; null while it has not
 * @param endedOn first day on which it no longer holds; null while it does
 */
@Document("rems_enrolments")
record RemsEnrolment(
        @Id String patientId,
        @Version long version,
        @Nullable String number,
        LocalDate enrolledOn,
        @Nullable LocalDate endedOn,
        String by,
        Instant at) {
    boolean holdsOn(LocalDate day) {
        return !day.isBefore(enrolledOn) && (endedOn == null || day.isBefore(endedOn));
    }
}
