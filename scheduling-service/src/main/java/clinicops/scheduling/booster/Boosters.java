package clinicops.scheduling.booster;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.DueWork;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.contracts.IntakeEvent;
import clinicops.contracts.SchedulingEvent;
import clinicops.outbox.Ids;
import clinicops.outbox.Outbox;
import clinicops.outbox.Received;
import clinicops.outbox.Transactions;
import clinicops.scheduling.booster.BoosterPolicy.BoosterCase;
import clinicops.scheduling.booster.BoosterPolicy.Treatment;
import clinicops.scheduling.booster.BoosterSuggestion.BoosterState;
import clinicops.scheduling.course.BoosterWishes;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.readiness.PatientFacts;
import clinicops.scheduling.readiness.Readiness;
import clinicops.scheduling.session.SessionFollower;
import clinicops.scheduling.session.Sessions;
import clinicops.scheduling.session.TreatmentSession;
import clinicops.scheduling.waitlist.FreedPlaceOffers;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
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
 * Suggests boosters. Scores, sessions and plans only leave word that a patient is to be looked at; the next tick looks, at all that is
 * known then, so that late, repeated and shuffled news come to the same answer. Several copies of the service may look at once: the
 * watch's version lets one of them win.
 */
@Component
public class Boosters implements SessionFollower, BoosterWishes, DueWork {
    private static final Logger log = LoggerFactory.getLogger(Boosters.class);
    private static final int AT_ONCE = 100;
    private static final int MOST_SESSIONS = 500;

    private final OutcomeScores scores;
    private final BoosterWatches watches;
    private final BoosterSuggestions suggestions;
    private final Sessions sessions;
    private final Readiness readiness;
    private final MongoOperations mongo;
    private final Outbox outbox;
    private final Transactions transactions;
    private final Audit audit;
    private final BusinessClock clock;
    private final BoosterTerms terms;
    private final ObjectProvider<FreedPlaceOffers> waitlist;

    Boosters(
            OutcomeScores scores,
            BoosterWatches watches,
            BoosterSuggestions suggestions,
            Sessions sessions,
            Readiness readiness,
            MongoOperations mongo,
            Outbox outbox,
            Transactions transactions,
            Audit audit,
            BusinessClock clock,
            RuleBook rules,
            ObjectProvider<FreedPlaceOffers> waitlist) {
        this.scores = scores;
        this.watches = watches;
        this.suggestions = suggestions;
        this.sessions = sessions;
        this.readiness = readiness;
        this.mongo = mongo;
        this.outbox = outbox;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
        this.terms = rules.read("booster-policy", BoosterTerms.class);
        this.waitlist = waitlist;
    }

    /** Joins the transaction of the event's handling. */
    public void hear(Received<IntakeEvent.OutcomeRecorded> received) {
        IntakeEvent.OutcomeRecorded told = received.event();
        String id = OutcomeScore.idOf(told.assessmentId(), told.scale());
        Optional<OutcomeScore> known = scores.one(id);
        if (known.isPresent() && known.get().heardAt().isAfter(received.time())) {
            return;
        }
        scores.save(new OutcomeScore(
                id,
                told.patientId(),
                told.assessmentId(),
                told.instrument(),
                told.scale(),
                told.baseline(),
                told.score(),
                told.recordedAt(),
                received.time()));
        lookAgain(told.patientId());
        known.map(OutcomeScore::patientId)
                .filter(former -> !former.equals(told.patientId()))
                .ifPresent(this::lookAgain);
    }

    /** Something that the answer rests on is another. Joins the caller's transaction. */
    public void lookAgain(String patientId) {
        mongo.upsert(
                Query.query(Criteria.where("_id").is(patientId)),
                Update.update("lookAt", clock.instant()).inc("version", 1L),
                BoosterWatch.class);
    }

    @Override
    public void followed(TreatmentSession session, List<SchedulingEvent> events) {
        boolean another = session.number() == 1
                && events.stream().anyMatch(SchedulingEvent.SessionBooked.class::isInstance)
                && suggestions.openOf(session.patientId()).isPresent();
        if (another || (session.state().over() && !events.isEmpty())) {
            lookAgain(session.patientId());
        }
    }

    @Override
    public BoosterWish open(String boosterId, String patientId) {
        return suggestions
                .ofClinic(boosterId)
                .filter(suggestion -> suggestion.patientId().equals(patientId))
                .orElseThrow(() -> new NotFound("booster", boosterId))
                .wish();
    }

    @Override
    public void booked(String boosterId, String courseId) {
        BoosterSuggestion booked = suggestions.save(known(boosterId).booked(courseId));
        audit.write("book-booster", resource(boosterId), booked.patientId(), booked.version(), null);
    }

    /** @throws RuleViolation {@code booster-over} (409) */
    BoosterSuggestion decline(String id, @Nullable String ifMatch, String reason) {
        return transactions.inTransaction(() -> {
            BoosterSuggestion suggestion = known(id);
            Versions.require(ifMatch, suggestion.version(), resource(id));
            BoosterSuggestion declined =
                    suggestions.save(suggestion.declined(Caller.current().name(), clock.instant(), reason));
            nobodyWaitsFor(declined);
            audit.write("decline-booster", resource(id), declined.patientId(), declined.version(), reason);
            lookAgain(declined.patientId());
            return declined;
        });
    }

    private void nobodyWaitsFor(BoosterSuggestion over) {
        waitlist.getObject().mayBeReady(over.patientId());
    }

    private BoosterSuggestion known(String id) {
        return suggestions.ofClinic(id).orElseThrow(() -> new NotFound("booster", id));
    }

    @Override
    public Optional<Instant> nextDueAt() {
        return watches.waiting(Limit.of(1)).stream()
                .map(BoosterWatch::lookAt)
                .filter(Objects::nonNull)
                .findFirst();
    }

    @Scheduled(fixedDelayString = "${clinicops.scheduling.clock-tick}")
    void tick() {
        try {
            watches.due(clock.instant(), Limit.of(AT_ONCE)).forEach(this::look);
        } catch (DataAccessException e) {
            log.debug("the database is away; the next tick looks again");
        }
    }

    private void look(BoosterWatch watch) {
        try {
            transactions.run(() -> watches.save(watch.nextAt(looked(watch.patientId()))));
        } catch (OptimisticLockingFailureException e) {
            // news came meanwhile, or another copy was faster
            log.debug("a patient is looked at again by the next tick");
        }
    }

    /** @return when the calendar alone may change the answer */
    private @Nullable Instant looked(String patientId) {
        List<TreatmentSession> all = sessions.ofPatient(patientId, "", Limit.of(MOST_SESSIONS));
        List<BoosterSuggestion> made = suggestions.ofPatient(patientId, Limit.of(MOST_SESSIONS));
        BoosterSuggestion last = made.isEmpty() ? null : stillBooked(made.getFirst(), all);
        Treatment treatment = treatment(patientId, all, made);
        if (treatment == null) {
            withdraw(last);
            return null;
        }
        BoosterPolicy policy = new BoosterPolicy(terms, clock.clinicZone());
        Optional<BoosterCase> found = policy.judge(treatment, scores.ofPatient(patientId), clock.today());
        if (found.isEmpty()) {
            withdraw(last);
            return policy.lookOn(treatment)
                    .filter(day -> day.isAfter(clock.today()))
                    .map(day -> day.atStartOfDay(clock.clinicZone()).toInstant())
                    .orElse(null);
        }
        suggest(patientId, found.get(), last, all);
        return null;
    }

    /** What was booked and then cancelled or missed is open again. */
    private BoosterSuggestion stillBooked(BoosterSuggestion last, List<TreatmentSession> all) {
        boolean cameToNothing = last.state() == BoosterState.BOOKED
                && all.stream()
                        .filter(session -> session.courseId().equals(last.courseId()))
                        .noneMatch(session -> session.state().keepsPlace());
        return cameToNothing ? save("reopen-booster", last.reopened()) : last;
    }

    /** What the last course was; null before any, and while something is still to come. */
    private @Nullable Treatment treatment(String patientId, List<TreatmentSession> all, List<BoosterSuggestion> made) {
        Set<String> boosters = new HashSet<>();
        made.stream().map(BoosterSuggestion::courseId).filter(Objects::nonNull).forEach(boosters::add);
        List<TreatmentSession> given =
                all.stream().filter(session -> session.doseStartedAt() != null).toList();
        if (given.isEmpty() || all.stream().anyMatch(session -> !session.state().over())) {
            return null;
        }
        String course = given.stream()
                .filter(session -> !boosters.contains(session.courseId()))
                .max(Comparator.comparing(Boosters::doseAt))
                .orElse(given.getFirst())
                .courseId();
        Instant began = given.stream()
                .filter(session -> session.courseId().equals(course))
                .map(Boosters::doseAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new Treatment(
                began,
                doseAt(lastGiven(all)),
                readiness
                        .facts(patientId)
                        .activePlan()
                        .map(PatientFacts.Plan::boosters)
                        .orElse(null));
    }

    private static TreatmentSession lastGiven(List<TreatmentSession> all) {
        return all.stream()
                .filter(session -> session.doseStartedAt() != null)
                .max(Comparator.comparing(Boosters::doseAt))
                .orElseThrow();
    }

    private static Instant doseAt(TreatmentSession session) {
        return Objects.requireNonNull(session.doseStartedAt());
    }

    private void withdraw(@Nullable BoosterSuggestion last) {
        if (last != null && last.isOpen()) {
            nobodyWaitsFor(save("withdraw-booster", last.withdrawn()));
        }
    }

    private void suggest(
            String patientId, BoosterCase found, @Nullable BoosterSuggestion last, List<TreatmentSession> all) {
        if (last != null && last.isOpen()) {
            if (!last.restsOn(found)) {
                save("suggest-booster", last.on(found, terms.reference()));
            }
            return;
        }
        if (last != null && last.declines(found)) {
            return;
        }
        TreatmentSession given = lastGiven(all);
        BoosterSuggestion made = save(
                "suggest-booster",
                new BoosterSuggestion(
                        Ids.next(),
                        0,
                        patientId,
                        given.terms().planId(),
                        given.drug(),
                        given.route(),
                        found.because(),
                        found.evidence(),
                        found.dueFrom(),
                        found.dueBy(),
                        terms.reference(),
                        clock.instant(),
                        BoosterState.OPEN,
                        null,
                        null));
        outbox.append(made.id(), made.version(), List.of(made.told()));
    }

    private BoosterSuggestion save(String action, BoosterSuggestion suggestion) {
        BoosterSuggestion saved = suggestions.save(suggestion);
        audit.write(action, resource(saved.id()), saved.patientId(), saved.version(), null);
        return saved;
    }

    static String resource(String id) {
        return "booster/" + id;
    }
}
