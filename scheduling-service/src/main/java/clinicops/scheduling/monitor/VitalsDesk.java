package clinicops.scheduling.monitor;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.together.GroupCommit;
import clinicops.chassis.together.GroupCommit.Asked;
import clinicops.chassis.together.GroupCommit.Outcome;
import clinicops.contracts.SchedulingEvent;
import clinicops.outbox.Transactions;
import clinicops.scheduling.monitor.AlarmDesk.Cause;
import clinicops.scheduling.monitor.AlarmDesk.Well;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.readiness.Pulses;
import clinicops.scheduling.session.AtBedside;
import clinicops.scheduling.session.Sessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.FindAndReplaceOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/**
 * Takes readings in: reading, bedside, alarms and audit row in one transaction. Those of many chairs that come at the same moment
 * share one, so that it costs a handful of round trips however many they are.
 */
@Component
class VitalsDesk implements AutoCloseable {
    private static final int MOST_TOGETHER = 64;
    private static final int MOST_WAITING = 4000;

    private final Sessions sessions;
    private final Vitals vitals;
    private final Bedsides bedsides;
    private final MongoOperations mongo;
    private final AlarmDesk alarms;
    private final Transactions transactions;
    private final Audit audit;
    private final MonitorRules rules;
    private final AlarmPolicy policy;
    private final BusinessClock clock;
    private final Pulses pulses;
    private final GroupCommit<Told, Recorded> commits;

    VitalsDesk(
            Sessions sessions,
            Vitals vitals,
            Bedsides bedsides,
            MongoOperations mongo,
            AlarmDesk alarms,
            RuleBook book,
            Transactions transactions,
            Audit audit,
            BusinessClock clock,
            Pulses pulses) {
        this.sessions = sessions;
        this.vitals = vitals;
        this.bedsides = bedsides;
        this.mongo = mongo;
        this.alarms = alarms;
        this.rules = book.read("vitals-limits", MonitorRules.class);
        this.policy = new AlarmPolicy(rules);
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
        this.pulses = pulses;
        commits = new GroupCommit<>(
                "readings", MOST_TOGETHER, MOST_WAITING, asked -> transactions.inTransaction(() -> take(asked)));
    }

    /** @param fresh false when the same reading was there already */
    record Recorded(VitalSigns reading, boolean fresh) {}

    /** A reading on its way in. */
    private record Told(String sessionId, VitalsRequest reading, String recorder) {}

    /**
     * Appends a reading. The same one sent again changes nothing.
     *
     * @throws NotFound 404
     * @throws RuleViolation {@code session-state} (409) before check-in; {@code reading-exists} (409) for other values under
     *     a known {@code readingId}; {@code no-values}, and of a nurse's reading {@code implausible} and
     *     {@code blood-pressure} (422)
     */
    Recorded record(String sessionId, VitalsRequest told) {
        Told reading = told(sessionId, told);
        try {
            return commits.take(reading);
        } catch (DuplicateKeyException e) {
            return alreadyThere(reading, e);
        }
    }

    /** Appends readings of one session; what {@link #record} would throw is the outcome of the one, and hinders no other. */
    List<Outcome<Recorded>> recordAll(String sessionId, List<VitalsRequest> told) {
        List<Told> readings = told.stream().map(one -> told(sessionId, one)).toList();
        List<Outcome<Recorded>> outcomes = commits.takeAll(readings);
        return IntStream.range(0, readings.size())
                .mapToObj(i -> outcomes.get(i) instanceof Outcome.Refused<Recorded>(DuplicateKeyException twice)
                        ? known(readings.get(i), twice)
                        : outcomes.get(i))
                .toList();
    }

    private static Told told(String sessionId, VitalsRequest told) {
        return new Told(sessionId, told, Caller.current().name());
    }

    private Outcome<Recorded> known(Told told, DuplicateKeyException twice) {
        try {
            return new Outcome.Done<>(alreadyThere(told, twice));
        } catch (RuleViolation refused) {
            return new Outcome.Refused<>(refused);
        }
    }

    /** The reading under the same id. */
    private Recorded alreadyThere(Told told, DuplicateKeyException why) {
        AtBedside session = sessions.atBedside(told.sessionId()).orElseThrow();
        VitalSigns reading = reading(told, session);
        VitalSigns known = vitals.already(reading.id()).orElseThrow(() -> why);
        if (!known.sameMeasurement(reading)) {
            throw RuleViolation.conflict("reading-exists", "another reading is on record under this id already")
                    .withField("readingId");
        }
        return new Recorded(known, false);
    }

    private VitalSigns reading(Told told, AtBedside session) {
        return VitalSigns.told(told.reading(), session, told.recorder(), clock.instant(), rules);
    }

    /**
     * Readings of however many sessions: each step is one round trip for all of them. Nearly every reading is new: the unique id
     * finds the few that are not, and no other has to look first.
     */
    private List<Outcome<Recorded>> take(List<Asked<Told>> asked) {
        Set<String> ids = asked.stream().map(one -> one.what().sessionId()).collect(Collectors.toSet());
        Map<String, AtBedside> seen =
                sessions.atBedsides(ids).stream().collect(Collectors.toMap(AtBedside::id, Function.identity()));
        List<Outcome<Recorded>> outcomes =
                asked.stream().map(one -> judged(one.what(), seen)).toList();
        List<VitalSigns> news = outcomes.stream()
                .flatMap(outcome -> outcome instanceof Outcome.Done<Recorded>(Recorded recorded)
                        ? Stream.of(recorded.reading())
                        : Stream.empty())
                .toList();
        if (news.isEmpty()) {
            return outcomes;
        }
        // before the readings are there: without a bedside it is made of those that were
        Map<String, Bedside> beds = bedsides(seen.keySet());
        vitals.insert(news);
        Map<String, List<Alarm>> known = known(beds.values(), news);
        var trail = audit.gather();
        Set<Bedside> changed = new LinkedHashSet<>();
        for (int i = 0; i < asked.size(); i++) {
            if (!(outcomes.get(i) instanceof Outcome.Done<Recorded>(Recorded recorded))) {
                continue;
            }
            AtBedside session =
                    Objects.requireNonNull(seen.get(recorded.reading().sessionId()));
            Bedside bedside = Objects.requireNonNull(beds.get(session.id()));
            boolean newest = asked.get(i).onBehalf(() -> {
                trail.write("record-vitals", "session/" + session.id(), session.patientId(), session.version(), null);
                return take(recorded.reading(), session, bedside, known.getOrDefault(session.id(), List.of()));
            });
            if (newest) {
                changed.add(bedside);
            }
        }
        keep(changed);
        trail.store();
        return outcomes;
    }

    private Outcome<Recorded> judged(Told told, Map<String, AtBedside> seen) {
        AtBedside session = seen.get(told.sessionId());
        if (session == null) {
            return new Outcome.Refused<>(new NotFound("session", told.sessionId()));
        }
        try {
            return new Outcome.Done<>(new Recorded(reading(told, session), true));
        } catch (RuleViolation refused) {
            return new Outcome.Refused<>(refused);
        }
    }

    private Map<String, Bedside> bedsides(Collection<String> ids) {
        Map<String, Bedside> beds = bedsides.ofSessions(ids).stream()
                .collect(Collectors.toMap(Bedside::sessionId, Function.identity(), (one, _) -> one, HashMap::new));
        ids.forEach(id -> beds.computeIfAbsent(id, _ -> Bedside.of(id, vitals.ofSession(id))));
        return beds;
    }

    private void keep(Collection<Bedside> changed) {
        if (!changed.isEmpty()) {
            var bulk = mongo.bulkOps(BulkMode.UNORDERED, Bedside.class);
            changed.forEach(bedside -> bulk.replaceOne(
                    Query.query(Criteria.where("_id").is(bedside.sessionId())),
                    bedside,
                    FindAndReplaceOptions.options().upsert()));
            bulk.execute();
        }
    }

    private Bedside bedside(String sessionId) {
        return Objects.requireNonNull(bedsides(Set.of(sessionId)).get(sessionId));
    }

    /** Alarms that a reading may end or go on with; where none can be, nobody looks. */
    private Map<String, List<Alarm>> known(Collection<Bedside> beds, List<VitalSigns> news) {
        Set<String> sounding = beds.stream()
                .filter(bedside -> !bedside.calm())
                .map(Bedside::sessionId)
                .collect(Collectors.toSet());
        news.stream()
                .filter(reading -> !reading.alarms().isEmpty())
                .forEach(reading -> sounding.add(reading.sessionId()));
        if (sounding.isEmpty()) {
            return Map.of();
        }
        Map<String, List<Alarm>> known = new HashMap<>();
        sounding.forEach(session -> known.put(session, new ArrayList<>()));
        alarms.notClosed(sounding).forEach(alarm -> Objects.requireNonNull(known.get(alarm.sessionId()))
                .add(alarm));
        return known;
    }

    /** @return whether the reading is the newest of any sign */
    private boolean take(VitalSigns reading, AtBedside session, Bedside bedside, List<Alarm> known) {
        pulses.progressed(session.id(), session.patientId());
        Set<Sign> news = bedside.take(reading, session, rules);
        if (!news.isEmpty()) {
            sound(reading, news, bedside, session, known);
        }
        return !news.isEmpty();
    }

    /** Commits what waits. */
    @Override
    public void close() {
        commits.close();
    }

    /** Alarms by what is now the newest; an old reading that comes late changes what is known, not what is the matter now. */
    private void sound(VitalSigns reading, Set<Sign> news, Bedside bedside, AtBedside session, List<Alarm> known) {
        List<AlarmPolicy.Breach> breaches = breaches(reading.values(), reading.takenAt(), session).stream()
                .filter(breach -> news.contains(breach.sign()))
                .toList();
        // a device's probe slips: its low saturation counts when it stays
        boolean lowLongEnough = !reading.ofDevice() || bedside.tellLowSpo2(reading.takenAt(), rules);
        List<Cause> causes = breaches.stream()
                .filter(breach -> breach.sign() != Sign.SPO2 || lowLongEnough)
                .map(breach -> cause(breach, reading.takenAt()))
                .toList();
        if (causes.isEmpty() && bedside.calm()) {
            return;
        }
        Set<String> broken = breaches.stream().map(AlarmPolicy.Breach::kind).collect(Collectors.toSet());
        Instant due = bedside.nextReadingDueAt();
        boolean inTime = due == null || clock.instant().isBefore(due);
        alarms.judge(
                at(session),
                causes,
                new Well(
                        kind -> kind.equals("reading-overdue")
                                ? inTime
                                : !broken.contains(kind) && news.contains(AlarmPolicy.signOf(kind)),
                        reading.takenAt()),
                known);
        bedside.sounds(known);
    }

    private List<AlarmPolicy.Breach> breaches(Map<Sign, Integer> values, Instant takenAt, AtBedside session) {
        return policy.breaches(session.route(), Phase.at(takenAt, session), session.baseline(), values);
    }

    private static Cause cause(AlarmPolicy.Breach breach, Instant takenAt) {
        return new Cause(breach.kind(), new Alarm.Measured(breach.value(), breach.limit(), takenAt));
    }

    /** The clock looks at a chair: is a reading overdue, has a low saturation lasted? */
    void check(String sessionId) {
        transactions.run(() -> bedsides.ofSession(sessionId).ifPresent(bedside -> {
            AtBedside session = sessions.atBedside(sessionId).orElseThrow();
            Instant now = clock.instant();
            List<Cause> causes = new ArrayList<>();
            if (bedside.tellOverdue(now, rules)) {
                causes.add(Cause.of("reading-overdue"));
            }
            Bedside.Newest spo2 = bedside.newest().get(Sign.SPO2);
            if (bedside.tellLowSpo2(now, rules) && spo2 != null) {
                breaches(Map.of(Sign.SPO2, spo2.value()), spo2.takenAt(), session)
                        .forEach(breach -> causes.add(cause(breach, spo2.takenAt())));
            }
            judge(session, bedside, causes, null);
            bedsides.save(bedside);
        }));
    }

    /** A session has gone on; in its transaction. */
    void follow(AtBedside session, List<SchedulingEvent> events) {
        Bedside bedside = bedside(session.id());
        List<Cause> causes = new ArrayList<>();
        for (SchedulingEvent event : events) {
            switch (event) {
                case SchedulingEvent.RescueDrugGiven given -> bedside.recheckAfterRescue(given.givenAt(), rules);
                case SchedulingEvent.HelpCalled _ -> causes.add(Cause.of("help"));
                case SchedulingEvent.PatientLeftAgainstAdvice _ -> causes.add(Cause.of("left-against-advice"));
                case SchedulingEvent.NoteOverdue _ -> causes.add(Cause.of("note-overdue"));
                case SchedulingEvent.PatientTransferred _ -> causes.add(Cause.of("transferred"));
                default -> {
                    // nothing at the chair depends on it
                }
            }
        }
        bedside.follow(session, rules);
        boolean over = session.state().over();
        boolean signed = events.stream().anyMatch(SchedulingEvent.NoteSigned.class::isInstance);
        judge(
                session,
                bedside,
                causes,
                over ? new Well(kind -> signed || !kind.equals("note-overdue"), clock.instant()) : null);
        bedsides.save(bedside);
    }

    private void judge(AtBedside session, Bedside bedside, List<Cause> causes, @Nullable Well well) {
        if (!causes.isEmpty() || well != null) {
            List<Alarm> known = new ArrayList<>(alarms.notClosed(Set.of(session.id())));
            alarms.judge(at(session), causes, well, known);
            bedside.sounds(known);
        }
    }

    private static Alarm.At at(AtBedside session) {
        return new Alarm.At(
                session.id(),
                session.patientId(),
                session.place().chairId(),
                session.place().nurseId());
    }
}
