package clinicops.staffweb.journey;

import clinicops.contracts.BillingEvent.BalanceChanged;
import clinicops.contracts.BillingEvent.BenefitsChecked;
import clinicops.contracts.BillingEvent.ClaimAdjudicated;
import clinicops.contracts.BillingEvent.ClaimSubmitted;
import clinicops.contracts.BillingEvent.CoverageRecorded;
import clinicops.contracts.BillingEvent.PaymentReceived;
import clinicops.contracts.Event;
import clinicops.contracts.EventCatalog;
import clinicops.contracts.IntakeEvent.ClearanceLapsed;
import clinicops.contracts.IntakeEvent.ConsentSigned;
import clinicops.contracts.IntakeEvent.PatientCleared;
import clinicops.contracts.IntakeEvent.PatientDeclined;
import clinicops.contracts.IntakeEvent.PatientRegistered;
import clinicops.contracts.IntakeEvent.PatientsUnmerged;
import clinicops.contracts.IntakeEvent.ReferralReceived;
import clinicops.contracts.IntakeEvent.SafetyAlertAcknowledged;
import clinicops.contracts.IntakeEvent.SafetyAlertRaised;
import clinicops.contracts.IntakeEvent.ScreeningCompleted;
import clinicops.contracts.IntakeEvent.TreatmentPlanApproved;
import clinicops.contracts.IntakeEvent.TreatmentPlanEnded;
import clinicops.contracts.Money;
import clinicops.contracts.NotificationEvent.NoticeDelivered;
import clinicops.contracts.SchedulingEvent.CourseBooked;
import clinicops.contracts.SchedulingEvent.NoteSigned;
import clinicops.contracts.SchedulingEvent.PatientCheckedIn;
import clinicops.contracts.SchedulingEvent.SessionBooked;
import clinicops.contracts.SchedulingEvent.SessionCompleted;
import clinicops.contracts.SchedulingEvent.SessionMoved;
import clinicops.contracts.SchedulingEvent.SessionStarted;
import clinicops.outbox.Received;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of one patient, as the four services would send them. */
public final class JourneyEvents {
    static final Instant DAY_ONE = Instant.parse("2026-11-23T14:00:00Z");

    private final String patientId;
    private final List<Received<? extends Event>> events = new ArrayList<>();
    private Instant now = DAY_ONE;
    private long patientVersion;
    private int next;

    public JourneyEvents(String patientId) {
        this.patientId = patientId;
    }

    public List<Received<? extends Event>> all() {
        return List.copyOf(events);
    }

    public JourneyEvents referred() {
        patientVersion++;
        add("referral-" + patientId, 1, new ReferralReceived("r", patientId, "depression", "routine", day(), now));
        add(patientId, patientVersion, new PatientRegistered(patientId, "r", now));
        return this;
    }

    public JourneyEvents screened(String suicideRisk, String outcome) {
        patientVersion++;
        add(patientId, patientVersion, new ScreeningCompleted(patientId, List.of(), suicideRisk, outcome, "1", now));
        if (suicideRisk.equals("high")) {
            add("alert-" + patientId, 1, new SafetyAlertRaised("alert-" + patientId, patientId, "c-ssrs-high", now));
        }
        if (outcome.equals("excluded")) {
            add(patientId, patientVersion, new PatientDeclined(patientId, "excluded", List.of("psychosis"), now));
        }
        return this;
    }

    /** Answers that tell of danger; the same alert each time. */
    JourneyEvents inDanger() {
        add("alert-" + patientId, 1, new SafetyAlertRaised("alert-" + patientId, patientId, "c-ssrs-high", now));
        return this;
    }

    JourneyEvents takenUp() {
        add("alert-" + patientId, 2, new SafetyAlertAcknowledged("alert-" + patientId, patientId, "nora", now));
        return this;
    }

    /** The alert was of somebody who had been taken for this patient. */
    JourneyEvents unmerged() {
        add("other", 3, new PatientsUnmerged(patientId, "other", now, List.of("alert-" + patientId)));
        return this;
    }

    public JourneyEvents cleared() {
        patientVersion++;
        add(patientId, patientVersion, new PatientCleared(patientId, now, day().plusDays(90), null));
        add("consent", 1, new ConsentSigned("consent", patientId, "ketamine", "iv", "1", now));
        return this;
    }

    public JourneyEvents declined() {
        patientVersion++;
        add(patientId, patientVersion, new PatientDeclined(patientId, "declined", List.of("prescriber"), now));
        return this;
    }

    /** Screened anew, which lets both clearances go in the same command. */
    JourneyEvents screenedAgain() {
        screened("low", "needs-review");
        add(patientId, patientVersion, new ClearanceLapsed(patientId, "medical", now, "expired"));
        add(patientId, patientVersion, new ClearanceLapsed(patientId, "mental-health", now, "expired"));
        return this;
    }

    JourneyEvents planned(String plan) {
        patientVersion++;
        add(plan, patientVersion, approved(plan));
        return this;
    }

    JourneyEvents planReplaced(String former, String plan) {
        patientVersion++;
        add(former, patientVersion, new TreatmentPlanEnded(former, patientId, "replaced", now));
        add(plan, patientVersion, approved(plan));
        return this;
    }

    JourneyEvents planEnded(String plan) {
        patientVersion++;
        add(plan, patientVersion, new TreatmentPlanEnded(plan, patientId, "completed", now));
        return this;
    }

    private TreatmentPlanApproved approved(String plan) {
        var low = new BigDecimal("0.5");
        return new TreatmentPlanApproved(
                plan, patientId, 1, "F33.2", "ketamine", "iv", low, BigDecimal.ONE, 6, 1, 14, 21, "paula", now);
    }

    public JourneyEvents insured() {
        add("coverage", 1, new CoverageRecorded("coverage", patientId, 1, "ACME", "commercial", now));
        add("coverage", 2, new BenefitsChecked("coverage", patientId, true, false, day(), now));
        return this;
    }

    public JourneyEvents booked(String course, int sessions) {
        List<String> ids = new ArrayList<>();
        for (int number = 1; number <= sessions; number++) {
            ids.add(course + "-" + number);
        }
        add(course, 1, new CourseBooked(course, patientId, "plan", 1, "ketamine", "iv", ids, now, now, now));
        for (int number = 1; number <= sessions; number++) {
            String id = course + "-" + number;
            Instant starts = now.plus(Duration.ofDays(number));
            add(
                    id,
                    1,
                    new SessionBooked(
                            id, course, patientId, number, "ketamine", "iv", starts, starts, "chair", "nurse"));
        }
        return this;
    }

    public JourneyEvents moved(String course, int number) {
        String id = course + "-" + number;
        add(id, 2, new SessionMoved(id, course, patientId, now, now.plusSeconds(7200), now.plusSeconds(14400)));
        return this;
    }

    /** The session from check-in to the signed note, its claim, the answer and the payment. */
    public JourneyEvents treated(String course, int number) {
        String id = course + "-" + number;
        add(id, 3, new PatientCheckedIn(id, patientId, now));
        add(id, 5, new SessionStarted(id, course, patientId, "ketamine", "iv", BigDecimal.TEN, now));
        var completed = add(
                id,
                7,
                new SessionCompleted(
                        id,
                        course,
                        patientId,
                        number,
                        "ketamine",
                        "iv",
                        null,
                        BigDecimal.TEN,
                        now,
                        now,
                        now,
                        now,
                        List.of()));
        balance(0, 1, completed.id());
        var signed = add(id, 8, new NoteSigned(id, patientId, "paula", now));
        add("notice-" + id, 1, notice("n-" + id, "after-session"), signed.id());
        String claim = "claim-" + id;
        add(claim, 1, new ClaimSubmitted(claim, patientId, id, "ACME", Money.usd(50_000), now));
        add(
                claim,
                2,
                new ClaimAdjudicated(
                        claim, patientId, Money.usd(50_000), Money.usd(40_000), Money.usd(10_000), List.of(), now));
        balance(10_000, 0, null);
        add(
                "payment-" + id,
                1,
                new PaymentReceived("payment-" + id, patientId, Money.usd(10_000), "card", Money.usd(0), now));
        balance(0, 0, null);
        return this;
    }

    public JourneyEvents balance(long cents, int openClaims, @Nullable String cause) {
        add(patientId, next + 1, new BalanceChanged(patientId, Money.usd(cents), openClaims, null, now), cause);
        return this;
    }

    private NoticeDelivered notice(String id, String template) {
        return new NoticeDelivered(id, patientId, template, "email", id, now);
    }

    private Received<? extends Event> add(String subject, long sequence, Event event) {
        return add(subject, sequence, event, null);
    }

    private Received<? extends Event> add(String subject, long sequence, Event event, @Nullable String cause) {
        var entry = EventCatalog.of(event.getClass());
        var received = new Received<>(
                "%s-%05d".formatted(patientId, next++),
                entry.type(),
                "/" + entry.owner(),
                subject,
                sequence,
                now,
                "correlation",
                cause,
                event);
        events.add(received);
        // every event a minute after the one before it, so that a test may speak of before and after
        now = now.plusSeconds(60);
        return received;
    }

    private LocalDate day() {
        return LocalDate.parse("2026-11-23");
    }
}
