package clinicops.intake;

import static clinicops.chassis.Access.allow;
import static clinicops.chassis.Role.ADMIN;
import static clinicops.chassis.Role.BILLER;
import static clinicops.chassis.Role.FRONT_DESK;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static clinicops.chassis.Role.THERAPIST;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import clinicops.chassis.AccessTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may call what of intake-service. */
@Configuration(proxyBeanMethods = false)
class IntakeAccess {
    @Bean
    AccessTable accessTable() {
        return AccessTable.of(
                allow(POST, "/api/referrals/import", FRONT_DESK),
                allow(GET, "/api/patients", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST, BILLER),
                allow(GET, "/api/patients/{id}", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST, BILLER),
                allow(POST, "/api/patients", FRONT_DESK, NURSE),
                allow(GET, "/api/patients/{id}/registration", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(PUT, "/api/patients/{id}/registration/demographics", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(PUT, "/api/patients/{id}/registration/contact", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(
                        PUT,
                        "/api/patients/{id}/registration/emergency-contact",
                        FRONT_DESK,
                        NURSE,
                        PRESCRIBER,
                        THERAPIST),
                allow(PUT, "/api/patients/{id}/registration/therapist", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(PUT, "/api/patients/{id}/registration/history", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(PUT, "/api/patients/{id}/registration/drugs", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(PUT, "/api/patients/{id}/registration/allergies", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(
                        PUT,
                        "/api/patients/{id}/registration/previous-treatments",
                        FRONT_DESK,
                        NURSE,
                        PRESCRIBER,
                        THERAPIST),
                allow(PUT, "/api/patients/{id}/registration/coverage", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/worklist", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/worklist/counts", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(POST, "/api/duplicates/candidates", FRONT_DESK, NURSE),
                allow(GET, "/api/duplicates", FRONT_DESK, NURSE),
                allow(POST, "/api/duplicates/{id}/dismiss", FRONT_DESK, NURSE),
                allow(POST, "/api/patients/{id}/merge", FRONT_DESK, NURSE),
                allow(POST, "/api/patients/{id}/unmerge", FRONT_DESK, NURSE),
                allow(PUT, "/api/patients/{id}/screening", FRONT_DESK, NURSE),
                allow(GET, "/api/instruments", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/instruments/{id}", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/instruments/{id}/questionnaire", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(POST, "/api/patients/{id}/assessments", NURSE, PRESCRIBER, THERAPIST),
                allow(PUT, "/api/patients/{id}/assessments/{assessmentId}", NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/patients/{id}/assessments", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/patients/{id}/assessments/{assessmentId}", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(
                        GET,
                        "/api/patients/{id}/assessments/{assessmentId}/questionnaire-response",
                        FRONT_DESK,
                        NURSE,
                        PRESCRIBER,
                        THERAPIST),
                allow(GET, "/api/patients/{id}/verdicts", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/patients/{id}/verdicts/{verdictId}", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/patients/{id}/verdicts/{verdictId}/replay", NURSE, PRESCRIBER, THERAPIST),
                allow(PUT, "/api/patients/{id}/findings/{rule}/override", PRESCRIBER),
                allow(POST, "/api/patients/{id}/workup/{kind}", NURSE, PRESCRIBER),
                allow(GET, "/api/patients/{id}/workup", NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/patients/{id}/evaluations", NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/patients/{id}/evaluations/{kind}", NURSE, PRESCRIBER, THERAPIST),
                allow(PUT, "/api/patients/{id}/evaluations/mental-health", THERAPIST, PRESCRIBER),
                allow(PUT, "/api/patients/{id}/evaluations/medical", PRESCRIBER),
                allow(POST, "/api/patients/{id}/evaluations/{kind}/sign", THERAPIST, PRESCRIBER),
                allow(POST, "/api/patients/{id}/evaluations/{kind}/amend", THERAPIST, PRESCRIBER),
                allow(GET, "/api/rules", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/drugs", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/drugs/normalised", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(POST, "/api/patients/{id}/clearances/{kind}/revoke", PRESCRIBER, THERAPIST),
                allow(GET, "/api/patients/{id}/outcomes", NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/outcomes/cohorts", NURSE, PRESCRIBER, THERAPIST),
                allow(PUT, "/api/patients/{id}/clearances/mental-health", THERAPIST, PRESCRIBER),
                allow(PUT, "/api/patients/{id}/clearances/medical", PRESCRIBER),
                allow(PUT, "/api/patients/{id}/consents/{route}", NURSE),
                allow(DELETE, "/api/patients/{id}/consents/{route}", NURSE, FRONT_DESK),
                allow(POST, "/api/patients/{id}/consents/{route}/withdrawal", NURSE, FRONT_DESK),
                allow(
                        GET,
                        "/api/patients/{id}/consents/{consentId}/document",
                        FRONT_DESK,
                        NURSE,
                        PRESCRIBER,
                        THERAPIST),
                allow(GET, "/api/consent-texts", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/consent-texts/{drug}/{route}/{language}", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(POST, "/api/patients/{id}/documents", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/patients/{id}/documents", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(
                        GET,
                        "/api/patients/{id}/documents/{documentId}/content",
                        FRONT_DESK,
                        NURSE,
                        PRESCRIBER,
                        THERAPIST),
                allow(
                        POST,
                        "/api/patients/{id}/documents/{documentId}/removal",
                        FRONT_DESK,
                        NURSE,
                        PRESCRIBER,
                        THERAPIST),
                allow(PUT, "/api/patients/{id}/plan", PRESCRIBER),
                allow(GET, "/api/patients/{id}/plan/revisions", NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/plan-limits", NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/safety-alerts", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(POST, "/api/safety-alerts/{id}/acknowledgement", NURSE, PRESCRIBER, THERAPIST),
                allow(POST, "/api/safety-alerts/{id}/resolution", PRESCRIBER, THERAPIST),
                allow(GET, "/api/patients/{id}/safety-plan", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/patients/{id}/safety-plan/revisions", NURSE, PRESCRIBER, THERAPIST),
                allow(PUT, "/api/patients/{id}/safety-plan", NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/on-call", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST, ADMIN),
                allow(PUT, "/api/on-call", ADMIN),
                allow(GET, "/api/on-call/calls", NURSE, PRESCRIBER, ADMIN),
                allow(POST, "/api/patients/{id}/links", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(GET, "/api/patients/{id}/links", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST),
                allow(POST, "/api/patients/{id}/links/{linkId}/revoke", FRONT_DESK, NURSE, PRESCRIBER, THERAPIST));
    }
}
