package clinicops.intake.outcome;

import clinicops.chassis.NotFound;
import clinicops.intake.instrument.Assessments;
import clinicops.intake.instrument.CompletedAssessments;
import clinicops.intake.instrument.Instrument;
import clinicops.intake.instrument.Instrument.Remission;
import clinicops.intake.instrument.Instrument.Response;
import clinicops.intake.instrument.InstrumentEngine;
import clinicops.intake.instrument.LatestScore;
import clinicops.intake.patient.Announcements;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientEvent;
import clinicops.intake.patient.Patients;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Holds scores against what they were before treatment, whenever a score or a session comes; in the transaction of either. A
 * session may be heard of after the score that followed it, so all of the patient's outcomes are made again each time; each is
 * told of once.
 */
@Component
public class OutcomeDesk implements CompletedAssessments {
    private final TreatedSessions sessions;
    private final FollowUps followUps;
    private final OutcomeTurn turn;
    private final Assessments assessments;
    private final InstrumentEngine engine;
    private final Patients patients;
    private final Announcements announcements;

    OutcomeDesk(
            TreatedSessions sessions,
            FollowUps followUps,
            OutcomeTurn turn,
            Assessments assessments,
            InstrumentEngine engine,
            Patients patients,
            Announcements announcements) {
        this.sessions = sessions;
        this.followUps = followUps;
        this.turn = turn;
        this.assessments = assessments;
        this.engine = engine;
        this.patients = patients;
        this.announcements = announcements;
    }

    /** One scale of one patient, with a score at least. */
    record Course(Instrument instrument, String scale, LatestScore baseline, List<FollowUp> followUps) {}

    /** Joins the transaction of the event's handling. */
    public void sessionGiven(String sessionId, String patientId, String route, Instant startedAt) {
        sessions.save(new TreatedSession(sessionId, patientId, route, startedAt));
        // scheduling may know somebody whom this intake does not, after a restore
        patients.forStaff(patientId).ifPresent(this::judge);
    }

    @Override
    public void completed(String patientId, String assessmentId) {
        judge(patients.forStaff(patientId).orElseThrow(() -> new NotFound("patient", patientId)));
    }

    /**
     * What is kept of the patient became more or less, as somebody was merged into them or unmerged. Joins the caller's
     * transaction.
     */
    public void makeAgain(String patientId) {
        patients.forStaff(patientId).ifPresent(this::judge);
    }

    private void judge(Patient patient) {
        turn.take(patient.id());
        var before =
                followUps.ofPatient(patient.id()).stream().collect(Collectors.toMap(FollowUp::id, Function.identity()));
        var news = new ArrayList<PatientEvent>();
        for (Course course : courses(patient)) {
            for (FollowUp now : course.followUps()) {
                FollowUp old = before.get(now.id());
                if (old == null) {
                    news.add(new PatientEvent.OutcomeRecorded(
                            now.patientId(),
                            now.assessmentId(),
                            now.instrument(),
                            now.instrumentVersion(),
                            now.scale(),
                            now.baseline(),
                            now.value(),
                            now.response(),
                            now.remission(),
                            now.sessions(),
                            now.at()));
                }
                if (!now.equals(old)) {
                    followUps.save(now);
                }
                before.remove(now.id());
            }
        }
        // of scores that went back to an unmerged patient
        before.keySet().forEach(followUps::remove);
        announcements.tell(1, news);
    }

    /** Every scale that has a threshold and at least one score of this patient, as of all that is known now. */
    List<Course> courses(Patient patient) {
        var scores = assessments.allScores(patient.id());
        var given = sessions.ofPatient(patient.id());
        var courses = new ArrayList<Course>();
        for (Instrument instrument : engine.all()) {
            for (var scale : instrument.scales()) {
                var response = instrument.responses().stream()
                        .filter(r -> r.scale().equals(scale.id()))
                        .findFirst()
                        .orElse(null);
                var remission = instrument.remissions().stream()
                        .filter(r -> r.scale().equals(scale.id()))
                        .findFirst()
                        .orElse(null);
                var own = scores.stream()
                        .filter(s -> s.score().instrument().equals(instrument.id())
                                && s.score().scale().equals(scale.id()))
                        .toList();
                if (!own.isEmpty() && (response != null || remission != null)) {
                    courses.add(course(patient, instrument, scale.id(), own, given, response, remission));
                }
            }
        }
        return courses;
    }

    private static Course course(
            Patient patient,
            Instrument instrument,
            String scale,
            List<LatestScore> scores,
            List<TreatedSession> given,
            @Nullable Response response,
            @Nullable Remission remission) {
        if (given.isEmpty()) {
            return new Course(instrument, scale, scores.getLast(), List.of());
        }
        Instant begun = given.getFirst().startedAt();
        LatestScore baseline = scores.stream()
                .filter(score -> !score.completedAt().isAfter(begun))
                .reduce((_, later) -> later)
                .orElse(scores.getFirst());
        var after = scores.stream()
                .filter(score -> score.completedAt().isAfter(begun) && !score.equals(baseline))
                .map(score -> {
                    var until = given.stream()
                            .filter(s -> !s.startedAt().isAfter(score.completedAt()))
                            .toList();
                    return FollowUp.of(
                            patient.id(),
                            baseline,
                            score,
                            response,
                            remission,
                            until.size(),
                            until.getLast().route(),
                            diagnosis(patient));
                })
                .toList();
        return new Course(instrument, scale, baseline, after);
    }

    private static @Nullable String diagnosis(Patient patient) {
        var plan = patient.plan();
        if (plan != null) {
            return plan.terms().diagnosisCode();
        }
        var former = patient.formerPlans();
        return former.isEmpty() ? null : former.getLast().terms().diagnosisCode();
    }
}
