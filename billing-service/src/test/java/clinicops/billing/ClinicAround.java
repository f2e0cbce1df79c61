package clinicops.billing;

import clinicops.chassis.BusinessClock;
import clinicops.testing.EventProbe;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.context.ApplicationContext;

/** What the insurers' tests want of the clinic: patients with a coverage, claims and requests sent to its payer. */
public final class ClinicAround {
    private final ClinicFixture clinic;
    private final BusinessClock clock;

    public ClinicAround(ApplicationContext context) {
        clinic = new ClinicFixture(context);
        clock = context.getBean(BusinessClock.class);
    }

    /** A payer that wants no authorization. */
    public String payer() {
        return clinic.payer(false);
    }

    public String patientCoveredBy(String payer) {
        String patient = clinic.patient();
        clinic.coverage(patient, payer);
        return patient;
    }

    /** A claim of $450 for a session that was given today. */
    public String claim(String patient) {
        String session = clinic.session(patient);
        return clinic.claim(session).body().path("id").asString();
    }

    /** The clinic asks the patient's payer for six sessions. */
    public String requestAuthorization(String patient) {
        String coverage =
                clinic.coverages(patient).body().path("items").get(0).path("id").asString();
        return clinic.biller
                .post(
                        "/api/authorizations",
                        Map.of("patientId", patient, "coverageId", coverage, "units", 6, "diagnosisCode", "F33.2"))
                .expect(201)
                .body()
                .path("id")
                .asString();
    }

    public String claimStatus(String claim) {
        return clinic.biller
                .get("/api/claims/" + claim)
                .expect(200)
                .body()
                .path("status")
                .asString();
    }

    public long balance(String patient) {
        return clinic.balance(patient);
    }

    public LocalDate today() {
        return clock.today();
    }

    public EventProbe listen() {
        return clinic.listen();
    }
}
