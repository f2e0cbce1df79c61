package clinicops.intake.patientdoor;

import clinicops.chassis.Audit;
import clinicops.chassis.NotFound;
import clinicops.intake.instrument.AnswersRequest;
import clinicops.intake.instrument.Assessment;
import clinicops.intake.instrument.AssessmentView;
import clinicops.intake.instrument.Assessments;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

/** What a patient answers by a link: the instrument that it was given for, and those that its answers opened. */
@Component
class Questions {
    private final PatientVisits visits;
    private final Assessments assessments;
    private final Audit audit;

    Questions(PatientVisits visits, Assessments assessments, Audit audit) {
        this.visits = visits;
        this.assessments = assessments;
        this.audit = audit;
    }

    /** What is asked, in the order in which it was opened. */
    List<AssessmentView> all(Jwt token) {
        PatientLink link = visits.opened(token);
        audit.read("read-assessments", link.resourceName(), link.patientId());
        return asked(link);
    }

    AssessmentView one(Jwt token, String assessmentId) {
        return all(token).stream()
                .filter(assessment -> assessment.id().equals(assessmentId))
                .findFirst()
                .orElseThrow(() -> new NotFound("assessment", assessmentId));
    }

    /** Takes answers; with the last of all that is asked, the link is finished. */
    AssessmentView answer(Jwt token, String assessmentId, @Nullable String ifMatch, AnswersRequest answers) {
        return visits.write(token, link -> {
            if (asked(link).stream().noneMatch(asked -> asked.id().equals(assessmentId))) {
                throw new NotFound("assessment", assessmentId);
            }
            AssessmentView answered =
                    assessments.answer(link.patientId(), assessmentId, ifMatch, answers, PatientVisits.PATIENT);
            if (asked(link).stream().allMatch(asked -> asked.status() == Assessment.Status.COMPLETED)) {
                visits.finish(link);
            }
            return answered;
        });
    }

    private List<AssessmentView> asked(PatientLink link) {
        var asked = new ArrayList<AssessmentView>();
        asked.add(assessments.read(link.patientId(), link.resource()));
        for (int i = 0; i < asked.size(); i++) {
            asked.get(i).opened().stream()
                    .map(opened -> assessments.read(link.patientId(), opened.assessmentId()))
                    .forEach(asked::add);
        }
        return asked;
    }
}
