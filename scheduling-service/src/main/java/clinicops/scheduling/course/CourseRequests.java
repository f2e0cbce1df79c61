package clinicops.scheduling.course;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies and answers about courses. */
final class CourseRequests {
    private CourseRequests() {}

    /** @param from first day that the patient can come; today when left out */
    record SuggestionRequest(
            @NotBlank String patientId, @Nullable LocalDate from) {}

    record Suggestion(String patientId, List<SuggestedSession> sessions) {}

    /** @param endsAt when the chair is free again */
    record SuggestedSession(int number, Instant startsAt, Instant endsAt, String chairId, String nurseId) {}

    /** @param sessions in order, as many as the plan asks for */
    record BookingRequest(
            @NotBlank String patientId,
            @Size(min = 1, max = 60) List<@Valid WantedSession> sessions) {}

    record WantedSession(
            Instant startsAt,
            @NotBlank String chairId,
            @NotBlank String nurseId) {}

    /**
     * @param status {@code booked} before the first session, {@code under-way}, or {@code over} when every session is
     * @param sessionsDone sessions that ended by discharge
     */
    record CourseAnswer(
            String id,
            long version,
            String patientId,
            String planId,
            int planRevision,
            String drug,
            String route,
            String status,
            int sessionsDone,
            Instant bookedAt,
            String bookedBy,
            List<CourseSession> sessions) {}

    /** One session of a course; the whole of it is at {@code /api/sessions/{id}}. */
    record CourseSession(
            String id,
            long version,
            int number,
            String state,
            Instant startsAt,
            Instant endsAt,
            String chairId,
            String nurseId) {}
}
