package clinicops.scheduling.course;

import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.session.CourseTerms;
import clinicops.scheduling.session.TreatmentSession;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The sessions that one revision of a treatment plan asks for, booked together; or the single session of a booster.
 *
 * <p>A course is booked whole or not at all, and is never booked again: from then on its sessions live their own lives (each
 * may be moved inside the plan's gaps, cancelled, missed and replaced, or given), and the course is over when all of them are. A patient has
 * one open course at a time. One out of which a session fell waits for the front desk, until another is planned or it is left so.
 *
 * @param terms what the plan asked for when the course was booked
 * @param sessionIds in the order of their numbers
 * @param boosterId the suggestion that it was booked for; null for a course
 * @param replanSince when a session fell out; null as long as nothing waits for the front desk
 */
@Document("courses")
record TreatmentCourse(
        @Id String id,
        @Version long version,
        String patientId,
        String drug,
        String route,
        CourseTerms terms,
        List<String> sessionIds,
        Instant bookedAt,
        String bookedBy,
        @Nullable String boosterId,
        @Nullable Instant replanSince) {

    /** A course of these sessions, which are in order. */
    static TreatmentCourse of(
            String id, List<TreatmentSession> sessions, @Nullable String boosterId, Instant now, String by) {
        TreatmentSession first = sessions.getFirst();
        return new TreatmentCourse(
                id,
                0,
                first.patientId(),
                first.drug(),
                first.route(),
                first.terms(),
                sessions.stream().map(TreatmentSession::id).toList(),
                now,
                by,
                boosterId,
                null);
    }

    /** With one more session, in place of one that was cancelled or missed. */
    TreatmentCourse with(String sessionId) {
        return with(Stream.concat(sessionIds.stream(), Stream.of(sessionId)).toList(), replanSince);
    }

    /** A session fell out: whoever is at the desk plans another one, or leaves it so. */
    TreatmentCourse fellOut(Instant now) {
        return with(sessionIds, replanSince == null ? now : replanSince);
    }

    /** Nothing waits for the desk any more. */
    TreatmentCourse settled() {
        return with(sessionIds, null);
    }

    private TreatmentCourse with(List<String> sessions, @Nullable Instant since) {
        return new TreatmentCourse(
                id, version, patientId, drug, route, terms, sessions, bookedAt, bookedBy, boosterId, since);
    }

    /** What the others are told of a new course. */
    SchedulingEvent booked(List<TreatmentSession> sessions) {
        return new SchedulingEvent.CourseBooked(
                id,
                patientId,
                terms.planId(),
                terms.planRevision(),
                drug,
                route,
                sessionIds,
                sessions.getFirst().place().startsAt(),
                sessions.getLast().place().startsAt(),
                bookedAt);
    }
}
