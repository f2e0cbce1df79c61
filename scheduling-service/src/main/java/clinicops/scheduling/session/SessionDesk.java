package clinicops.scheduling.session;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.chassis.Role;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.contracts.SchedulingEvent;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.readiness.PatientFacts;
import clinicops.scheduling.readiness.Readiness;
import clinicops.scheduling.readiness.TreatmentRecord;
import clinicops.scheduling.readiness.Verdict;
import clinicops.scheduling.resource.Block;
import clinicops.scheduling.resource.Occupancy;
import clinicops.scheduling.resource.Place;
import clinicops.scheduling.resource.Race;
import clinicops.scheduling.resource.Roster;
import clinicops.scheduling.resource.Rosters;
import clinicops.scheduling.resource.Taken;
import clinicops.scheduling.session.FeeController.EndingCost;
import clinicops.scheduling.session.SessionRequests.CancelReason;
import clinicops.scheduling.session.SessionRequests.DischargeRequest;
import clinicops.scheduling.session.SessionRequests.EscortRequest;
import clinicops.scheduling.session.SessionRequests.ExitDetails;
import clinicops.scheduling.session.SessionRequests.GateRequest;
import clinicops.scheduling.session.SessionRequests.MoveRequest;
import clinicops.scheduling.session.SessionRequests.OrderRequest;
import clinicops.scheduling.session.SessionRequests.PregnancyTest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/**
 * Does what is asked of one session: session, occupancy, events and audit row in one transaction. What a session may do is
 * its own business; what it needs to know of the world is fetched here.
 */
@Component
public class SessionDesk {
    private static final int MOST_SESSIONS = 200;

    private final Sessions sessions;
    private final Readings readings;
    private final SessionTreatmentRecords records;
    private final Readiness readiness;
    private final Rosters rosters;
    private final Occupancy occupancy;
    private final Outbox outbox;
    private final Transactions transactions;
    private final Audit audit;
    private final Protocol protocol;
    private final BusinessClock clock;
    private final EscortCodes escortCodes;
    private final SessionOverrides overrides;
    private final ObjectProvider<SessionFollower> followers;
    private final CancellationPolicy cancellation;
    private final OverrideRules overrideRules;

    SessionDesk(
            Sessions sessions,
            Readings readings,
            SessionTreatmentRecords records,
            Readiness readiness,
            Rosters rosters,
            Occupancy occupancy,
            Outbox outbox,
            Transactions transactions,
            Audit audit,
            Protocol protocol,
            BusinessClock clock,
            EscortCodes escortCodes,
            SessionOverrides overrides,
            ObjectProvider<SessionFollower> followers,
            RuleBook book) {
        this.sessions = sessions;
        this.readings = readings;
        this.records = records;
        this.readiness = readiness;
        this.rosters = rosters;
        this.occupancy = occupancy;
        this.outbox = outbox;
        this.transactions = transactions;
        this.audit = audit;
        this.protocol = protocol;
        this.clock = clock;
        this.escortCodes = escortCodes;
        this.overrides = overrides;
        this.followers = followers;
        this.cancellation = book.read("cancellation-policy", CancellationPolicy.class);
        this.overrideRules = book.read("overrides", OverrideRules.class);
    }

    /** What is done to the session that the transaction has read. */
    interface Deed extends Function<TreatmentSession, List<SchedulingEvent>> {}

    /**
     * @param why the reason that was given, a code or the prescriber's words; null when none is asked
     * @throws NotFound 404
     * @throws clinicops.chassis.StaleVersion 412
     */
    SessionAnswer act(String id, @Nullable String ifMatch, SessionAction action, @Nullable String why, Deed deed) {
        return transactions.inTransaction(() -> {
            TreatmentSession session = session(id);
            Versions.require(ifMatch, session.version(), resource(id));
            return answer(apply(session, action.path(), why, deed));
        });
    }

    /** What is put on record of the session that the transaction has read. */
    interface ExitDeed extends BiFunction<TreatmentSession, Entry, List<SchedulingEvent>> {}

    /**
     * What must never be refused because somebody else wrote something down meanwhile: no version is asked for. The same entry
     * again changes nothing and gets the session.
     *
     * @param what code of the entry, see {@link Exit}
     */
    SessionAnswer exit(String id, SessionAction action, String what, @Nullable ExitDetails told, ExitDeed deed) {
        return transactions.inTransaction(() -> {
            TreatmentSession session = session(id);
            Entry entry = Entry.of(
                    told == null ? null : told.entryId(),
                    told == null ? null : told.at(),
                    told == null ? null : told.deviceAt(),
                    protocol.vitals().clockTolerance(),
                    by(),
                    clock.instant());
            if (session.knows(entry, action, what)) {
                audit.read("read-session", resource(id), session.patientId());
                return answer(session);
            }
            return answer(apply(session, action.path(), what.isEmpty() ? null : what, s -> deed.apply(s, entry)));
        });
    }

    SessionAnswer move(String id, @Nullable String ifMatch, MoveRequest request) {
        return Race.orTaken(() -> act(id, ifMatch, SessionAction.MOVE, null, session -> {
            Roster roster = rosters.present();
            Block block = Block.of(protocol.times().of(session.route()));
            Instant startsAt = request.startsAt();
            Taken taken = occupancy.taken(session.patientId(), startsAt, startsAt.plus(block.length()), List.of(id));
            Place place = roster.claim(
                    startsAt, request.chairId(), request.nurseId(), clock.instant(), block, session.patientId(), taken);
            judgeDays(session, place, roster);
            List<SchedulingEvent> events = session.move(place);
            occupancy.release(id);
            occupancy.take(roster.taking(id, session.patientId(), place));
            return events;
        }));
    }

    /**
     * Moves several sessions of a course at once; call inside the transaction that has judged the places.
     *
     * @param places by session
     */
    public void moveTo(Map<String, Place> places, Roster roster) {
        List<TreatmentSession> moving =
                places.keySet().stream().map(this::session).toList();
        occupancy.release(places.keySet());
        occupancy.take(moving.stream()
                .map(session -> roster.taking(
                        session.id(), session.patientId(), Objects.requireNonNull(places.get(session.id()))))
                .toList());
        moving.forEach(session -> apply(
                session,
                SessionAction.MOVE.path(),
                "replan",
                booked -> booked.move(Objects.requireNonNull(places.get(booked.id())))));
    }

    /**
     * Where a booked session could go at that moment, by the rules of a move: with its own chair and nurse as far as these are free.
     *
     * @throws RuleViolation {@code place-taken} (409), {@code session-gap} or {@code course-length} (422)
     */
    public Place placeAt(TreatmentSession session, Instant startsAt) {
        Roster roster = rosters.present();
        Block block = Block.of(protocol.times().of(session.route()));
        Instant endsAt = startsAt.plus(block.length());
        Place own = session.place();
        Place place = roster.placeLike(
                        new Place(
                                startsAt,
                                endsAt,
                                own.chairId(),
                                own.nurseId(),
                                own.seat(),
                                own.pumpId(),
                                own.prescriberId()),
                        block,
                        session.patientId(),
                        occupancy.taken(session.patientId(), startsAt, endsAt, List.of(session.id())))
                .orElseThrow(() -> Roster.placeTaken("nothing is free then"));
        judgeDays(session, place, roster);
        return place;
    }

    /**
     * Moves a session to a place that is held for it; call inside the transaction that books the hold. All rules are judged again but
     * whether the place is free.
     *
     * @param heldAs the ids under which the place is taken
     * @param why for the audit
     */
    public void moveToHeld(String id, Place place, Collection<String> heldAs, String why) {
        TreatmentSession session = session(id);
        Roster roster = rosters.present();
        roster.judge(place, Block.of(protocol.times().of(session.route()))).ifPresent(refusal -> {
            throw refusal.violation();
        });
        judgeDays(session, place, roster);
        occupancy.release(heldAs);
        occupancy.release(id);
        occupancy.take(roster.taking(id, session.patientId(), place));
        apply(session, SessionAction.MOVE.path(), why, booked -> booked.move(place));
    }

    private void judgeDays(TreatmentSession session, Place to, Roster roster) {
        List<LocalDate> others = otherDays(session, roster);
        session.terms().checkAfterMove(with(others, session.place(), roster), with(others, to, roster));
    }

    /** On which the other sessions of its course keep their places. */
    private List<LocalDate> otherDays(TreatmentSession moving, Roster roster) {
        return sessions.ofCourse(moving.courseId(), "", Limit.of(MOST_SESSIONS)).stream()
                .filter(other -> other.state().keepsPlace() && !other.id().equals(moving.id()))
                .map(other -> roster.dayOf(other.place().startsAt()))
                .toList();
    }

    private static List<LocalDate> with(List<LocalDate> others, Place place, Roster roster) {
        return Stream.concat(others.stream(), Stream.of(roster.dayOf(place.startsAt())))
                .sorted()
                .toList();
    }

    SessionAnswer cancel(String id, @Nullable String ifMatch, String reason) {
        return act(
                id,
                ifMatch,
                SessionAction.CANCEL,
                reason,
                session -> session.cancel(reason, cancellation, payerClasses(session), clock.instant()));
    }

    SessionAnswer miss(String id, @Nullable String ifMatch) {
        return act(
                id,
                ifMatch,
                SessionAction.MISS,
                null,
                session -> session.miss(cancellation, payerClasses(session), clock.instant()));
    }

    /** @param reason stays in scheduling; the audit has it too */
    TreatmentSession waiveFee(String id, @Nullable String ifMatch, String reason) {
        return transactions.inTransaction(() -> {
            TreatmentSession session = session(id);
            Versions.require(ifMatch, session.version(), resource(id));
            return apply(session, "waive-fee", reason, due -> due.waiveFee(reason, by(), clock.instant()));
        });
    }

    /** What cancelling or missing would cost now. */
    FeeController.CancellationTerms cancellationTerms(String id) {
        TreatmentSession session = session(id);
        @Nullable Set<String> payers = payerClasses(session);
        Instant now = clock.instant();
        audit.read("read-cancellation-terms", resource(id), session.patientId());
        return new FeeController.CancellationTerms(
                id,
                cancellation.reference(),
                cancellation.source(),
                cancellation.lateWithinHours(),
                Stream.concat(
                                Arrays.stream(CancelReason.values())
                                        .map(reason -> EndingCost.of(
                                                "cancel",
                                                reason.code(),
                                                session.costOfCancelling(reason.code(), cancellation, payers, now))),
                                Stream.of(EndingCost.of("miss", null, cancellation.ofMissing(payers))))
                        .toList());
    }

    private @Nullable Set<String> payerClasses(TreatmentSession session) {
        return readiness.facts(session.patientId()).payerClasses().orElse(null);
    }

    SessionAnswer gate(String id, @Nullable String ifMatch, GateRequest request) {
        return act(id, ifMatch, SessionAction.GATE, null, session -> {
            TreatmentRecord.Answers answers = new TreatmentRecord.Answers(
                    request.fastingSolidsHours(),
                    request.fastingLiquidsHours(),
                    request.pregnancyTest() == PregnancyTest.POSITIVE,
                    request.drugsChanged(),
                    request.decongestantHours(),
                    request.pregnancyTest() != PregnancyTest.NOT_APPLICABLE);
            TreatmentRecord.Reading reading = records.lastReading(session).orElse(null);
            Verdict verdict = verdict(session, answers, reading);
            Set<String> allowed = allowed(session, reading);
            return session.passGate(
                    answers,
                    reading,
                    without(allowed, verdict),
                    verdict.rules().stream().filter(allowed::contains).toList(),
                    protocol,
                    by(),
                    clock.instant());
        });
    }

    private Verdict verdict(
            TreatmentSession session,
            TreatmentRecord.@Nullable Answers answers,
            TreatmentRecord.@Nullable Reading reading) {
        return readiness.forTreating(
                readiness.facts(session.patientId()), SessionTreatmentRecords.today(session, answers, reading));
    }

    SessionAnswer order(String id, @Nullable String ifMatch, OrderRequest request) {
        return act(id, ifMatch, SessionAction.ORDER, null, session -> {
            PatientFacts.Plan plan = readiness
                    .facts(session.patientId())
                    .activePlan()
                    .orElseThrow(() -> RuleViolation.conflict("plan-missing", "no treatment plan is in force"));
            return session.orderDose(
                    new Dosing.Wish(
                            request.doseMgPerKg(),
                            request.highMgPerKg(),
                            request.weightKg(),
                            Boolean.TRUE.equals(request.weighedAgain()),
                            Caller.current().has(Role.PRESCRIBER)),
                    records.lastWeight(session.patientId()),
                    plan,
                    protocol,
                    by(),
                    clock.today(),
                    clock.instant());
        });
    }

    SessionAnswer start(String id, @Nullable String ifMatch, @Nullable String site) {
        return act(id, ifMatch, SessionAction.START, null, session -> {
            readiness.hold(session.patientId());
            TreatmentSession.Gate gate = session.gate();
            TreatmentRecord.Reading last = records.lastReading(session).orElse(null);
            Verdict verdict =
                    without(allowed(session, last), verdict(session, gate == null ? null : gate.answers(), last));
            return session.startDose(verdict, plan(session), last, site, protocol, by(), clock.instant());
        });
    }

    SessionAnswer titrate(String id, @Nullable String ifMatch, BigDecimal mgPerKg) {
        return act(
                id,
                ifMatch,
                SessionAction.TITRATE,
                null,
                session -> session.titrate(mgPerKg, plan(session), protocol, by(), clock.instant()));
    }

    private PatientFacts.@Nullable Plan plan(TreatmentSession session) {
        return readiness.facts(session.patientId()).activePlan().orElse(null);
    }

    /** Names the escort and answers the code that they are given, this once. */
    SessionAnswer nameEscort(String id, @Nullable String ifMatch, EscortRequest request) {
        EscortCodes.Issued issued = escortCodes.issue();
        return act(
                        id,
                        ifMatch,
                        SessionAction.ESCORT,
                        null,
                        session -> session.nameEscort(
                                request.name(), request.phone(), request.relation(), issued.hash(), clock.instant()))
                .withEscortCode(issued.code());
    }

    SessionAnswer renewEscortCode(String id, @Nullable String ifMatch) {
        EscortCodes.Issued issued = escortCodes.issue();
        return act(
                        id,
                        ifMatch,
                        SessionAction.ESCORT_CODE,
                        null,
                        session -> session.renewEscortCode(issued.hash(), clock.instant()))
                .withEscortCode(issued.code());
    }

    SessionAnswer discharge(String id, @Nullable String ifMatch, DischargeRequest request) {
        var override = request.override();
        if (override != null && !Caller.current().has(Role.PRESCRIBER)) {
            throw new RuleViolation("override-by-prescriber", "only a prescriber overrides the discharge gate")
                    .withField("override");
        }
        String code = request.escortCode();
        if (code != null) {
            escortCodes.require(id, code);
        }
        String reason = override == null ? null : override.reason();
        return act(id, ifMatch, SessionAction.DISCHARGE, reason, session -> {
            var aldrete = request.aldrete();
            var told = new TreatmentSession.Discharge(
                    new TreatmentSession.Aldrete(
                            aldrete.activity(),
                            aldrete.breathing(),
                            aldrete.circulation(),
                            aldrete.consciousness(),
                            aldrete.spo2()),
                    request.moaas(),
                    request.dissociationOver(),
                    request.walksSteadily(),
                    request.ivOut(),
                    request.instructionsGiven(),
                    request.cssrsHigh(),
                    request.escortPresent(),
                    request.escortIdSeenBy(),
                    null,
                    List.of(),
                    null,
                    "",
                    by(),
                    clock.instant());
            return session.discharge(
                    told,
                    code != null,
                    seen(session),
                    protocol,
                    overrideRules.leaving(),
                    overridden(session),
                    reason,
                    clock.instant());
        });
    }

    /** All vital signs of a session, oldest first. */
    List<VitalsAnswer> readings(String id) {
        return readings.of(id);
    }

    /** Rules that don't stand against this dose because a prescriber lets them pass. */
    private Set<String> allowed(TreatmentSession session, TreatmentRecord.@Nullable Reading last) {
        TreatmentSession.Gate gate = session.gate();
        List<SessionOverride> approved = overrides.ofSessionIn(session.id(), SessionOverride.APPROVED);
        Set<String> rules = new HashSet<>(rules(approved).keySet());
        if (last != null
                && approved.stream()
                        .filter(override -> override.rules().contains(SessionOverride.VITALS))
                        .noneMatch(override ->
                                override.covers(last, gate, protocol.vitals().hardHold()))) {
            rules.remove(SessionOverride.VITALS);
        }
        return rules;
    }

    /** Rules that a prescriber lets pass in this session, each with who and why. */
    private Map<String, String> overridden(TreatmentSession session) {
        return rules(overrides.ofSessionIn(session.id(), SessionOverride.APPROVED));
    }

    private static Map<String, String> rules(List<SessionOverride> approved) {
        Map<String, String> rules = new HashMap<>();
        for (SessionOverride override : approved) {
            SessionOverride.Decision decision = override.decision();
            String who = decision == null ? "" : decision.by() + ": ";
            override.rules().forEach(rule -> rules.put(rule, who + override.reason()));
        }
        return rules;
    }

    private static Verdict without(Set<String> allowed, Verdict verdict) {
        return new Verdict(
                verdict.blockers().stream()
                        .filter(blocker -> !allowed.contains(blocker.rule()))
                        .toList(),
                verdict.softHolds(),
                verdict.payment());
    }

    /** What the discharge gate goes by. */
    private DischargeFailure.Seen seen(TreatmentSession session) {
        Instant started = session.doseStartedAt();
        Instant ended = session.doseEndedAt();
        Integer before = null;
        Integer after = null;
        List<VitalsAnswer> all = readings.of(session.id());
        for (VitalsAnswer reading : all) {
            if (reading.cadss6() != null && reading.doubts().isEmpty()) {
                if (started != null && reading.takenAt().isBefore(started)) {
                    before = reading.cadss6();
                } else if (ended != null && !reading.takenAt().isBefore(ended)) {
                    after = reading.cadss6();
                }
            }
        }
        return new DischargeFailure.Seen(
                records.lastReading(session).orElse(null),
                before,
                after,
                readiness.facts(session.patientId()).inDanger(),
                all);
    }

    /** Cancels what is booked for a drug and route whose consent was withdrawn; call inside the event's transaction. */
    public void consentWithdrawn(String patientId, String drug, String route) {
        Instant now = clock.instant();
        sessions.ofPatient(patientId, "", Limit.of(MOST_SESSIONS)).stream()
                .filter(session -> session.state() == SessionState.BOOKED
                        && session.drug().equals(drug)
                        && session.route().equals(route)
                        && session.place().startsAt().isAfter(now))
                .forEach(session ->
                        apply(session, "cancel", "consent-withdrawn", booked -> booked.withdrawConsent(now)));
    }

    /** The clock: held too long. */
    void endHold(String id) {
        transactions.run(() -> apply(session(id), "cancel", "held", held -> held.endHold(clock.instant())));
    }

    /** The clock: a note that nobody signed in time. */
    void noteOverdue(String id) {
        transactions.run(
                () -> apply(session(id), "note-overdue", null, session -> session.noteOverdue(clock.instant())));
    }

    private TreatmentSession apply(TreatmentSession session, String action, @Nullable String why, Deed deed) {
        List<SchedulingEvent> events = deed.apply(session);
        TreatmentSession saved = sessions.save(session);
        if (!saved.state().keepsPlace()) {
            occupancy.release(saved.id());
        }
        if (!events.isEmpty()) {
            outbox.append(saved.id(), saved.version(), events);
        }
        audit.write(action, resource(saved.id()), saved.patientId(), saved.version(), why);
        followers.forEach(follower -> follower.followed(saved, events));
        return saved;
    }

    SessionAnswer read(String id) {
        TreatmentSession session = session(id);
        audit.read("read-session", resource(id), session.patientId());
        return answer(session);
    }

    SessionAnswer answer(TreatmentSession session) {
        return SessionAnswer.of(
                session,
                readings.of(session.id()),
                records.lastReading(session).isPresent(),
                treatsOrReceives(),
                protocol,
                clock);
    }

    /** For lists: without vitals. */
    SessionAnswer line(TreatmentSession session) {
        return SessionAnswer.of(session, List.of(), false, treatsOrReceives(), protocol, clock);
    }

    /** Who knows the escort and what pays; a therapist sees the session's course, never the money. */
    private static boolean treatsOrReceives() {
        Caller caller = Caller.current();
        return caller.has(Role.FRONT_DESK) || caller.has(Role.NURSE) || caller.has(Role.PRESCRIBER);
    }

    private TreatmentSession session(String id) {
        return sessions.ofClinic(id).orElseThrow(() -> new NotFound("session", id));
    }

    String by() {
        return Caller.current().name();
    }

    private static String resource(String id) {
        return "session/" + id;
    }
}
