package clinicops.intake.patient;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Patients as they stand at the stages of their way. Everything happens on 2 March 2026. */
final class PatientFixture {
    static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    static final LocalDate UNTIL = LocalDate.parse("2026-05-31");
    static final Instant EXPIRES = Instant.parse("2026-05-31T04:00:00Z");
    static final PlanTerms TERMS = terms("0.5");
    static final String TEXT = "2026-11";

    private PatientFixture() {}

    static PlanTerms terms(String doseLow) {
        return new PlanTerms(
                "F33.2",
                "ketamine",
                Route.IV,
                new BigDecimal(doseLow),
                new BigDecimal("1"),
                null,
                6,
                1,
                null,
                14,
                21,
                "iv-im-continuous",
                null,
                null);
    }

    static Patient.Registration registration() {
        return Patient.register(
                "p1",
                new Referral(
                        "r1",
                        "gp|17",
                        Indication.DEPRESSION,
                        Urgency.ROUTINE,
                        LocalDate.parse("2026-02-27"),
                        NOW.minus(Duration.ofDays(1))),
                new Demographics("Ana", "Núñez", LocalDate.parse("1985-06-01"), Sex.FEMALE),
                new Contact("ana@example.org", null, "America/New_York", Language.ES, true, false),
                new ReportedCoverage(1, "ACME", "Gold"),
                "M-1");
    }

    static Patient referred() {
        return registration().patient();
    }

    static Patient screened(Finding... findings) {
        Patient patient = referred();
        patient.screen(screening(SuicideRisk.NONE, findings));
        return patient;
    }

    static Patient cleared() {
        Patient patient = screened();
        patient.clear(clearance(ClearanceKind.MENTAL_HEALTH), List.of());
        patient.clear(clearance(ClearanceKind.MEDICAL), List.of());
        return patient;
    }

    static Patient consented() {
        Patient patient = cleared();
        patient.sign(consent("c1", TEXT));
        return patient;
    }

    static Patient planned() {
        Patient patient = consented();
        patient.approvePlan("plan1", TERMS, TEXT, "2026-01", "pia", NOW);
        return patient;
    }

    static Finding finding(String rule, Outcome outcome) {
        return finding(rule, outcome, List.of());
    }

    static Finding finding(String rule, Outcome outcome, List<String> about) {
        return new Finding(
                rule, outcome, "because", "porque", about, "label", "P", null, List.of(ClearanceKind.MEDICAL));
    }

    static Screening screening(SuicideRisk risk, Finding... findings) {
        var list = List.of(findings);
        var outcome =
                list.stream().map(Finding::outcome).max(Outcome::compareTo).orElse(Outcome.CLEARED);
        var history = new History(List.of(), List.of(), 2, 120, 80, new BigDecimal("70.5"), Pregnancy.NO);
        return new Screening(List.of(), history, List.of(), risk, list, outcome, "2026-01", NOW, "nora");
    }

    static Clearance clearance(ClearanceKind kind) {
        return clearance(kind, UNTIL, EXPIRES);
    }

    static Clearance clearance(ClearanceKind kind, LocalDate until, Instant expires) {
        return new Clearance(kind, "pia", NOW, until, expires, "e1", null);
    }

    static FindingReview review(String rule) {
        return new FindingReview(rule, "stable for years", "pia", NOW);
    }

    static Consent consent(String id, String text) {
        return new Consent(
                id,
                "ketamine",
                Route.IV,
                text,
                Language.ES,
                "ab12",
                "Ana Núñez",
                null,
                "cd34",
                "nora",
                NOW,
                null,
                null,
                null);
    }
}
