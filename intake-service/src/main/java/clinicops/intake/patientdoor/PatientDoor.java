package clinicops.intake.patientdoor;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import clinicops.chassis.SideDoor;
import clinicops.chassis.SideDoor.Row;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What each purpose of a link opens. */
@Configuration(proxyBeanMethods = false)
class PatientDoor {
    private static final String PAPERWORK = "paperwork";
    private static final String ASSESSMENT = "assessment";

    @Bean
    SideDoor sideDoor() {
        return SideDoor.of(
                "/patient",
                "patient",
                Row.open(GET, "/patient/visit", PAPERWORK, ASSESSMENT),
                Row.open(GET, "/patient/registration", PAPERWORK),
                Row.open(PUT, "/patient/registration/demographics", PAPERWORK),
                Row.open(PUT, "/patient/registration/contact", PAPERWORK),
                Row.open(PUT, "/patient/registration/emergency-contact", PAPERWORK),
                Row.open(PUT, "/patient/registration/therapist", PAPERWORK),
                Row.open(PUT, "/patient/registration/history", PAPERWORK),
                Row.open(PUT, "/patient/registration/drugs", PAPERWORK),
                Row.open(PUT, "/patient/registration/allergies", PAPERWORK),
                Row.open(PUT, "/patient/registration/previous-treatments", PAPERWORK),
                Row.open(PUT, "/patient/registration/coverage", PAPERWORK),
                Row.open(POST, "/patient/finish", PAPERWORK),
                Row.open(GET, "/patient/assessments", ASSESSMENT),
                Row.open(GET, "/patient/assessments/{assessmentId}", ASSESSMENT),
                Row.open(PUT, "/patient/assessments/{assessmentId}", ASSESSMENT));
    }
}
