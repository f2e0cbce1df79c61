package clinicops.scheduling.monitor;

import clinicops.scheduling.readiness.TreatmentRecord;
import clinicops.scheduling.session.AtBedside;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What is known at one chair now: the newest value of each sign, and when the next reading is due. It begins with the
 * session's first reading or its check-in, is written in the transaction of each reading, and rests when the session is over.
 *
 * <p>Invariant: the newest values are the same in whatever order the readings came, and however often. Only readings without
 * doubt are among them. It is written in transactions that have read it only: of two at once MongoDB refuses one.
 */
@Document("bedside")
final class Bedside {
    @Id
    private final String sessionId;

    private Map<Sign, Newest> newest;
    private List<Instant> rechecksDue;
    private @Nullable Instant nextReadingDueAt;
    private boolean overdueTold;
    private @Nullable Instant spo2LowSince;
    private @Nullable Instant nextCheckAt;
    private boolean calm;

    /** @param reading its id: of two values of one moment the same one wins everywhere */
    record Newest(int value, Instant takenAt, String reading) {
        private boolean isOlderThan(Instant other, String otherReading) {
            int later = other.compareTo(takenAt);
            return later > 0 || (later == 0 && otherReading.compareTo(reading) > 0);
        }
    }

    @PersistenceCreator
    Bedside(
            String sessionId,
            Map<Sign, Newest> newest,
            @Nullable List<Instant> rechecksDue,
            @Nullable Instant nextReadingDueAt,
            boolean overdueTold,
            @Nullable Instant spo2LowSince,
            @Nullable Instant nextCheckAt,
            @Nullable Boolean calm) {
        this.sessionId = sessionId;
        this.newest = newest;
        // not in documents of before several were kept
        this.rechecksDue = rechecksDue == null ? List.of() : rechecksDue;
        this.nextReadingDueAt = nextReadingDueAt;
        this.overdueTold = overdueTold;
        this.spo2LowSince = spo2LowSince;
        this.nextCheckAt = nextCheckAt;
        // not in documents of before it was kept
        this.calm = calm != null && calm;
    }

    static Bedside of(String sessionId) {
        return new Bedside(sessionId, Map.of(), null, null, false, null, null, false);
    }

    /** From what is on record. */
    static Bedside of(String sessionId, List<VitalSigns> readings) {
        Bedside bedside = of(sessionId);
        readings.stream().filter(VitalSigns::counts).forEach(bedside::keepNewest);
        return bedside;
    }

    /**
     * One more reading.
     *
     * @return the signs whose newest value it is; none for one in doubt
     */
    Set<Sign> take(VitalSigns reading, AtBedside session, MonitorRules rules) {
        if (!reading.counts()) {
            return Set.of();
        }
        Set<Sign> news = keepNewest(reading);
        if (news.contains(Sign.SPO2)) {
            boolean low = reading.ofDevice()
                    && reading.alarms().stream().anyMatch(kind -> kind.equals("spo2-low") || kind.equals("spo2-drop"));
            if (!low) {
                spo2LowSince = null;
            } else if (spo2LowSince == null) {
                spo2LowSince = reading.takenAt();
            }
        }
        follow(session, rules);
        return news;
    }

    private Set<Sign> keepNewest(VitalSigns reading) {
        Set<Sign> news = EnumSet.noneOf(Sign.class);
        Map<Sign, Newest> all = new EnumMap<>(Sign.class);
        all.putAll(newest);
        reading.values().forEach((sign, value) -> {
            Newest known = all.get(sign);
            if (known == null || known.isOlderThan(reading.takenAt(), reading.id())) {
                all.put(sign, new Newest(value, reading.takenAt(), reading.id()));
                news.add(sign);
            }
        });
        newest = all;
        return news;
    }

    /** A rescue drug was given: its effect has to be looked at, that of each. */
    void recheckAfterRescue(Instant givenAt, MonitorRules rules) {
        rechecksDue = Stream.concat(
                        rechecksDue.stream(),
                        Stream.of(givenAt.plus(Duration.ofMinutes(rules.recheckAfterRescueMinutes()))))
                .toList();
    }

    /** The session has gone on, or a reading has come: what is due now? */
    void follow(AtBedside session, MonitorRules rules) {
        if (session.state().over()) {
            rechecksDue = List.of();
            nextReadingDueAt = null;
            spo2LowSince = null;
            overdueTold = false;
            nextCheckAt = null;
            return;
        }
        MonitorRules.Monitoring monitoring = rules.monitoring().get(session.route());
        Instant lastSetAt = monitoring == null ? null : since(monitoring.requires());
        rechecksDue = rechecksDue.stream()
                .filter(recheck -> lastSetAt == null || lastSetAt.isBefore(recheck.minus(rules.overdueBy())))
                .toList();
        Instant bySchedule = monitoring == null
                ? null
                : monitoring.nextDueAt(session.doseStartedAt(), session.doseEndedAt(), lastSetAt);
        Instant due = earliest(
                bySchedule, rechecksDue.stream().min(Instant::compareTo).orElse(null));
        if (due == null || !due.equals(nextReadingDueAt)) {
            overdueTold = false;
        }
        nextReadingDueAt = due;
        checkNext(rules);
    }

    /** Whether the reading that is due is too late; said once for each. */
    boolean tellOverdue(Instant now, MonitorRules rules) {
        Instant due = nextReadingDueAt;
        boolean late = !overdueTold && due != null && now.isAfter(due.plus(rules.overdueBy()));
        overdueTold |= late;
        checkNext(rules);
        return late;
    }

    /** Whether a device has shown a low saturation for so long that it counts; said once for each time that it falls. */
    boolean tellLowSpo2(Instant now, MonitorRules rules) {
        Instant since = spo2LowSince;
        if (since == null || now.isBefore(since.plus(rules.spo2LowFor()))) {
            return false;
        }
        spo2LowSince = null;
        checkNext(rules);
        return true;
    }

    private void checkNext(MonitorRules rules) {
        Instant due = nextReadingDueAt;
        nextCheckAt = earliest(
                due == null || overdueTold ? null : due.plus(rules.overdueBy()).plusMillis(1),
                spo2LowSince == null ? null : spo2LowSince.plus(rules.spo2LowFor()));
    }

    private static @Nullable Instant earliest(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    /** As long ago as the oldest of the signs' newest values; null when one was never taken. */
    private @Nullable Instant since(List<Sign> signs) {
        return signs.stream().allMatch(newest::containsKey)
                ? signs.stream()
                        .flatMap(sign -> Stream.ofNullable(newest.get(sign)))
                        .map(Newest::takenAt)
                        .min(Instant::compareTo)
                        .orElse(null)
                : null;
    }

    /** The newest values that a dose depends on, as old as the oldest of them; null when one was never taken. */
    TreatmentRecord.@Nullable Reading reading() {
        Instant takenAt = since(List.of(Sign.SYSTOLIC, Sign.DIASTOLIC, Sign.SPO2, Sign.HEART_RATE));
        Newest systolic = newest.get(Sign.SYSTOLIC);
        Newest diastolic = newest.get(Sign.DIASTOLIC);
        Newest spo2 = newest.get(Sign.SPO2);
        Newest heartRate = newest.get(Sign.HEART_RATE);
        if (takenAt == null || systolic == null || diastolic == null || spo2 == null || heartRate == null) {
            return null;
        }
        return new TreatmentRecord.Reading(
                takenAt, systolic.value(), diastolic.value(), spo2.value(), heartRate.value());
    }

    String sessionId() {
        return sessionId;
    }

    /** True when no alarm sounds whose cause a reading may end: all are over, or closed. False when that is not known. */
    boolean calm() {
        return calm;
    }

    /** @param notClosed all alarms of the session that are not closed */
    void sounds(List<Alarm> notClosed) {
        calm = notClosed.stream().allMatch(alarm -> alarm.overAt() != null);
    }

    /** The newest value of each sign that was taken. */
    Map<Sign, Newest> newest() {
        return newest;
    }

    /** Null when none is due. */
    @Nullable
    Instant nextReadingDueAt() {
        return nextReadingDueAt;
    }

    /** When the clock has to look at this chair; null when it has not. */
    @Nullable
    Instant nextCheckAt() {
        return nextCheckAt;
    }
}
