package clinicops.intake.outcome;

import clinicops.chassis.Audit;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.intake.instrument.Instrument;
import clinicops.intake.instrument.InstrumentEngine;
import clinicops.intake.instrument.InstrumentText;
import clinicops.intake.instrument.InstrumentView;
import clinicops.intake.instrument.InstrumentView.Threshold;
import clinicops.intake.instrument.LatestScore;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.Patients;
import clinicops.intake.patient.Route;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Outcomes", description = "What came of treatment: response and remission, per patient and per cohort")
class OutcomeController {
    private static final Pattern DIAGNOSIS = Pattern.compile("[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{0,4})?");

    private final OutcomeDesk desk;
    private final Cohorts cohorts;
    private final InstrumentEngine engine;
    private final Patients patients;
    private final Audit audit;

    OutcomeController(OutcomeDesk desk, Cohorts cohorts, InstrumentEngine engine, Patients patients, Audit audit) {
        this.desk = desk;
        this.cohorts = cohorts;
        this.engine = engine;
        this.patients = patients;
        this.audit = audit;
    }

    record OutcomeList(List<PatientOutcome> outcomes) {}

    @Schema(description = "One scale: baseline, and every score since treatment began")
    record PatientOutcome(
            String instrument,
            InstrumentText title,
            String scale,

            @Schema(
                    description =
                            "The last before the first session, or, when there is none, the first ever; until treatment begins the latest")
            OutcomeScore baseline,

            @Schema(description = "The last of the points; null before the first") @Nullable
            OutcomePoint latest,

            @Schema(description = "Scores since treatment began, oldest first")
            List<OutcomePoint> points,

            List<Threshold> thresholds) {}

    record OutcomeScore(String assessmentId, Instant at, BigDecimal value) {}

    record OutcomePoint(
            String assessmentId,
            Instant at,
            BigDecimal value,

            @Schema(description = "Since baseline; negative when the score fell")
            BigDecimal change,

            @Schema(description = "Of the baseline; null for a baseline of 0") @Nullable
            BigDecimal changePercent,

            @Schema(description = "Null when the scale has no threshold, or the baseline is 0") @Nullable
            Boolean response,

            @Schema(description = "Null when the scale has no threshold") @Nullable
            Boolean remission,

            @Schema(description = "Sessions given until then")
            int sessions) {
        static OutcomePoint of(FollowUp f) {
            return new OutcomePoint(
                    f.assessmentId(),
                    f.at(),
                    f.value(),
                    f.change(),
                    f.changePercent(),
                    f.response(),
                    f.remission(),
                    f.sessions());
        }
    }

    @GetMapping("/api/patients/{id}/outcomes")
    @Operation(
            summary = "Show a patient's outcomes",
            description = "Of each scale that has a published threshold. Errors: 404 `not-found`.")
    OutcomeList ofPatient(@PathVariable String id) {
        Patient patient = patients.forStaff(id).orElseThrow(() -> new NotFound("patient", id));
        audit.read("read-outcomes", patient.resource(), patient.id());
        return new OutcomeList(
                desk.courses(patient).stream().map(OutcomeController::view).toList());
    }

    @GetMapping("/api/outcomes/cohorts")
    @Operation(summary = "Compare outcomes across patients", description = """
                    Counts each patient once, by the last of their scores that fits; and once per number of sessions. Figures of
                    fewer than 5 patients are withheld, so that nobody is recognised. Errors: 400 `scale`, `route`, `diagnosis`,
                    `sessions`, `from`; 422 `instrument-unknown`.""")
    Cohorts.Cohort cohort(
            @Parameter(description = "One with a threshold, for example phq-9") @RequestParam String instrument,
            @Parameter(description = "Its first with a threshold when left out")
                    @RequestParam(required = false)
                    @Nullable
                    String scale,
            @Parameter(description = "iv, im, nasal, oral: of the last session before the score")
                    @RequestParam(required = false)
                    @Nullable
                    String route,
            @Parameter(description = "Beginning of an ICD-10-CM code, for example F33", example = "F33")
                    @RequestParam(required = false)
                    @Nullable
                    String diagnosis,
            @Parameter(description = "Only scores taken after so many sessions, 1 to 500")
                    @RequestParam(required = false)
                    @Nullable
                    Integer sessions,
            @Parameter(description = "First day of the scores, as the clinic counts days")
                    @RequestParam(required = false)
                    @Nullable
                    LocalDate from,
            @Parameter(description = "Last day of the scores") @RequestParam(required = false) @Nullable LocalDate to) {
        Instrument of = engine.current(instrument)
                .orElseThrow(() ->
                        new RuleViolation("instrument-unknown", "there is no such instrument").withField("instrument"));
        if (route != null && Route.of(route).isEmpty()) {
            throw malformed("route", "iv, im, nasal or oral");
        }
        if (diagnosis != null && !DIAGNOSIS.matcher(diagnosis).matches()) {
            throw malformed("diagnosis", "the beginning of an ICD-10-CM code");
        }
        if (sessions != null && (sessions < 1 || sessions > 500)) {
            throw malformed("sessions", "1 to 500");
        }
        if (from != null && to != null && to.isBefore(from)) {
            throw malformed("from", "must not be after to");
        }
        var cohort = cohorts.of(new Cohorts.Which(of.id(), scaleOf(of, scale), route, diagnosis, sessions, from, to));
        audit.readList("compare-outcomes", List.of());
        return cohort;
    }

    private static String scaleOf(Instrument of, @Nullable String scale) {
        var tracked =
                InstrumentView.thresholds(of).stream().map(Threshold::scale).toList();
        if (tracked.isEmpty() || (scale != null && !tracked.contains(scale))) {
            throw malformed("scale", "the instrument has no such scale with a threshold");
        }
        return scale == null ? tracked.getFirst() : scale;
    }

    private static RuleViolation malformed(String field, String message) {
        return RuleViolation.malformed(field, message).withField(field);
    }

    private static PatientOutcome view(OutcomeDesk.Course course) {
        LatestScore baseline = course.baseline();
        var points = course.followUps().stream().map(OutcomePoint::of).toList();
        return new PatientOutcome(
                course.instrument().id(),
                course.instrument().title(),
                course.scale(),
                new OutcomeScore(
                        baseline.assessmentId(),
                        baseline.completedAt(),
                        baseline.score().value()),
                points.isEmpty() ? null : points.getLast(),
                points,
                InstrumentView.thresholds(course.instrument()).stream()
                        .filter(threshold -> threshold.scale().equals(course.scale()))
                        .toList());
    }
}
