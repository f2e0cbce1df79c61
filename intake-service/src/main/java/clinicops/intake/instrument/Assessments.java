package clinicops.intake.instrument;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.intake.instrument.Assessment.Mode;
import clinicops.intake.instrument.Instrument.Result;
import clinicops.intake.patient.Judgement;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.Patients;
import clinicops.intake.patient.Sex;
import clinicops.intake.safety.RaisedThrough;
import clinicops.intake.safety.SafetyDesk;
import clinicops.intake.worklist.WorkList;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/**
 * Puts instruments to patients: keeps what is answered, scores what is complete, and sees to what the answers set off. Each
 * command is one transaction, and joins the caller's if there is one.
 */
@Component
public class Assessments {
    private static final Limit ONE = Limit.of(1);
    /** More than a patient of many years has. */
    private static final Limit ALL = Limit.of(2000);

    private final AssessmentRecords records;
    private final InstrumentEngine engine;
    private final Patients patients;
    private final SafetyDesk safety;
    private final ObjectProvider<Judgement> judgement;
    private final ObjectProvider<CompletedAssessments> toTell;
    private final WorkList workList;
    private final Audit audit;
    private final Transactions transactions;
    private final BusinessClock clock;

    // those who judge and those who are told read scores here: hence the providers
    Assessments(
            AssessmentRecords records,
            InstrumentEngine engine,
            Patients patients,
            SafetyDesk safety,
            ObjectProvider<Judgement> judgement,
            ObjectProvider<CompletedAssessments> toTell,
            WorkList workList,
            Audit audit,
            Transactions transactions,
            BusinessClock clock) {
        this.records = records;
        this.engine = engine;
        this.patients = patients;
        this.safety = safety;
        this.judgement = judgement;
        this.toTell = toTell;
        this.workList = workList;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Begins an instrument, or goes on with one that waits for answers.
     *
     * @param by username, or {@code patient}
     * @throws NotFound for an unknown patient
     * @throws RuleViolation {@code instrument-unknown}, {@code session-id}, and those of {@link #answer}
     */
    public AssessmentView start(String patientId, StartAssessment request, String by) {
        if (request.mode() == Mode.SESSION && request.sessionId() == null) {
            throw new RuleViolation("session-id", "name the session during which it is asked").withField("sessionId");
        }
        return transactions.inTransaction(() -> {
            Patient patient = patients.toActOn(patientId);
            Assessment assessment =
                    begin(patientId, current(request.instrument()), request.mode(), request.sessionId(), by);
            return fill(patient, assessment, request.answers(), request.complete(), clock.instant(), by);
        });
    }

    /**
     * Adds answers or changes them.
     *
     * @param by username, or {@code patient}
     * @throws NotFound for an assessment that this patient does not have
     * @throws RuleViolation {@code item-unknown}, {@code answer-unknown}, {@code answer-contradiction}, {@code
     *     assessment-incomplete}, {@code assessment-completed}
     */
    public AssessmentView answer(
            String patientId, String assessmentId, @Nullable String ifMatch, AnswersRequest request, String by) {
        return transactions.inTransaction(() -> {
            Patient patient = patients.toActOn(patientId);
            Assessment assessment = assessment(patientId, assessmentId);
            Versions.require(ifMatch, assessment.version(), assessment.resource());
            return fill(patient, assessment, request.answers(), request.complete(), clock.instant(), by);
        });
    }

    /** What another system asked and scored, or began. Joins the patient's other assessments. */
    public AssessmentView take(String patientId, SentAnswers sent, String by) {
        return transactions.inTransaction(() -> {
            Patient patient = patients.toActOn(patientId);
            Assessment assessment = begin(patientId, current(sent.instrument()), Mode.IMPORT, null, by);
            return fill(patient, assessment, sent.answers(), sent.complete(), sent.at(clock.instant()), by);
        });
    }

    /**
     * Keeps what a screening asked and scored. The screening itself raises the alert and runs the rules.
     *
     * @param filled complete and sound answers by instrument, in the order in which they were asked
     */
    public void keepScreened(
            String patientId, Map<String, Map<String, String>> filled, @Nullable String safetyAlertId, String by) {
        var asked = new ArrayList<Assessment>();
        Instant now = clock.instant();
        filled.forEach((id, answers) -> {
            Instrument instrument = current(id);
            Assessment assessment = begin(patientId, instrument, Mode.STAFF, null, by);
            Result result = engine.score(id, assessment.instrumentVersion(), answers, Sex.UNKNOWN);
            assessment.answer(answers, by);
            assessment.complete(result, now);
            if (safetyAlertId != null && !result.alerts().isEmpty()) {
                assessment.alerted(safetyAlertId);
            }
            asked.add(keep(assessment));
        });
        asked.forEach(this::tell);
        workList.refresh(patientId);
    }

    /** The caller audits. */
    public AssessmentView read(String patientId, String assessmentId) {
        return view(assessment(patientId, assessmentId));
    }

    /** The newest value of each scale that was ever scored, newest first. */
    public List<LatestScore> latestScores(String patientId) {
        var latest = new ArrayList<LatestScore>();
        for (Assessment assessment : records.completedOf(patientId, ALL)) {
            for (ScaleScore score : assessment.scores()) {
                boolean newer = latest.stream()
                        .anyMatch(l -> l.score().instrument().equals(score.instrument())
                                && l.score().scale().equals(score.scale()));
                if (!newer) {
                    latest.add(new LatestScore(assessment.id(), score, assessment.completion()));
                }
            }
        }
        return latest;
    }

    /** Every value of a patient's scales, oldest first. */
    public List<LatestScore> allScores(String patientId) {
        return records.completedOf(patientId, ALL).reversed().stream()
                .flatMap(assessment -> assessment.scores().stream()
                        .map(score -> new LatestScore(assessment.id(), score, assessment.completion())))
                .toList();
    }

    /** @param instrument null for all */
    List<Assessment> of(String patientId, @Nullable String instrument) {
        patient(patientId);
        return instrument == null ? records.allOf(patientId, ALL) : records.allOf(patientId, instrument, ALL);
    }

    Assessment assessment(String patientId, String assessmentId) {
        return records.ofPatient(patientId, assessmentId).orElseThrow(() -> new NotFound("assessment", assessmentId));
    }

    AssessmentView view(Assessment assessment) {
        boolean danger = assessment.safetyAlertId() != null
                || (!assessment.opened().isEmpty() && instrument(assessment).asksAboutSuicide());
        return new AssessmentView(
                assessment.id(),
                assessment.patientId(),
                assessment.instrument(),
                assessment.instrumentVersion(),
                assessment.mode(),
                assessment.sessionId(),
                assessment.status(),
                assessment.answersByItem(),
                instrument(assessment).missing(assessment.answersByItem()),
                assessment.scores(),
                assessment.opened(),
                assessment.requiredBy(),
                assessment.safetyAlertId(),
                danger ? safety.crisisLines() : List.of(),
                assessment.openedAt(),
                assessment.completedAt(),
                assessment.by(),
                assessment.version());
    }

    Instrument instrument(Assessment assessment) {
        return engine.of(assessment.instrument(), assessment.instrumentVersion())
                .orElseThrow(() -> InstrumentEngine.unknown("instrument"));
    }

    private Assessment begin(
            String patientId, Instrument instrument, Mode mode, @Nullable String sessionId, String by) {
        Instant now = clock.instant();
        var waiting = records.openOf(patientId, instrument.id(), ONE).stream()
                .filter(open -> open.mayGoOn(instrument, sessionId, now))
                .findFirst();
        waiting.ifPresent(open -> open.goOn(mode, sessionId));
        return waiting.orElseGet(
                () -> Assessment.open(Ids.next(), patientId, instrument, null, mode, sessionId, now, by));
    }

    private AssessmentView fill(
            Patient patient,
            Assessment assessment,
            Map<String, String> changes,
            boolean complete,
            Instant at,
            String by) {
        var answers = assessment.with(changes);
        Result result = engine.look(
                assessment.instrument(),
                assessment.instrumentVersion(),
                answers,
                patient.demographics().sex());
        assessment.answer(answers, by);
        if (complete) {
            assessment.complete(result, at);
        }
        for (String other : result.opens()) {
            if (!assessment.hasOpened(other)) {
                assessment.opened(open(assessment, current(other), by));
            }
        }
        var alerts = assessment.mode() == Mode.LINK
                ? Stream.concat(result.alerts().stream(), result.alertsByLink().stream())
                : result.alerts().stream();
        var reason = alerts.findFirst();
        if (assessment.safetyAlertId() == null && reason.isPresent()) {
            var raised = safety.raise(assessment.patientId(), reason.get(), through(assessment.mode()));
            assessment.alerted(raised.alertId());
        }
        Assessment kept = keep(assessment);
        if (complete) {
            tell(kept);
            judgement.forEach(judge -> judge.rejudge(kept.patientId(), "assessment-completed"));
        }
        workList.refresh(kept.patientId());
        return view(kept);
    }

    /** What the answers ask for: one that waits already, or a new one. */
    private Assessment open(Assessment because, Instrument instrument, String by) {
        return records.openOf(because.patientId(), instrument.id(), ONE).stream()
                .filter(open -> open.mayGoOn(instrument, because.sessionId(), clock.instant()))
                .findFirst()
                .orElseGet(() -> keep(Assessment.open(
                        Ids.next(),
                        because.patientId(),
                        instrument,
                        because.id(),
                        because.mode(),
                        because.sessionId(),
                        clock.instant(),
                        by)));
    }

    private static RaisedThrough through(Mode mode) {
        return switch (mode) {
            case LINK -> RaisedThrough.LINK;
            case SESSION -> RaisedThrough.SESSION;
            case STAFF, IMPORT -> RaisedThrough.STAFF;
        };
    }

    private Assessment keep(Assessment assessment) {
        Assessment saved = records.save(assessment);
        audit.write("keep-assessment", saved.resource(), saved.patientId(), saved.version(), null);
        return saved;
    }

    private void tell(Assessment completed) {
        toTell.forEach(listener -> listener.completed(completed.patientId(), completed.id()));
    }

    private Patient patient(String patientId) {
        return patients.forStaff(patientId).orElseThrow(() -> new NotFound("patient", patientId));
    }

    private Instrument current(String id) {
        return engine.current(id).orElseThrow(() -> InstrumentEngine.unknown("instrument"));
    }
}
