package clinicops.scheduling.monitor;

import clinicops.chassis.Audit;
import clinicops.chassis.NotFound;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.readiness.TreatmentRecord;
import clinicops.scheduling.session.AtBedside;
import clinicops.scheduling.session.Sessions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The limits that one patient's readings are judged by, for whoever draws them. */
@RestController
@Tag(name = "Sessions")
class ChairLimits {
    private final Sessions sessions;
    private final Bedsides bedsides;
    private final MonitorRules rules;
    private final AlarmPolicy policy;
    private final Audit audit;

    ChairLimits(Sessions sessions, Bedsides bedsides, RuleBook book, Audit audit) {
        this.sessions = sessions;
        this.bedsides = bedsides;
        this.rules = book.read("vitals-limits", MonitorRules.class);
        this.policy = new AlarmPolicy(rules);
        this.audit = audit;
    }

    /**
     * @param limits version of the rules, as each reading names it
     * @param baseline the patient's own values at the pre-dose gate; null before it
     * @param phases `pre-dose`, `dosing`, `recovering`, in their order
     * @param nextReadingDueAt null when none is due
     * @param overdueByMinutes so late it sounds an alarm
     */
    record LimitsAnswer(
            String limits,
            TreatmentRecord.@Nullable Reading baseline,
            List<PhaseLimits> phases,
            @Nullable Instant nextReadingDueAt,
            int overdueByMinutes) {}

    /**
     * @param from when the phase began; null while it has not
     * @param until when it ended; null while it has not
     */
    record PhaseLimits(
            String phase, @Nullable Instant from, @Nullable Instant until, List<SignLimits> signs) {}

    /**
     * The last values of a sign that are well; beyond them an alarm sounds.
     *
     * @param sign as readings name it
     * @param lowest null when none is too low
     * @param highest null when none is too high
     * @param lowestByBaseline whether the own baseline is nearer than the limit of all
     */
    record SignLimits(
            String sign,
            @Nullable Integer lowest,
            @Nullable Integer highest,
            boolean lowestByBaseline,
            boolean highestByBaseline) {}

    @GetMapping("/api/sessions/{id}/limits")
    @Operation(summary = "Limits of a session's vital signs", description = """
                    By phase: the lowest and highest values that sound no alarm, of the route and of the patient's own baseline,
                    whichever is nearer (vitals-limits.json); and when the next reading is due. 404.""")
    LimitsAnswer limits(@PathVariable String id) {
        AtBedside session = sessions.atBedside(id).orElseThrow(() -> new NotFound("session", id));
        audit.read("read-vitals-limits", "session/" + id, session.patientId());
        return new LimitsAnswer(
                rules.id() + "@" + rules.version(),
                session.baseline(),
                Arrays.stream(Phase.values()).map(phase -> of(phase, session)).toList(),
                bedsides.ofSession(id).map(Bedside::nextReadingDueAt).orElse(null),
                rules.overdueByMinutes());
    }

    private PhaseLimits of(Phase phase, AtBedside session) {
        Instant end = session.endedAt();
        Instant dosed = session.doseStartedAt();
        Instant dosedUntil = session.doseEndedAt();
        List<SignLimits> signs = policy.edges(session.route(), phase, session.baseline());
        return switch (phase) {
            case PRE_DOSE -> new PhaseLimits(phase.code(), session.checkedInAt(), dosed == null ? end : dosed, signs);
            case DOSING -> new PhaseLimits(phase.code(), dosed, dosedUntil == null ? end : dosedUntil, signs);
            case RECOVERING -> new PhaseLimits(phase.code(), dosedUntil, dosedUntil == null ? null : end, signs);
        };
    }
}
