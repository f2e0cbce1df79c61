package clinicops.scheduling.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinicops.chassis.RuleViolation;
import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.protocol.ProtocolFiles;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.readiness.Blocker;
import clinicops.scheduling.readiness.PatientFacts;
import clinicops.scheduling.readiness.PaymentSource;
import clinicops.scheduling.readiness.TreatmentRecord;
import clinicops.scheduling.readiness.Verdict;
import clinicops.scheduling.resource.Place;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** One session and the people around it: nora nurses, nick is the second nurse, paula prescribes. */
final class SessionAtHand {
    static final Protocol PROTOCOL = ProtocolFiles.protocol();
    static final CancellationPolicy FEES = new RuleBook().read("cancellation-policy", CancellationPolicy.class);
    static final Set<String> OVERRIDABLE =
            new RuleBook().read("overrides", OverrideRules.class).leaving();
    static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    static final Instant START = Instant.parse("2026-11-23T15:00:00Z");
    static final Verdict CLEAR = new Verdict(List.of(), List.of(), new PaymentSource("self-pay", "est"));
    static final Verdict SOFT = new Verdict(List.of(), List.of("systolic > 140"), new PaymentSource("self-pay", "est"));
    static final Verdict HARD = new Verdict(
            List.of(Blocker.of("vitals-hard-hold", "systolic >= 160")),
            List.of(),
            new PaymentSource("self-pay", "est"));
    private static final TreatmentRecord.Answers ANSWERS =
            new TreatmentRecord.Answers(new BigDecimal("8"), new BigDecimal("3"), false, false, null, null);

    final TreatmentSession session;
    Instant now = START;

    private SessionAtHand(TreatmentSession session) {
        this.session = session;
    }

    static SessionAtHand by(String route) {
        return new SessionAtHand(new TreatmentSession(
                "ses",
                "cou",
                "pat",
                2,
                route.equals("nasal") ? "esketamine" : "ketamine",
                route,
                new CourseTerms("plan", 1, 6, 1, 14, 21),
                new Place(START, START.plus(Duration.ofMinutes(160)), "chair", "nurse", 1, null, null)));
    }

    static void refused(String rule, ThrowingCallable action) {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(action)
                .satisfies(violation -> assertThat(violation.rule()).isEqualTo(rule));
    }

    static BigDecimal of(String number) {
        return new BigDecimal(number);
    }

    SessionAtHand wait(int minutes) {
        now = now.plus(Duration.ofMinutes(minutes));
        return this;
    }

    Entry entry() {
        return Entry.of(null, now, null, Duration.ofMinutes(2), "nora", now);
    }

    TreatmentRecord.Reading vitals(int systolic) {
        return new TreatmentRecord.Reading(now, systolic, 80, 98, 70);
    }

    /** By weight up to so many mg per kg, or so many mg of a fixed dose. */
    PatientFacts.Plan plan(String most) {
        boolean fixed = session.route().equals("nasal");
        return new PatientFacts.Plan(
                "plan",
                1,
                session.drug(),
                session.route(),
                of(fixed ? "0" : "0.5"),
                of(fixed ? "0" : most),
                fixed ? of(most) : null,
                6,
                1,
                14,
                21,
                null,
                null,
                new PatientFacts.Heard("pat", 1, START));
    }

    PatientFacts.Plan plan() {
        return plan(session.route().equals("nasal") ? "56" : "1.0");
    }

    List<SchedulingEvent> checkIn() {
        session.nameEscort("Eva", "+12125550100", "sister", "hash", now);
        return session.checkIn(TODAY, TODAY, now);
    }

    List<SchedulingEvent> gate(Verdict verdict) {
        return session.passGate(ANSWERS, vitals(120), verdict, List.of(), PROTOCOL, "nora", now);
    }

    SessionAtHand ready() {
        checkIn();
        gate(CLEAR);
        return this;
    }

    List<SchedulingEvent> order(@Nullable String mgPerKg, @Nullable String high, String kg) {
        return session.orderDose(
                new Dosing.Wish(
                        mgPerKg == null ? null : of(mgPerKg), high == null ? null : of(high), of(kg), false, true),
                Optional.empty(),
                plan(),
                PROTOCOL,
                "paula",
                TODAY,
                now);
    }

    List<SchedulingEvent> draw(String vialMgPerMl, String volumeMl) {
        return session.drawDrug(
                new Dosing.Drawn("0143-9508-10", "L1", of(vialMgPerMl), null, of(volumeMl)), PROTOCOL, "nora", now);
    }

    List<SchedulingEvent> pump(String volumeMl, String rateMlPerH) {
        return session.setPump(of(volumeMl), of(rateMlPerH), PROTOCOL, "nora", now);
    }

    List<SchedulingEvent> check() {
        return session.check("nick", now);
    }

    List<SchedulingEvent> titrate(String mgPerKg) {
        return session.titrate(of(mgPerKg), plan(), PROTOCOL, "nora", now);
    }

    List<SchedulingEvent> start(Verdict verdict) {
        return start(verdict, plan());
    }

    List<SchedulingEvent> start(Verdict verdict, PatientFacts.Plan inForce) {
        return session.startDose(
                verdict,
                inForce,
                vitals(120),
                session.route().equals("im") ? "deltoid-left" : null,
                PROTOCOL,
                "nora",
                now);
    }

    List<SchedulingEvent> device() {
        return session.useDevice("50458-0028-02", "D1", PROTOCOL, "nora", now);
    }

    /** 40 mg for 80 kg, may be titrated up to 64 mg; or the devices that the plan fixes. */
    SessionAtHand prepared() {
        ready();
        switch (session.route()) {
            case "nasal" -> order(null, null, "80");
            case "im" -> {
                order("0.5", null, "80");
                draw("50", "0.8");
                check();
            }
            default -> {
                order("0.5", "0.8", "80");
                draw("10", "6.4");
                pump("4", "6");
                check();
            }
        }
        return this;
    }

    SessionAtHand dosing() {
        prepared();
        start(CLEAR);
        return this;
    }

    /** The whole dose is in. */
    SessionAtHand recovering() {
        dosing();
        if (session.route().equals("nasal")) {
            device();
            wait(5);
            device();
        } else {
            wait(40);
        }
        session.finishDose(PROTOCOL, now);
        return this;
    }

    TreatmentSession.Discharge told(boolean escortPresent, @Nullable Boolean ivOut) {
        return new TreatmentSession.Discharge(
                new TreatmentSession.Aldrete(2, 2, 2, 2, 2),
                5,
                true,
                true,
                ivOut,
                true,
                false,
                escortPresent,
                "nora",
                null,
                List.of(),
                null,
                "",
                "nora",
                now);
    }

    List<SchedulingEvent> discharge(TreatmentSession.Discharge told, @Nullable Integer cadss6After) {
        return session.discharge(
                told,
                false,
                new DischargeFailure.Seen(vitals(122), 1, cadss6After, false, List.of()),
                PROTOCOL,
                OVERRIDABLE,
                Map.of(),
                null,
                now);
    }

    SessionAtHand discharged() {
        recovering();
        wait(121);
        discharge(told(true, true), null);
        return this;
    }

    SchedulingEvent.SessionCompleted completed() {
        wait(121);
        return (SchedulingEvent.SessionCompleted)
                discharge(told(true, true), null).getFirst();
    }
}
