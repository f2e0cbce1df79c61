package clinicops.scheduling.course;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.session.SessionFollower;
import clinicops.scheduling.session.Sessions;
import clinicops.scheduling.session.TreatmentSession;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/**
 * A session that is cancelled or missed leaves its course shorter than the plan: the course waits for the front desk. Not when
 * nothing of it is left, and not when the patient withdrew.
 */
@Component
class FallenOut implements SessionFollower {
    private static final String WITHDRAWN = "consent-withdrawn";
    private static final int MOST_SESSIONS = 200;

    private final Courses courses;
    private final Sessions sessions;
    private final Audit audit;
    private final BusinessClock clock;

    FallenOut(Courses courses, Sessions sessions, Audit audit, BusinessClock clock) {
        this.courses = courses;
        this.sessions = sessions;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void followed(TreatmentSession session, List<SchedulingEvent> events) {
        if (events.stream().anyMatch(FallenOut::fellOut)) {
            courses.ofClinic(session.courseId()).ifPresent(this::mark);
        }
    }

    private static boolean fellOut(SchedulingEvent event) {
        return switch (event) {
            case SchedulingEvent.SessionCancelled cancelled ->
                !cancelled.reason().equals(WITHDRAWN);
            case SchedulingEvent.SessionMissed _ -> true;
            default -> false;
        };
    }

    private void mark(TreatmentCourse course) {
        boolean goesOn = sessions.ofCourse(course.id(), "", Limit.of(MOST_SESSIONS)).stream()
                .anyMatch(session -> session.state().keepsPlace());
        if (goesOn == (course.replanSince() != null)) {
            return;
        }
        TreatmentCourse marked = courses.save(goesOn ? course.fellOut(clock.instant()) : course.settled());
        audit.write("mark-course-to-replan", "course/" + course.id(), course.patientId(), marked.version(), null);
    }
}
