package clinicops.scheduling.monitor;

import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.Versions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Alarms at the chairs. */
@RestController
@Tag(name = "Alarms", description = "What somebody has to look after now, until somebody does")
class AlarmController {
    private final Alarms alarms;
    private final AlarmDesk desk;
    private final Audit audit;

    AlarmController(Alarms alarms, AlarmDesk desk, Audit audit) {
        this.alarms = alarms;
        this.desk = desk;
        this.audit = audit;
    }

    /**
     * An alarm as staff see it.
     *
     * @param kind `systolic-high`, `systolic-low`, `systolic-rise`, `diastolic-high`, `diastolic-rise`, `spo2-low`,
     *     `spo2-drop`, `heart-rate-high`, `heart-rate-low`, `heart-rate-rise`, `respiratory-rate-low`, `sedation`,
     *     `reading-overdue`, `help`, `left-against-advice`, `transferred` or `note-overdue`
     * @param value that broke the limit, the newest one; null for what is not measured
     * @param limit the last value that would have been well; `-rise` and `-drop` come from the own baseline
     * @param takenAt when the value was measured
     * @param told who was told, and when: `nurse-at-chair`, `nurses`, `prescribers`
     * @param nextEscalationAt when the next are told; null when none is left, or it is acknowledged. Of an acknowledged one whose reading is
     *     still missing: when it sounds again
     * @param artefact whether who acknowledged took the value for none of the patient's
     * @param overAt when its cause was over; null while it goes on
     */
    record AlarmAnswer(
            String id,
            long version,
            String sessionId,
            String patientId,
            String chairId,
            String nurseId,
            String kind,
            @Nullable Integer value,
            @Nullable Integer limit,
            @Nullable Instant takenAt,
            Instant raisedAt,
            List<AlarmTold> told,
            @Nullable Instant nextEscalationAt,
            @Nullable String acknowledgedBy,
            @Nullable Instant acknowledgedAt,
            boolean artefact,
            @Nullable Instant overAt) {
        static AlarmAnswer of(Alarm alarm) {
            Alarm.Measured measured = alarm.measured();
            Alarm.Acknowledgement seen = alarm.acknowledgement();
            return new AlarmAnswer(
                    alarm.id(),
                    alarm.version(),
                    alarm.sessionId(),
                    alarm.patientId(),
                    alarm.chairId(),
                    alarm.nurseId(),
                    alarm.kind(),
                    measured == null ? null : measured.value(),
                    measured == null ? null : measured.limit(),
                    measured == null ? null : measured.takenAt(),
                    alarm.raisedAt(),
                    alarm.told().stream()
                            .map(told -> new AlarmTold(told.to(), told.at()))
                            .toList(),
                    alarm.nextEscalationAt(),
                    seen == null ? null : seen.by(),
                    seen == null ? null : seen.at(),
                    seen != null && seen.artefact(),
                    alarm.overAt());
        }
    }

    /** @param at when it fell due */
    record AlarmTold(String to, Instant at) {}

    /** @param artefact the value was none of the patient's */
    record AlarmAcknowledgementRequest(boolean artefact) {}

    @GetMapping("/api/alarms")
    @Operation(summary = "Alarms in the order of their raising", description = """
                    `open=true`: those that nobody has acknowledged; `open=false`: the others. `sessionId`: of one session,
                    whatever their state. Errors: 400 `limit`, `cursor`.""")
    Page<AlarmAnswer> list(
            @RequestParam(required = false) @Nullable Boolean open,
            @RequestParam(required = false) @Nullable String sessionId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        String after = Cursor.of(cursor).after();
        Limit first = Limit.of(size + 1);
        List<Alarm> found;
        if (sessionId != null) {
            found = alarms.ofSession(sessionId, after, first);
        } else if (open == null) {
            found = alarms.all(after, first);
        } else {
            found = open ? alarms.waiting(after, first) : alarms.seen(after, first);
        }
        var page = Page.of(found, size, Alarm::id);
        audit.readList(
                "read-alarms", page.items().stream().map(Alarm::patientId).toList());
        return page.map(AlarmAnswer::of);
    }

    @PostMapping("/api/alarms/{id}/acknowledgement")
    @Operation(summary = "Acknowledge an alarm", description = """
                    The caller looks after it; escalation ends. The first acknowledgement stands, and a later one is answered
                    with it. `artefact`: one tap for a value that is none of the patient's. Takes no If-Match: an escalation at
                    the same moment must never hinder it. A cause that goes on for 5 min more sounds again, also when no reading comes. 404. Emits
                    AlarmAcknowledged.""")
    ResponseEntity<AlarmAnswer> acknowledge(
            @PathVariable String id, @Valid @RequestBody(required = false) @Nullable AlarmAcknowledgementRequest body) {
        Alarm alarm = desk.acknowledge(id, body != null && body.artefact());
        return ResponseEntity.ok().eTag(Versions.etag(alarm.version())).body(AlarmAnswer.of(alarm));
    }
}
