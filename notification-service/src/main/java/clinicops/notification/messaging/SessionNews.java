package clinicops.notification.messaging;

import clinicops.contracts.SchedulingEvent.CourseBooked;
import clinicops.contracts.SchedulingEvent.EscortNamed;
import clinicops.contracts.SchedulingEvent.SessionBooked;
import clinicops.contracts.SchedulingEvent.SessionCancelled;
import clinicops.contracts.SchedulingEvent.SessionCompleted;
import clinicops.contracts.SchedulingEvent.SessionMoved;
import clinicops.notification.notice.NoticeDesk;
import clinicops.notification.recipient.Recipient;
import clinicops.notification.recipient.Recipients;
import clinicops.notification.session.BookedSession;
import clinicops.notification.session.BookedSession.Heard;
import clinicops.notification.session.BookedSessions;
import clinicops.notification.session.KnownCourse;
import clinicops.notification.session.KnownCourses;
import clinicops.outbox.EventRefused;
import clinicops.outbox.Received;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What arrives of courses and sessions. */
@Component
class SessionNews {

    private final BookedSessions sessions;
    private final KnownCourses courses;
    private final Recipients recipients;
    private final NoticeDesk notices;

    SessionNews(BookedSessions sessions, KnownCourses courses, Recipients recipients, NoticeDesk notices) {
        this.sessions = sessions;
        this.courses = courses;
        this.recipients = recipients;
        this.notices = notices;
    }

    void courseBooked(CourseBooked booked) {
        courses.save(new KnownCourse(booked.courseId(), booked.patientId(), booked.sessionIds()));
        tellOnceComplete(booked.patientId(), booked.courseId());
    }

    void booked(Received<SessionBooked> received) {
        SessionBooked booked = received.event();
        // it may have been moved or cancelled before we heard of it
        BookedSession session = sessions.bySession(booked.sessionId()).orElse(null);
        if (session == null) {
            session = BookedSession.first(
                    booked.sessionId(),
                    booked.courseId(),
                    booked.patientId(),
                    booked.number(),
                    booked.route(),
                    booked.startsAt(),
                    heard(received));
        } else {
            session.identify(booked.number(), booked.route());
        }
        sessions.save(session);
        if (!session.isCancelled()) {
            notices.remind(session, zone(booked.patientId()));
        }
        tellOnceComplete(booked.patientId(), booked.courseId());
    }

    void moved(Received<SessionMoved> received) {
        SessionMoved moved = received.event();
        Optional<BookedSession> known = sessions.bySession(moved.sessionId());
        BookedSession session = known.orElseGet(() -> BookedSession.first(
                moved.sessionId(), moved.courseId(), moved.patientId(), 0, null, moved.startsAt(), heard(received)));
        if (known.isEmpty() || session.move(moved.startsAt(), heard(received))) {
            sessions.save(session);
            notices.sessionMoved(session, zone(moved.patientId()));
        }
    }

    void cancelled(Received<SessionCancelled> received) {
        SessionCancelled cancelled = received.event();
        BookedSession session = sessions.bySession(cancelled.sessionId())
                .orElseGet(() -> BookedSession.first(
                        cancelled.sessionId(),
                        cancelled.courseId(),
                        cancelled.patientId(),
                        0,
                        null,
                        cancelled.startsAt(),
                        heard(received)));
        if (session.cancel(heard(received))) {
            sessions.save(session);
            notices.sessionCancelled(session);
        }
    }

    void escortNamed(EscortNamed named) {
        // the session is of the same patient, so its booking came before on the same partition; without it this is
        // dead, and
        // can be replayed after it
        BookedSession session = sessions.bySession(named.sessionId())
                .orElseThrow(() -> new EventRefused("session-unknown", "nothing was heard of this session before"));
        if (session.nameEscort()) {
            sessions.save(session);
            notices.escortNamed(session);
        }
    }

    void completed(SessionCompleted completed) {
        notices.sessionCompleted(
                completed.patientId(), completed.sessionId(), completed.dischargedAt(), zone(completed.patientId()));
    }

    /** The mail that tells a course names all of its sessions, whichever of the events comes last. */
    private void tellOnceComplete(String patientId, String courseId) {
        KnownCourse course = courses.ofPatient(patientId, courseId).orElse(null);
        if (course == null) {
            return;
        }
        List<BookedSession> known = sessions.ofCourse(patientId, courseId);
        boolean complete = known.stream()
                .map(BookedSession::id)
                .collect(Collectors.toSet())
                .containsAll(course.sessionIds());
        Optional<Instant> last = known.stream()
                .filter(s -> !s.isCancelled())
                .map(BookedSession::startsAt)
                .max(Comparator.naturalOrder());
        if (complete && last.isPresent()) {
            notices.courseBooked(patientId, courseId, last.get());
        }
    }

    private @Nullable ZoneId zone(String patientId) {
        return recipients.ofPatient(patientId).map(Recipient::zone).orElse(null);
    }

    private static Heard heard(Received<?> received) {
        return new Heard(received.id(), received.subject(), received.sequence());
    }
}
