package clinicops.intake.patientdoor;

import clinicops.chassis.RuleViolation;
import clinicops.intake.registration.RegistrationDesk;
import clinicops.intake.registration.RegistrationView;
import clinicops.intake.registration.RegistrationView.Completeness;
import clinicops.intake.registration.Section;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

/** The registration as a patient fills it in by a link: by the same rules as staff, part by part. */
@Component
class Paperwork {
    private final PatientVisits visits;
    private final RegistrationDesk registrations;

    Paperwork(PatientVisits visits, RegistrationDesk registrations) {
        this.visits = visits;
        this.registrations = registrations;
    }

    RegistrationView registration(Jwt token) {
        return registrations.show(visits.opened(token).patientId());
    }

    /** @param section takes the place of what was there */
    RegistrationView fill(Jwt token, @Nullable String ifMatch, Section section) {
        return visits.write(
                token, link -> registrations.fill(link.patientId(), ifMatch, section, PatientVisits.PATIENT));
    }

    /**
     * The patient says that it is done.
     *
     * @throws RuleViolation {@code still-open} (409) while a section was never filled
     */
    PatientVisits.Visit finish(Jwt token) {
        return visits.write(token, link -> {
            registrations.show(link.patientId()).sections().stream()
                    .filter(section -> section.state() == Completeness.MISSING)
                    .findFirst()
                    .ifPresent(missing -> {
                        throw RuleViolation.conflict("still-open", "a part was never filled in")
                                .withField(missing.section().code());
                    });
            return visits.visit(visits.finish(link));
        });
    }
}
