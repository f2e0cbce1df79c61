package clinicops.notification.notice;

import clinicops.notification.notice.NoticeRules.BeforeSession;
import clinicops.notification.session.BookedSession;
import clinicops.notification.template.Template;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says which notices an occurrence asks for, and when each is due. */
final class NoticePlanner {

    private final NoticeRules rules;
    private final ZoneId clinicZone;

    NoticePlanner(NoticeRules rules, ZoneId clinicZone) {
        this.rules = rules;
        this.clinicZone = clinicZone;
    }

    /** One that is due at once and never gets useless. */
    NoticePlan now(Template template, String patientId, Occurrence occurrence, NoticeFacts facts, Instant now) {
        return new NoticePlan(template, patientId, occurrence, facts, now, null);
    }

    /**
     * What the clock sends before a session. Those whose time is over while they are still of use are due at once; those of
     * no use any more are planned as well, so that their dropping is seen.
     *
     * @param zone the patient's; null when it is not known yet
     */
    List<NoticePlan> beforeSession(BookedSession session, Instant now, @Nullable ZoneId zone) {
        return rules.beforeSession().stream()
                .filter(rule -> !(rule.onlyWithoutEscort() && session.hasEscort()))
                .map(rule -> beforeSession(rule, session, now, zone))
                .toList();
    }

    private NoticePlan beforeSession(BeforeSession rule, BookedSession session, Instant now, @Nullable ZoneId zone) {
        Instant dueAt = session.startsAt().minus(rule.before());
        return new NoticePlan(
                rule.kind(),
                session.patientId(),
                Occurrence.ofSession(session.id(), session.turn()),
                NoticeFacts.ofSession(session.startsAt(), session.route()),
                outsideQuietHours(dueAt.isBefore(now) ? now : dueAt, zone),
                session.startsAt().minus(rule.uselessWithin()));
    }

    /** The templates of {@link #beforeSession} that an escort makes superfluous. */
    List<Template> untilEscortNamed() {
        return rules.beforeSession().stream()
                .filter(BeforeSession::onlyWithoutEscort)
                .map(BeforeSession::kind)
                .toList();
    }

    /** The instructions for the rest of the day, and the next day's question. */
    List<NoticePlan> afterSession(
            String sessionId, String patientId, Instant dischargedAt, Instant now, @Nullable ZoneId zone) {
        Occurrence occurrence = Occurrence.once(Occurrence.Kind.SESSION, sessionId);
        ZoneId home = zone == null ? clinicZone : zone;
        LocalDate nextDay =
                LocalDate.ofInstant(dischargedAt, home).plusDays(rules.checkIn().daysLater());
        Instant askAt = nextDay.atTime(rules.checkIn().at()).atZone(home).toInstant();
        return List.of(
                new NoticePlan(
                        Template.AFTER_SESSION,
                        patientId,
                        occurrence,
                        NoticeFacts.NONE,
                        now,
                        dischargedAt.plus(rules.afterSession().usefulFor())),
                new NoticePlan(
                        Template.CHECK_IN,
                        patientId,
                        occurrence,
                        NoticeFacts.NONE,
                        outsideQuietHours(askAt, zone),
                        askAt.plus(rules.checkIn().usefulFor())));
    }

    /** Tells of a session's new time; of no use once that time has come. */
    NoticePlan moved(BookedSession session, Instant now) {
        return new NoticePlan(
                Template.SESSION_MOVED,
                session.patientId(),
                Occurrence.ofSession(session.id(), session.turn()),
                NoticeFacts.ofSession(session.startsAt(), session.route()),
                now,
                session.startsAt());
    }

    /** Tells that a session will not be; of no use once its time has come. */
    NoticePlan cancelled(BookedSession session, Instant now) {
        return new NoticePlan(
                Template.SESSION_CANCELLED,
                session.patientId(),
                Occurrence.once(Occurrence.Kind.SESSION, session.id()),
                NoticeFacts.ofSession(session.startsAt(), session.route()),
                now,
                session.startsAt());
    }

    /** A course's sessions in one mail; of no use once the last of them has come. */
    NoticePlan courseBooked(String courseId, String patientId, Instant lastSessionAt, Instant now) {
        return new NoticePlan(
                Template.COURSE_BOOKED,
                patientId,
                Occurrence.once(Occurrence.Kind.COURSE, courseId),
                NoticeFacts.NONE,
                now,
                lastSessionAt);
    }

    /** Tells of a place that is kept for the patient; of no use once that time is over. */
    NoticePlan placeOffered(String offerId, String patientId, Instant startsAt, Instant expiresAt, Instant now) {
        return new NoticePlan(
                Template.PLACE_OFFERED,
                patientId,
                Occurrence.once(Occurrence.Kind.OFFER, offerId),
                NoticeFacts.ofSession(startsAt, null),
                now,
                expiresAt);
    }

    /**
     * Tells a link; of no use once the link has expired.
     *
     * @param purpose paperwork, assessment
     * @throws IllegalArgumentException for a purpose that no text tells of
     */
    NoticePlan link(String linkId, String patientId, String purpose, Instant expiresAt, Instant now) {
        Template template =
                switch (purpose) {
                    case "paperwork" -> Template.PAPERWORK_LINK;
                    case "assessment" -> Template.QUESTIONS_LINK;
                    default -> throw new IllegalArgumentException("no text tells of a link for " + purpose);
                };
        return new NoticePlan(
                template, patientId, Occurrence.once(Occurrence.Kind.LINK, linkId), NoticeFacts.NONE, now, expiresAt);
    }

    private Instant outsideQuietHours(Instant dueAt, @Nullable ZoneId zone) {
        return zone == null ? dueAt : rules.quietHours().earliest(dueAt, zone);
    }

    NoticeRules rules() {
        return rules;
    }
}
