package clinicops.scheduling.readiness;

import clinicops.chassis.BusinessClock;
import clinicops.contracts.PulseEvent;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Judges patients anew soon after anything that the verdict rests on has changed, and tells when it is another than before.
 * Time changes verdicts too: the patients of the day are judged every minute, and at once when a new day begins.
 */
@Component
class VerdictsInStep {
    private static final Logger log = LoggerFactory.getLogger(VerdictsInStep.class);
    private static final int AT_ONCE = 500;
    private static final Duration DAY_AGAIN = Duration.ofMinutes(1);

    private final Readiness readiness;
    private final KeptVerdicts verdicts;
    private final Pulses pulses;
    private final Outbox outbox;
    private final Transactions transactions;
    private final BusinessClock clock;
    private Instant dayJudgedAt = Instant.EPOCH;

    VerdictsInStep(
            Readiness readiness,
            KeptVerdicts verdicts,
            Pulses pulses,
            Outbox outbox,
            Transactions transactions,
            BusinessClock clock) {
        this.readiness = readiness;
        this.verdicts = verdicts;
        this.pulses = pulses;
        this.outbox = outbox;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${clinicops.scheduling.pulse-tick}")
    void tick() {
        try {
            Instant now = clock.instant();
            if (pulses.dayToJudge() || !now.isBefore(dayJudgedAt.plus(DAY_AGAIN))) {
                dayJudgedAt = now;
                readiness.patientsOf(clock.today()).forEach(pulses::readinessMayHaveChanged);
            }
            tellProgress(pulses.progressed());
            List<String> patients = pulses.patientsToJudge(AT_ONCE);
            try {
                judge(patients);
            } catch (DataAccessException e) {
                // another copy judged one of them at the same moment, or the database is away
                pulses.judgeAgain(patients);
                log.debug("verdicts are judged again by the next tick", e);
            }
        } catch (DataAccessException e) {
            log.debug("the database is away; the next tick looks again", e);
        }
    }

    private void judge(Collection<String> patients) {
        if (patients.isEmpty()) {
            return;
        }
        List<ReadinessAnswer> answers = readiness.ofAll(patients);
        Map<String, KeptVerdict> kept = verdicts.ofAll(patients).stream()
                .collect(Collectors.toMap(KeptVerdict::patientId, Function.identity()));
        Instant now = clock.instant();
        List<KeptVerdict> news = answers.stream()
                .filter(answer -> {
                    KeptVerdict before = kept.get(answer.patientId());
                    return before == null || !before.sameAs(answer);
                })
                .map(answer -> kept.getOrDefault(
                                answer.patientId(),
                                new KeptVerdict(answer.patientId(), null, false, false, List.of(), List.of(), now))
                        .now(answer, now))
                .toList();
        if (!news.isEmpty()) {
            transactions.run(() -> {
                var rows = outbox.gather();
                news.forEach(verdict -> tell(rows, verdicts.save(verdict)));
                rows.store();
            });
        }
    }

    private static void tell(Outbox.Gathered rows, KeptVerdict verdict) {
        Long version = verdict.version();
        rows.append(
                verdict.patientId(),
                version == null ? 0 : version,
                List.of(new PulseEvent.ReadinessChanged(
                        verdict.patientId(),
                        verdict.canBook(),
                        verdict.canTreat(),
                        verdict.rules(),
                        verdict.changedAt())));
    }

    private void tellProgress(Map<String, String> sessions) {
        if (sessions.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        transactions.run(() -> {
            var rows = outbox.gather();
            sessions.forEach((session, patient) -> rows.append(
                    session, now.toEpochMilli(), List.of(new PulseEvent.SessionProgressed(session, patient, now))));
            rows.store();
        });
    }
}
