package clinicops.scheduling.call;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.DueWork;
import clinicops.chassis.NotFound;
import clinicops.chassis.Role;
import clinicops.chassis.Versions;
import clinicops.contracts.SchedulingEvent;
import clinicops.outbox.Ids;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import clinicops.scheduling.call.PatientCall.CallOutcome;
import clinicops.scheduling.call.PatientCall.CallReason;
import clinicops.scheduling.home.PrescriptionFollower;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.session.SessionFollower;
import clinicops.scheduling.session.TreatmentSession;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Makes a call due for every reason there is, once, and says aloud when nobody has called in time. */
@Component
class CallDesk implements SessionFollower, PrescriptionFollower, DueWork, InitializingBean {
    private static final Logger log = LoggerFactory.getLogger(CallDesk.class);
    private static final int AT_ONCE = 100;
    private static final String SERIOUS = "serious";

    private final PatientCalls calls;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Audit audit;
    private final BusinessClock clock;
    private final MongoTemplate mongo;
    private final CallTerms terms;

    CallDesk(
            PatientCalls calls,
            Transactions transactions,
            Outbox outbox,
            Audit audit,
            BusinessClock clock,
            MongoTemplate mongo,
            RuleBook rules) {
        this.calls = calls;
        this.transactions = transactions;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
        this.mongo = mongo;
        this.terms = rules.read("calls", CallTerms.class);
    }

    @Override
    public void afterPropertiesSet() {
        var indexes = mongo.indexOps(PatientCall.class);
        indexes.createIndex(new Index("occasion", Direction.ASC).unique().named("occasion"));
        indexes.createIndex(new Index("dueKey", Direction.ASC).sparse().named("due"));
        indexes.createIndex(new Index("patientId", Direction.ASC)
                .on("listKey", Direction.ASC)
                .named("patient"));
    }

    @Override
    public void followed(TreatmentSession session, List<SchedulingEvent> events) {
        for (SchedulingEvent event : events) {
            switch (event) {
                case SchedulingEvent.PatientLeftAgainstAdvice left ->
                    nextDay(session.patientId(), CallReason.LEFT_AGAINST_ADVICE, left.sessionId(), left.leftAt());
                case SchedulingEvent.PatientTransferred gone ->
                    nextDay(session.patientId(), CallReason.TRANSFERRED, gone.sessionId(), gone.transferredAt());
                case SchedulingEvent.AdverseEventRecorded e
                when e.severity().equals(SERIOUS) ->
                    nextDay(session.patientId(), CallReason.ADVERSE_EVENT, e.adverseEventId(), e.recordedAt());
                default -> {}
            }
        }
    }

    @Override
    public void prescribed(String prescriptionId, String patientId, Instant checkInBy) {
        makeDue(patientId, CallReason.HOME_TABLETS, prescriptionId, checkInBy);
    }

    private void nextDay(String patientId, CallReason reason, String about, Instant happenedAt) {
        LocalDate day = LocalDate.ofInstant(happenedAt, clock.clinicZone()).plusDays(terms.daysUntilDue(reason));
        makeDue(
                patientId,
                reason,
                about,
                day.atTime(terms.dueAt()).atZone(clock.clinicZone()).toInstant());
    }

    private void makeDue(String patientId, CallReason reason, String about, Instant dueAt) {
        if (calls.anyOf(PatientCall.occasion(reason, about))) {
            return;
        }
        PatientCall call = calls.save(new PatientCall(Ids.next(), patientId, reason, about, dueAt, terms.reference()));
        outbox.append(call.id(), call.version(), List.of(call.due()));
        audit.write("call-due", resource(call.id()), patientId, call.version(), reason.code());
    }

    /**
     * @throws NotFound 404
     * @throws clinicops.chassis.StaleVersion 412
     */
    PatientCall answered(String id, @Nullable String ifMatch, CallOutcome outcome, @Nullable String note) {
        return transactions.inTransaction(() -> {
            PatientCall call = calls.ofClinic(id).orElseThrow(() -> new NotFound("call", id));
            Versions.require(ifMatch, call.version(), resource(id));
            Caller caller = Caller.current();
            Instant now = clock.instant();
            List<SchedulingEvent> events = call.answered(
                    outcome, note, caller.name(), caller.has(Role.PRESCRIBER), terms.attemptsLeast(), now);
            PatientCall saved = calls.save(call);
            if (!events.isEmpty()) {
                outbox.append(id, saved.version(), events);
            }
            audit.write("record-call", resource(id), saved.patientId(), saved.version(), null);
            if (saved.raisesConcern()) {
                makeDue(
                        saved.patientId(),
                        CallReason.CONCERN,
                        id,
                        now.plus(Duration.ofMinutes(terms.concernMinutes())));
            }
            return saved;
        });
    }

    @Override
    public Optional<Instant> nextDueAt() {
        return calls.expected(Limit.of(1)).stream()
                .map(call -> call.dueAt().plusSeconds(1))
                .findFirst();
    }

    @Scheduled(fixedDelayString = "${clinicops.scheduling.clock-tick}")
    void tick() {
        try {
            calls.dueBefore(clock.instant().toString(), Limit.of(AT_ONCE)).forEach(this::markOverdue);
        } catch (DataAccessException e) {
            log.debug("the database is away; the next tick looks again");
        }
    }

    /** Not a new version: whoever has the patient on the line must not be refused for it. */
    private void markOverdue(PatientCall call) {
        transactions.run(() -> {
            var marked = mongo.updateFirst(
                    Query.query(Criteria.where("_id")
                            .is(call.id())
                            .and("dueKey")
                            .ne(null)
                            .and("overdueSince")
                            .isNull()),
                    Update.update("overdueSince", clock.instant()),
                    mongo.getCollectionName(PatientCall.class));
            if (marked.getModifiedCount() > 0) {
                outbox.append(call.id(), call.version(), List.of(call.nowOverdue()));
                audit.write("call-overdue", resource(call.id()), call.patientId(), call.version(), null);
            }
        });
    }

    private static String resource(String id) {
        return "call/" + id;
    }
}
