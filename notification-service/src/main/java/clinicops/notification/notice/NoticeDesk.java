package clinicops.notification.notice;

import clinicops.contracts.Money;
import clinicops.contracts.NotificationEvent;
import clinicops.notification.session.BookedSession;
import clinicops.notification.template.Channel;
import clinicops.notification.template.Template;
import clinicops.outbox.EventContext;
import clinicops.outbox.Ids;
import clinicops.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Plans notices, moves them and withdraws them, as the other services' events ask for it. Runs inside the transaction of the
 * event's handler.
 */
@Component
public class NoticeDesk {

    private static final String WITHDRAWN = "withdrawn";

    private final Notices notices;
    private final NoticePlanner planner;
    private final Outbox outbox;
    private final Clock clock;

    NoticeDesk(Notices notices, NoticePlanner planner, Outbox outbox, Clock clock) {
        this.notices = notices;
        this.planner = planner;
        this.outbox = outbox;
        this.clock = clock;
    }

    public void welcome(String patientId) {
        once(Template.WELCOME, patientId, Occurrence.once(Occurrence.Kind.PATIENT, patientId), NoticeFacts.NONE);
    }

    public void estimateReady(String patientId, String estimateId, int sessions, Money total) {
        once(
                Template.ESTIMATE_READY,
                patientId,
                Occurrence.once(Occurrence.Kind.ESTIMATE, estimateId),
                NoticeFacts.ofEstimate(sessions, total));
    }

    public void authorizationDecided(String patientId, String authorizationId, boolean granted) {
        once(
                granted ? Template.AUTHORIZATION_GRANTED : Template.AUTHORIZATION_DENIED,
                patientId,
                Occurrence.once(Occurrence.Kind.AUTHORIZATION, authorizationId),
                NoticeFacts.NONE);
    }

    public void statementIssued(String patientId, String statementId, Money amountDue, LocalDate dueOn) {
        once(
                Template.STATEMENT,
                patientId,
                Occurrence.once(Occurrence.Kind.STATEMENT, statementId),
                NoticeFacts.ofStatement(amountDue, dueOn));
    }

    public void paymentReceived(String patientId, String paymentId, Money amount, Money balance) {
        once(
                Template.PAYMENT_RECEIVED,
                patientId,
                Occurrence.once(Occurrence.Kind.PAYMENT, paymentId),
                NoticeFacts.ofPayment(amount, balance));
    }

    /** Every session of the course is known: one mail tells them all. */
    public void courseBooked(String patientId, String courseId, Instant lastSessionAt) {
        plan(planner.courseBooked(courseId, patientId, lastSessionAt, clock.instant()));
    }

    /** The patient waited, and a place is kept for them. */
    public void placeOffered(String patientId, String offerId, Instant startsAt, Instant expiresAt) {
        plan(planner.placeOffered(offerId, patientId, startsAt, expiresAt, clock.instant()));
    }

    /** They have it, or it is somebody else's: what has not gone out would be wrong. */
    public void offerEnded(String patientId, String offerId) {
        notices.open(patientId, Occurrence.Kind.OFFER, offerId).forEach(this::withdraw);
    }

    /** The patient is told a link; its address is made when the message goes out. */
    public void linkRequested(String patientId, String linkId, String purpose, Instant expiresAt) {
        plan(planner.link(linkId, patientId, purpose, expiresAt, clock.instant()));
    }

    /** A link that opens nothing any more is not told. */
    public void linkRevoked(String patientId, String linkId) {
        notices.open(patientId, Occurrence.Kind.LINK, linkId).forEach(this::withdraw);
    }

    /** The session has a time: its reminders are planned, and those that have not gone out are moved to it. */
    public void remind(BookedSession session, @Nullable ZoneId zone) {
        List<Notice> open = notices.open(session.patientId(), Occurrence.Kind.SESSION, session.id());
        for (NoticePlan plan : planner.beforeSession(session, clock.instant(), zone)) {
            for (Channel channel : plan.template().channels()) {
                Optional<Notice> former = open.stream()
                        .filter(n -> n.templateId().equals(plan.template().id()) && n.channel() == channel)
                        .findFirst();
                if (former.isPresent()) {
                    former.get().reschedule(plan);
                    notices.save(former.get());
                } else {
                    plan(plan, channel);
                }
            }
        }
    }

    /** The session has a new time: its reminders follow, and the patient is told. */
    public void sessionMoved(BookedSession session, @Nullable ZoneId zone) {
        // told of a time that is no more
        withdraw(session, n -> n.templateId().equals(Template.SESSION_MOVED.id()));
        remind(session, zone);
        plan(planner.moved(session, clock.instant()));
    }

    /** The session will not be: what has not gone out is withdrawn, and the patient is told. */
    public void sessionCancelled(BookedSession session) {
        withdraw(session, _ -> true);
        plan(planner.cancelled(session, clock.instant()));
    }

    /** Nobody need be asked for an escort any more. */
    public void escortNamed(BookedSession session) {
        List<String> superfluous =
                planner.untilEscortNamed().stream().map(Template::id).toList();
        withdraw(session, n -> superfluous.contains(n.templateId()));
    }

    /** The patient was discharged. */
    public void sessionCompleted(String patientId, String sessionId, Instant dischargedAt, @Nullable ZoneId zone) {
        planner.afterSession(sessionId, patientId, dischargedAt, clock.instant(), zone)
                .forEach(this::plan);
    }

    /** The patient can be reached now. */
    public void release(String patientId) {
        for (Notice notice : notices.waiting(patientId)) {
            notice.release();
            notices.save(notice);
        }
    }

    /** The patient is erased: nothing goes out any more. */
    public void withdrawAll(String patientId) {
        notices.open(patientId).forEach(this::withdraw);
    }

    private void withdraw(BookedSession session, Predicate<Notice> which) {
        notices.open(session.patientId(), Occurrence.Kind.SESSION, session.id()).stream()
                .filter(which)
                .forEach(this::withdraw);
    }

    private void withdraw(Notice notice) {
        List<NotificationEvent> events = notice.suppress(WITHDRAWN, clock.instant());
        Notice saved = notices.save(notice);
        outbox.append(saved.id(), saved.version(), events);
    }

    private void once(Template template, String patientId, Occurrence occurrence, NoticeFacts facts) {
        plan(planner.now(template, patientId, occurrence, facts, clock.instant()));
    }

    private void plan(NoticePlan plan) {
        plan.template().channels().forEach(channel -> plan(plan, channel));
    }

    private void plan(NoticePlan plan, Channel channel) {
        Notice notice = Notice.planned(
                Ids.next(),
                plan,
                channel,
                planner.rules().reference(),
                clock.instant(),
                EventContext.correlationId(),
                EventContext.causationId());
        // the unique index would refuse a second one, and with it the whole event
        if (!notices.wasPlanned(notice.key())) {
            notices.save(notice);
        }
    }
}
