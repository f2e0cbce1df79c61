package clinicops.scheduling.course;

import clinicops.scheduling.hold.CourseHold;
import clinicops.scheduling.resource.Place;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
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

    /**
     * @param sessions in order, as many as the plan asks for; left out when a hold has them
     * @param holdId the hold whose places are booked; left out when the sessions are named
     */
    record BookingRequest(
            @NotBlank String patientId,
            @Nullable @Size(min = 1, max = 60) List<@Valid WantedSession> sessions,
            @Nullable String holdId) {}

    /** @param sessions in order, as many as the plan asks for */
    record HoldRequest(
            @NotBlank String patientId,
            @Size(min = 1, max = 60) List<@Valid WantedSession> sessions) {}

    /**
     * @param expiresAt the places are free again then, by the business clock, unless they were booked
     * @param terms version of the terms that set the time limit
     */
    record HoldAnswer(
            String id,
            String patientId,
            List<SuggestedSession> sessions,
            String heldBy,
            Instant heldAt,
            Instant expiresAt,
            String terms) {
        static HoldAnswer of(CourseHold hold) {
            List<SuggestedSession> sessions = new ArrayList<>();
            for (Place place : hold.places()) {
                sessions.add(new SuggestedSession(
                        sessions.size() + 1, place.startsAt(), place.endsAt(), place.chairId(), place.nurseId()));
            }
            return new HoldAnswer(
                    hold.id(),
                    hold.patientId(),
                    sessions,
                    hold.heldBy(),
                    hold.heldAt(),
                    hold.expiresAt(),
                    hold.terms());
        }
    }

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
