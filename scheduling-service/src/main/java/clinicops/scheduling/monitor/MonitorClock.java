package clinicops.scheduling.monitor;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.DueWork;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What the business clock does at the chairs: readings that are overdue, saturations that stay low, alarms that nobody looks
 * at. Everything that is due stands in the database, so a restart loses nothing; in several copies of the service one is
 * first, and the others find nothing to do.
 */
@Component
class MonitorClock implements DueWork {
    private static final Logger log = LoggerFactory.getLogger(MonitorClock.class);
    private static final int AT_ONCE = 100;

    private final Bedsides bedsides;
    private final Alarms alarms;
    private final VitalsDesk vitals;
    private final AlarmDesk desk;
    private final BusinessClock clock;

    MonitorClock(Bedsides bedsides, Alarms alarms, VitalsDesk vitals, AlarmDesk desk, BusinessClock clock) {
        this.bedsides = bedsides;
        this.alarms = alarms;
        this.vitals = vitals;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public Optional<Instant> nextDueAt() {
        return Stream.concat(
                        bedsides.toCheckAfter(Instant.EPOCH, Limit.of(1)).stream()
                                .flatMap(bedside -> Stream.ofNullable(bedside.nextCheckAt())),
                        alarms.escalatingAfter(Instant.EPOCH, Limit.of(1)).stream()
                                .flatMap(alarm -> Stream.ofNullable(alarm.nextEscalationAt())))
                .min(Instant::compareTo);
    }

    @Scheduled(fixedDelayString = "${clinicops.scheduling.clock-tick}")
    void tick() {
        try {
            Instant now = clock.instant();
            each(
                    bedsides.toCheckBy(now, Limit.of(AT_ONCE)).stream()
                            .map(Bedside::sessionId)
                            .toList(),
                    vitals::check);
            each(desk.escalating(now, AT_ONCE), desk::escalate);
        } catch (DataAccessException e) {
            log.debug("the database is away; the next tick looks again");
        }
    }

    private static void each(List<String> ids, Consumer<String> deed) {
        for (String id : ids) {
            try {
                deed.accept(id);
            } catch (DataAccessException e) {
                // a reading or another copy was faster
                log.debug("{} is looked at again by the next tick", id);
            }
        }
    }
}
