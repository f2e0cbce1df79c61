package clinicops.scheduling.course;

import clinicops.scheduling.course.CoursePlanner.PassedOver;
import clinicops.scheduling.course.CoursePlanner.PlannedCourse;
import clinicops.scheduling.course.CoursePlanner.PlannedSession;
import clinicops.scheduling.hold.CourseHold;
import clinicops.scheduling.integration.IntegrationWish;
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

    /**
     * @param from first day that the patient can come; today when left out
     * @param nurseId the nurse whom the patient wishes for; left out: one nurse for all sessions as far as possible
     * @param preferred times of the week that suit; left out: any
     * @param fixed sessions that are to be exactly then; the others follow
     * @param boosterId the booster that is wanted; left out for a course
     */
    record SuggestionRequest(
            @NotBlank String patientId,
            @Nullable LocalDate from,
            @Nullable String nurseId,
            @Nullable @Size(max = 21) List<PreferredTime> preferred,
            @Nullable @Size(max = 60) List<@Valid FixedSession> fixed,
            @Nullable String boosterId) {}

    /** @param number from 1 */
    record FixedSession(int number, Instant startsAt) {}

    /**
     * @param sessions of the best course
     * @param courses the best first, at most three, each with another first day
     * @param passedOver days and moments that the best course does without, and why
     * @param rules versions of what was weighed
     */
    record Suggestion(
            String patientId,
            List<SuggestedSession> sessions,
            List<SuggestedCourse> courses,
            List<PassedOverAnswer> passedOver,
            List<String> rules) {}

    /** @param cost what it weighs; the least is best */
    record SuggestedCourse(long cost, List<SuggestedSession> sessions) {
        static SuggestedCourse of(PlannedCourse course) {
            List<SuggestedSession> sessions = new ArrayList<>();
            for (PlannedSession session : course.sessions()) {
                sessions.add(SuggestedSession.of(sessions.size() + 1, session.place(), session.because()));
            }
            return new SuggestedCourse(course.cost(), sessions);
        }
    }

    /**
     * @param startsAt null when it is about the whole day
     * @param rule {@code closed}, {@code chair-full}, {@code nurse-full}, {@code no-prescriber-cover}, {@code pump-missing}, {@code
     *     patient-busy}, {@code session-gap}, {@code clearance-ends}, {@code other-nurse}, {@code
     *     not-preferred} or {@code other-day-better}
     */
    record PassedOverAnswer(LocalDate day, @Nullable Instant startsAt, String rule) {
        static PassedOverAnswer of(PassedOver passed) {
            return new PassedOverAnswer(passed.day(), passed.startsAt(), passed.rule());
        }
    }

    /**
     * @param moved the session that somebody wants elsewhere; the others follow as far as they must
     * @param replacing a cancelled or missed session, in whose place another one is added
     * @param dryRun true only to see what would become of it
     */
    record ReplanRequest(
            @Nullable @Valid MovedSession moved, @Nullable String replacing, boolean dryRun) {}

    /**
     * @param chairId its chair of now as far as it is free, when left out; so with the nurse
     */
    record MovedSession(
            @NotBlank String sessionId,
            Instant startsAt,
            @Nullable String chairId,
            @Nullable String nurseId) {}

    /**
     * @param changes how many sessions go elsewhere or are new
     * @param applied false for a dry run
     */
    record ReplanAnswer(
            String courseId,
            boolean applied,
            int changes,
            List<ReplannedSession> sessions,
            List<PassedOverAnswer> passedOver,
            List<String> rules) {}

    /**
     * @param sessionId null for one that is not there yet
     * @param formerStartsAt where it is booked now; null for a new one
     * @param because {@code stays}, {@code fixed} or why this place was chosen
     */
    record ReplannedSession(
            @Nullable String sessionId,
            int number,
            Instant startsAt,
            Instant endsAt,
            String chairId,
            String nurseId,
            @Nullable Instant formerStartsAt,
            boolean changed,
            List<String> because) {}

    /**
     * @param endsAt when the chair is free again
     * @param because {@code earliest}, {@code even-gap}, {@code same-nurse}, {@code preferred-time}, {@code only-place}; none for what
     *     is held
     */
    record SuggestedSession(
            int number, Instant startsAt, Instant endsAt, String chairId, String nurseId, List<String> because) {
        static SuggestedSession of(int number, Place place, List<String> because) {
            return new SuggestedSession(
                    number, place.startsAt(), place.endsAt(), place.chairId(), place.nurseId(), because);
        }
    }

    /**
     * @param sessions in order, as many as the plan asks for; left out when a hold has them
     * @param holdId the hold whose places are booked; left out when the sessions are named
     * @param integration with whom the patient reflects after each session; left out for none
     * @param boosterId the booster that is wanted; left out for a course, and when a hold has it
     */
    record BookingRequest(
            @NotBlank String patientId,
            @Nullable @Size(min = 1, max = 60) List<@Valid WantedSession> sessions,
            @Nullable String holdId,
            @Nullable @Valid IntegrationWish integration,
            @Nullable String boosterId) {}

    /**
     * @param sessions in order, as many as the plan asks for
     * @param boosterId the booster that is wanted; left out for a course
     */
    record HoldRequest(
            @NotBlank String patientId,
            @Size(min = 1, max = 60) List<@Valid WantedSession> sessions,
            @Nullable String boosterId) {}

    /**
     * @param expiresAt the places are free again then, by the business clock, unless they were booked
     * @param terms version of the terms that set the time limit
     * @param boosterId the booster that the places are for; null for a course
     */
    record HoldAnswer(
            String id,
            String patientId,
            List<SuggestedSession> sessions,
            String heldBy,
            Instant heldAt,
            Instant expiresAt,
            String terms,
            @Nullable String boosterId) {
        static HoldAnswer of(CourseHold hold) {
            List<SuggestedSession> sessions = new ArrayList<>();
            for (Place place : hold.places()) {
                sessions.add(SuggestedSession.of(sessions.size() + 1, place, List.of()));
            }
            return new HoldAnswer(
                    hold.id(),
                    hold.patientId(),
                    sessions,
                    hold.heldBy(),
                    hold.heldAt(),
                    hold.expiresAt(),
                    hold.terms(),
                    hold.boosterId());
        }
    }

    record WantedSession(
            Instant startsAt,
            @NotBlank String chairId,
            @NotBlank String nurseId) {}

    /**
     * @param status {@code booked} before the first session, {@code under-way}, or {@code over} when every session is
     * @param sessionsDone sessions that ended by discharge
     * @param sessionsMissing of those that the plan asks for: cancelled or missed, and not replaced
     * @param kind {@code course} or {@code booster}
     * @param replanSince when a session fell out of it; null when none did, another was planned or it was left so
     */
    record CourseAnswer(
            String id,
            long version,
            String patientId,
            String planId,
            int planRevision,
            String drug,
            String route,
            String kind,
            String status,
            int sessionsDone,
            int sessionsMissing,
            @Nullable Instant replanSince,
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
