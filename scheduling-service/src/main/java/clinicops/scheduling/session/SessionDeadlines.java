package clinicops.scheduling.session;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.DueWork;
import clinicops.chassis.RuleViolation;
import clinicops.outbox.Transactions;
import clinicops.scheduling.protocol.Protocol;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What the business clock does to sessions: cancels a held one when the time for rechecks is over, and marks a booked one as
 * probably missed when its patient is overdue, for the front desk to decide, and finds notes that nobody signed in time. Several copies of the service may do it at once:
 * the session's version lets one of them win.
 */
@Component
class SessionDeadlines implements DueWork {
    private static final Logger log = LoggerFactory.getLogger(SessionDeadlines.class);
    private static final int AT_ONCE = 100;
    /** Sorts after every time. */
    private static final String AFTER_ALL = "~";

    private final Sessions sessions;
    private final SessionDesk desk;
    private final MongoOperations mongo;
    private final Transactions transactions;
    private final Audit audit;
    private final Protocol protocol;
    private final BusinessClock clock;

    SessionDeadlines(
            Sessions sessions,
            SessionDesk desk,
            MongoOperations mongo,
            Transactions transactions,
            Audit audit,
            Protocol protocol,
            BusinessClock clock) {
        this.sessions = sessions;
        this.desk = desk;
        this.mongo = mongo;
        this.transactions = transactions;
        this.audit = audit;
        this.protocol = protocol;
        this.clock = clock;
    }

    @Override
    public Optional<Instant> nextDueAt() {
        return Stream.concat(
                        sessions.held(Limit.of(1)).stream().flatMap(session -> heldUntil(session).stream()),
                        Stream.concat(
                                sessions.expected(Limit.of(1)).stream().map(this::overdueFrom),
                                sessions.notesDueBefore(AFTER_ALL, Limit.of(1)).stream()
                                        .flatMap(session -> Stream.ofNullable(session.note()))
                                        .flatMap(note -> Stream.ofNullable(note.dueAt()))))
                .min(Instant::compareTo);
    }

    @Scheduled(fixedDelayString = "${clinicops.scheduling.clock-tick}")
    void tick() {
        try {
            sessions.heldTooLong(clock.instant(), Limit.of(AT_ONCE)).forEach(this::endHold);
            sessions.notCome(clock.instant().minus(protocol.times().noShowAfter()), Limit.of(AT_ONCE))
                    .forEach(this::markNotCome);
            sessions.notesDueBefore(clock.instant().toString(), Limit.of(AT_ONCE))
                    .forEach(this::markNoteOverdue);
        } catch (DataAccessException e) {
            log.debug("the database is away; the next tick looks again");
        }
    }

    private void markNoteOverdue(TreatmentSession session) {
        try {
            desk.noteOverdue(session.id());
        } catch (RuleViolation | OptimisticLockingFailureException e) {
            // a signature or another copy was faster
            log.debug("the note of session {} is not overdue any more", session.id());
        }
    }

    private void endHold(TreatmentSession session) {
        try {
            desk.endHold(session.id());
        } catch (RuleViolation | OptimisticLockingFailureException e) {
            // a recheck or another copy was faster
            log.debug("session {} is not held any more", session.id());
        }
    }

    /**
     * Not a new version of the session: nothing that anybody decides on has changed, and whoever is about to check the patient
     * in must not be refused for it. Hence past the repository, which would count one.
     */
    private void markNotCome(TreatmentSession session) {
        transactions.run(() -> {
            var marked = mongo.updateFirst(
                    Query.query(Criteria.where("_id")
                            .is(session.id())
                            .and("state")
                            .is(SessionState.BOOKED.name())
                            .and("noShowSince")
                            .isNull()),
                    Update.update("noShowSince", clock.instant()),
                    mongo.getCollectionName(TreatmentSession.class));
            if (marked.getModifiedCount() > 0) {
                audit.write(
                        "mark-probably-missed",
                        "session/" + session.id(),
                        session.patientId(),
                        session.version(),
                        null);
            }
        });
    }

    /** The first moment after the window, when a recheck is refused. */
    private static Optional<Instant> heldUntil(TreatmentSession session) {
        return Optional.ofNullable(session.hold())
                .map(hold -> hold.recheckUntil().plusMillis(1));
    }

    private Instant overdueFrom(TreatmentSession session) {
        return session.place().startsAt().plus(protocol.times().noShowAfter());
    }
}
