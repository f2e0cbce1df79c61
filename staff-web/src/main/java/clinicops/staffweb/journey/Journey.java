package clinicops.staffweb.journey;

import clinicops.contracts.BillingEvent;
import clinicops.contracts.BillingEvent.AuthorizationDenied;
import clinicops.contracts.BillingEvent.AuthorizationGranted;
import clinicops.contracts.BillingEvent.AuthorizationRequested;
import clinicops.contracts.BillingEvent.AuthorizationRunningOut;
import clinicops.contracts.BillingEvent.BalanceChanged;
import clinicops.contracts.BillingEvent.BenefitsChecked;
import clinicops.contracts.BillingEvent.ClaimAdjudicated;
import clinicops.contracts.BillingEvent.ClaimDenied;
import clinicops.contracts.BillingEvent.ClaimSubmitted;
import clinicops.contracts.BillingEvent.CoverageRecorded;
import clinicops.contracts.BillingEvent.EstimateIssued;
import clinicops.contracts.BillingEvent.PaymentReceived;
import clinicops.contracts.BillingEvent.SelfPayAgreed;
import clinicops.contracts.BillingEvent.SessionCharged;
import clinicops.contracts.BillingEvent.StatementIssued;
import clinicops.contracts.Event;
import clinicops.contracts.IntakeEvent;
import clinicops.contracts.IntakeEvent.ClearanceLapsed;
import clinicops.contracts.IntakeEvent.ConsentSigned;
import clinicops.contracts.IntakeEvent.ConsentWithdrawn;
import clinicops.contracts.IntakeEvent.ContactPreferencesChanged;
import clinicops.contracts.IntakeEvent.CoverageReported;
import clinicops.contracts.IntakeEvent.LinkFinished;
import clinicops.contracts.IntakeEvent.LinkRequested;
import clinicops.contracts.IntakeEvent.LinkRevoked;
import clinicops.contracts.IntakeEvent.OutcomeRecorded;
import clinicops.contracts.IntakeEvent.PatientCleared;
import clinicops.contracts.IntakeEvent.PatientDeclined;
import clinicops.contracts.IntakeEvent.PatientRegistered;
import clinicops.contracts.IntakeEvent.PatientsMerged;
import clinicops.contracts.IntakeEvent.PatientsUnmerged;
import clinicops.contracts.IntakeEvent.ReferralReceived;
import clinicops.contracts.IntakeEvent.SafetyAlertAcknowledged;
import clinicops.contracts.IntakeEvent.SafetyAlertRaised;
import clinicops.contracts.IntakeEvent.SafetyAlertResolved;
import clinicops.contracts.IntakeEvent.ScreeningCompleted;
import clinicops.contracts.IntakeEvent.TreatmentPlanApproved;
import clinicops.contracts.IntakeEvent.TreatmentPlanEnded;
import clinicops.contracts.IntakeEvent.WorkupRecorded;
import clinicops.contracts.NotificationEvent;
import clinicops.contracts.NotificationEvent.NoticeDelivered;
import clinicops.contracts.NotificationEvent.NoticeFailed;
import clinicops.contracts.NotificationEvent.NoticeSuppressed;
import clinicops.contracts.PulseEvent;
import clinicops.contracts.SchedulingEvent;
import clinicops.contracts.SchedulingEvent.AdverseEventRecorded;
import clinicops.contracts.SchedulingEvent.AlarmAcknowledged;
import clinicops.contracts.SchedulingEvent.AlarmRaised;
import clinicops.contracts.SchedulingEvent.BoosterDue;
import clinicops.contracts.SchedulingEvent.CallDue;
import clinicops.contracts.SchedulingEvent.CallMade;
import clinicops.contracts.SchedulingEvent.CallOverdue;
import clinicops.contracts.SchedulingEvent.CountDiscrepancyFound;
import clinicops.contracts.SchedulingEvent.CourseBooked;
import clinicops.contracts.SchedulingEvent.DrugReceived;
import clinicops.contracts.SchedulingEvent.EscortNamed;
import clinicops.contracts.SchedulingEvent.HelpCalled;
import clinicops.contracts.SchedulingEvent.HomeTabletsPrescribed;
import clinicops.contracts.SchedulingEvent.IntegrationBooked;
import clinicops.contracts.SchedulingEvent.IntegrationCancelled;
import clinicops.contracts.SchedulingEvent.IntegrationDone;
import clinicops.contracts.SchedulingEvent.IntegrationMissed;
import clinicops.contracts.SchedulingEvent.IntegrationMoved;
import clinicops.contracts.SchedulingEvent.NoteOverdue;
import clinicops.contracts.SchedulingEvent.NoteSigned;
import clinicops.contracts.SchedulingEvent.OverrideAsked;
import clinicops.contracts.SchedulingEvent.OverrideDecided;
import clinicops.contracts.SchedulingEvent.PatientCheckedIn;
import clinicops.contracts.SchedulingEvent.PatientLeftAgainstAdvice;
import clinicops.contracts.SchedulingEvent.PatientTransferred;
import clinicops.contracts.SchedulingEvent.PlaceFreed;
import clinicops.contracts.SchedulingEvent.RemsFormDue;
import clinicops.contracts.SchedulingEvent.RemsFormSubmitted;
import clinicops.contracts.SchedulingEvent.RemsPatientEnrolled;
import clinicops.contracts.SchedulingEvent.RescueDrugGiven;
import clinicops.contracts.SchedulingEvent.SessionBooked;
import clinicops.contracts.SchedulingEvent.SessionCancelled;
import clinicops.contracts.SchedulingEvent.SessionCompleted;
import clinicops.contracts.SchedulingEvent.SessionFeeDue;
import clinicops.contracts.SchedulingEvent.SessionFeeWaived;
import clinicops.contracts.SchedulingEvent.SessionHeld;
import clinicops.contracts.SchedulingEvent.SessionMissed;
import clinicops.contracts.SchedulingEvent.SessionMoved;
import clinicops.contracts.SchedulingEvent.SessionPlaceChanged;
import clinicops.contracts.SchedulingEvent.SessionStarted;
import clinicops.contracts.SchedulingEvent.SessionStopped;
import clinicops.contracts.SchedulingEvent.WaitlistOfferEnded;
import clinicops.contracts.SchedulingEvent.WaitlistOffered;
import clinicops.outbox.Received;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One patient's way through all four services, as their events tell it. No name, no clinical text: ids, codes, times and
 * amounts.
 *
 * <p>Between topics no order is promised, and a dead letter comes back days later. So every part is either a set that only
 * grows, a sum over events that each count once, or a {@link Latest}; all orders of the same events give the same journey.
 * Whoever calls {@link #apply} must see to it that an event is applied once.
 */
@Document("journeys")
final class Journey {
    /** Value of {@link #end} while nothing has ended, so that it can be looked for. */
    static final String UNFINISHED = "none";

    static final String EXCLUDED = "excluded";
    static final String DECLINED = "declined";
    static final String AWAITING_SAFETY_REVIEW = "awaiting-safety-review";
    static final String COURSE_COMPLETE = "course-complete-zero-balance";

    private static final Set<String> OVER =
            Set.of("completed", "cancelled", "missed", "left-against-advice", "transferred");

    @Id
    private final String id;

    private final String generation;
    private final String patientId;
    private final Intake intake;
    private final Map<String, Course> courses;
    private final Map<String, Session> sessions;
    private final Billing billing;
    private final Notices notices;
    private String end;
    private long events;

    @PersistenceCreator
    Journey(
            String id,
            String generation,
            String patientId,
            Intake intake,
            Map<String, Course> courses,
            Map<String, Session> sessions,
            Billing billing,
            Notices notices,
            String end,
            long events) {
        this.id = id;
        this.generation = generation;
        this.patientId = patientId;
        this.intake = intake;
        this.courses = courses;
        this.sessions = sessions;
        this.billing = billing;
        this.notices = notices;
        this.end = end;
        this.events = events;
    }

    /** @param generation which build of the read model it belongs to */
    static Journey begin(String generation, String patientId) {
        return new Journey(
                id(generation, patientId),
                generation,
                patientId,
                new Intake(),
                new TreeMap<>(),
                new TreeMap<>(),
                new Billing(),
                new Notices(),
                UNFINISHED,
                0);
    }

    String id() {
        return id;
    }

    static String id(String generation, String patientId) {
        return generation + "/" + patientId;
    }

    void apply(Received<? extends Event> received) {
        switch (received.event()) {
            case IntakeEvent event -> intake.apply(event, received, patientId);
            case SchedulingEvent event -> schedule(event, received);
            case BillingEvent event -> billing.apply(event, received);
            case NotificationEvent event -> notices.apply(event);
            case PulseEvent _ -> throw new IllegalArgumentException("a pulse is no part of a journey");
        }
        events++;
        end = Optional.ofNullable(endState()).orElse(UNFINISHED);
    }

    String patientId() {
        return patientId;
    }

    Intake intake() {
        return intake;
    }

    Map<String, Course> courses() {
        return courses;
    }

    Map<String, Session> sessions() {
        return sessions;
    }

    Billing billing() {
        return billing;
    }

    Notices notices() {
        return notices;
    }

    long events() {
        return events;
    }

    /** excluded, declined, awaiting-safety-review, course-complete-zero-balance; null while the journey goes on. */
    @Nullable
    String endState() {
        return switch (intake.status()) {
            case EXCLUDED -> EXCLUDED;
            case DECLINED -> DECLINED;
            case AWAITING_SAFETY_REVIEW -> AWAITING_SAFETY_REVIEW;
            default -> courseCompleteWithZeroBalance() ? COURSE_COMPLETE : null;
        };
    }

    /** The course that was booked last. */
    Optional<String> latestCourse() {
        return courses.entrySet().stream()
                .max(Comparator.comparing((Map.Entry<String, Course> course) ->
                                course.getValue().bookedAt())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey);
    }

    /** Every session of the course has ended, at least one by being completed, and every completed one has its note. */
    boolean courseComplete() {
        return latestCourse().filter(course -> sessionsOver(sessionsOf(course))).isPresent();
    }

    private boolean sessionsOver(Collection<Session> ofCourse) {
        return ofCourse.stream().allMatch(Session::over)
                && ofCourse.stream().anyMatch(Session::completed)
                && ofCourse.stream().filter(Session::completed).allMatch(session -> session.noteSignedAt != null);
    }

    private boolean courseCompleteWithZeroBalance() {
        if (!courseComplete()) {
            return false;
        }
        Instant lastNote = latestCourse().map(this::sessionsOf).orElse(List.of()).stream()
                .flatMap(session -> Optional.ofNullable(session.noteSignedAt).stream())
                .max(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        return billing.settledSince(lastNote);
    }

    private List<Session> sessionsOf(String courseId) {
        var booked = new TreeSet<String>(courses.getOrDefault(courseId, new Course()).sessionIds);
        sessions.forEach((id, session) -> {
            if (courseId.equals(session.courseId)) {
                booked.add(id);
            }
        });
        return booked.stream()
                .map(id -> sessions.getOrDefault(id, new Session()))
                .toList();
    }

    private void schedule(SchedulingEvent event, Received<? extends Event> received) {
        switch (event) {
            case CourseBooked e ->
                courses.computeIfAbsent(e.courseId(), _ -> new Course()).booked(e);
            case SessionBooked e -> {
                Session session = session(e.sessionId());
                session.courseId = e.courseId();
                session.number = e.number();
                // the beginning of a session's life, whichever aggregate told of it
                session.enter("booked", 0, 0, received);
                session.startsAt(e.startsAt(), -1, received);
            }
            case SessionMoved e -> session(e.sessionId()).startsAt(e.startsAt(), received.sequence(), received);
            case SessionCancelled e -> session(e.sessionId()).enter("cancelled", 9, received);
            case SessionMissed e -> session(e.sessionId()).enter("missed", 9, received);
            case PatientCheckedIn e -> session(e.sessionId()).enter("checked-in", 1, received);
            case SessionHeld e -> session(e.sessionId()).enter("held", 2, received);
            case SessionStarted e -> session(e.sessionId()).enter("dosing", 3, received);
            case SessionStopped e -> session(e.sessionId()).enter("stopped", 4, received);
            case SessionCompleted e -> session(e.sessionId()).enter("completed", 9, received);
            case PatientLeftAgainstAdvice e -> session(e.sessionId()).enter("left-against-advice", 9, received);
            case PatientTransferred e -> session(e.sessionId()).enter("transferred", 9, received);
            case NoteSigned e -> session(e.sessionId()).signed(e.signedAt());
            case AdverseEventRecorded e -> session(e.sessionId()).adverseEvents++;
            case EscortNamed _,
                    BoosterDue _,
                    SessionPlaceChanged _,
                    RescueDrugGiven _,
                    HelpCalled _,
                    AlarmRaised _,
                    AlarmAcknowledged _,
                    OverrideAsked _,
                    OverrideDecided _,
                    NoteOverdue _,
                    DrugReceived _,
                    CountDiscrepancyFound _,
                    RemsPatientEnrolled _,
                    RemsFormDue _,
                    RemsFormSubmitted _,
                    PlaceFreed _,
                    WaitlistOffered _,
                    WaitlistOfferEnded _,
                    SessionFeeDue _,
                    SessionFeeWaived _,
                    CallDue _,
                    CallMade _,
                    CallOverdue _,
                    HomeTabletsPrescribed _,
                    IntegrationBooked _,
                    IntegrationCancelled _,
                    IntegrationDone _,
                    IntegrationMissed _,
                    IntegrationMoved _ -> {
                // told by the entries alone
            }
        }
    }

    private Session session(String sessionId) {
        return sessions.computeIfAbsent(sessionId, _ -> new Session());
    }

    /** What intake knows. */
    static final class Intake {
        private static final String APPROVED = "approved";

        private @Nullable Latest status;
        private @Nullable Latest suicideRisk;
        private Map<String, Latest> plans = new TreeMap<>();
        private @Nullable Latest indication;
        private @Nullable Latest urgency;
        private @Nullable Latest clearedUntil;
        private Map<String, Consent> consents = new TreeMap<>();
        private Set<String> alerts = new TreeSet<>();
        private Set<String> acknowledgedAlerts = new TreeSet<>();
        /** Last moments, as an alert may be raised again after somebody took it up. */
        private Map<String, Instant> alertsRaisedAt = new TreeMap<>();

        private Map<String, Instant> alertsTakenUpAt = new TreeMap<>();

        void apply(IntakeEvent event, Received<? extends Event> received, String patientId) {
            switch (event) {
                case ReferralReceived e -> {
                    indication = Latest.newer(indication, latest(e.indication(), 0, received));
                    urgency = Latest.newer(urgency, latest(e.urgency(), 0, received));
                    enter("referred", 0, received, patientId);
                }
                case PatientRegistered _ -> enter("referred", 1, received, patientId);
                case ScreeningCompleted e -> {
                    suicideRisk = Latest.newer(suicideRisk, latest(e.suicideRisk(), 0, received));
                    switch (e.outcome()) {
                        case "needs-review" -> enter("needs-review", 3, received, patientId);
                        case "excluded" -> enter(EXCLUDED, 6, received, patientId);
                        default -> enter("screened", 2, received, patientId);
                    }
                    if ("high".equals(e.suicideRisk())) {
                        enter(AWAITING_SAFETY_REVIEW, 8, received, patientId);
                    }
                }
                case SafetyAlertRaised e -> {
                    alerts.add(e.alertId());
                    alertsRaisedAt.merge(e.alertId(), e.raisedAt(), Journey::later);
                }
                case SafetyAlertAcknowledged e -> takenUp(e.alertId(), e.acknowledgedAt());
                case PatientsUnmerged e -> {
                    if (e.safetyAlerts() != null) {
                        // the other patient's again
                        e.safetyAlerts().forEach(alert -> takenUp(alert, e.unmergedAt()));
                    }
                }
                case PatientCleared e -> {
                    enter("cleared", 5, received, patientId);
                    clearedUntil =
                            Latest.newer(clearedUntil, latest(e.validUntil().toString(), 0, received));
                }
                case PatientDeclined e ->
                    enter(EXCLUDED.equals(e.kind()) ? EXCLUDED : DECLINED, 7, received, patientId);
                // a new screening lets the clearances go in the same command, and then says more
                case ClearanceLapsed _ -> enter("clearance-lapsed", 1, received, patientId);
                case ConsentSigned e -> consent(e.consentId()).signed(e.drug(), e.route(), e.signedAt());
                case ConsentWithdrawn e -> consent(e.consentId()).withdrawn(e.drug(), e.route(), e.withdrawnAt());
                case TreatmentPlanApproved e -> plans.merge(e.planId(), latest(APPROVED, 0, received), Latest::newer);
                case TreatmentPlanEnded e ->
                    plans.merge(e.planId(), latest("ended-" + e.reason(), 1, received), Latest::newer);
                case CoverageReported _,
                        ContactPreferencesChanged _,
                        PatientsMerged _,
                        LinkRequested _,
                        LinkRevoked _,
                        LinkFinished _,
                        OutcomeRecorded _,
                        WorkupRecorded _,
                        SafetyAlertResolved _ -> {
                    // told by the entries alone
                }
            }
        }

        /** A fact about another aggregate of intake cannot be compared with the patient's own versions: it only begins. */
        private void enter(String value, int rank, Received<? extends Event> received, String patientId) {
            long order = received.subject().equals(patientId) ? received.sequence() : -1;
            status = Latest.newer(status, new Latest(value, order, rank, received.time(), received.id()));
        }

        private Consent consent(String consentId) {
            return consents.computeIfAbsent(consentId, _ -> new Consent());
        }

        String status() {
            return status == null ? "unknown" : status.value();
        }

        @Nullable
        String suicideRisk() {
            return suicideRisk == null ? null : suicideRisk.value();
        }

        /** A plan that replaces another ends it in the same command, so one that runs counts before all that ended. */
        @Nullable
        String plan() {
            Latest newest = null;
            for (Latest plan : plans.values()) {
                if (plan.value().equals(APPROVED)) {
                    return APPROVED;
                }
                newest = Latest.newer(newest, plan);
            }
            return newest == null ? null : newest.value();
        }

        @Nullable
        String indication() {
            return indication == null ? null : indication.value();
        }

        @Nullable
        String urgency() {
            return urgency == null ? null : urgency.value();
        }

        @Nullable
        LocalDate clearedUntil() {
            return clearedUntil == null ? null : LocalDate.parse(clearedUntil.value());
        }

        List<Consent> consents() {
            return List.copyOf(consents.values());
        }

        int openSafetyAlerts() {
            return (int) alerts.stream().filter(this::isOpen).count();
        }

        private void takenUp(String alertId, Instant at) {
            acknowledgedAlerts.add(alertId);
            alertsTakenUpAt.merge(alertId, at, Journey::later);
        }

        private boolean isOpen(String alertId) {
            Instant raised = alertsRaisedAt.get(alertId);
            Instant takenUp = alertsTakenUpAt.get(alertId);
            return !acknowledgedAlerts.contains(alertId)
                    || (raised != null && takenUp != null && raised.isAfter(takenUp));
        }
    }

    /** Consent to one drug by one route. Once withdrawn it stays so; a new signature is a new consent. */
    static final class Consent {
        private @Nullable String drug;
        private @Nullable String route;
        private @Nullable Instant signedAt;
        private @Nullable Instant withdrawnAt;

        private void signed(String drug, String route, Instant at) {
            this.drug = drug;
            this.route = route;
            signedAt = later(signedAt, at);
        }

        private void withdrawn(String drug, String route, Instant at) {
            this.drug = drug;
            this.route = route;
            withdrawnAt = later(withdrawnAt, at);
        }

        @Nullable
        String drug() {
            return drug;
        }

        @Nullable
        String route() {
            return route;
        }

        @Nullable
        Instant signedAt() {
            return signedAt;
        }

        @Nullable
        Instant withdrawnAt() {
            return withdrawnAt;
        }
    }

    /** A course of sessions. */
    static final class Course {
        private @Nullable String drug;
        private @Nullable String route;
        private List<String> sessionIds = List.of();
        private @Nullable Instant bookedAt;

        private void booked(CourseBooked booked) {
            drug = booked.drug();
            route = booked.route();
            sessionIds = List.copyOf(booked.sessionIds());
            bookedAt = booked.bookedAt();
        }

        @Nullable
        String drug() {
            return drug;
        }

        @Nullable
        String route() {
            return route;
        }

        Instant bookedAt() {
            return bookedAt == null ? Instant.MIN : bookedAt;
        }
    }

    /** One session. */
    static final class Session {
        private @Nullable String courseId;
        private int number;
        private @Nullable Latest status;
        private @Nullable Latest startsAt;
        private @Nullable Instant noteSignedAt;
        private int adverseEvents;

        private void enter(String value, int rank, Received<? extends Event> received) {
            enter(value, rank, received.sequence(), received);
        }

        private void enter(String value, int rank, long order, Received<? extends Event> received) {
            status = Latest.newer(status, new Latest(value, order, rank, received.time(), received.id()));
        }

        private void startsAt(Instant at, long order, Received<? extends Event> received) {
            startsAt = Latest.newer(startsAt, new Latest(at.toString(), order, 0, received.time(), received.id()));
        }

        private void signed(Instant at) {
            noteSignedAt = later(noteSignedAt, at);
        }

        boolean over() {
            return OVER.contains(status());
        }

        boolean completed() {
            return "completed".equals(status());
        }

        String status() {
            return status == null ? "unknown" : status.value();
        }

        @Nullable
        String courseId() {
            return courseId;
        }

        int number() {
            return number;
        }

        @Nullable
        Instant startsAt() {
            return startsAt == null ? null : Instant.parse(startsAt.value());
        }

        @Nullable
        Instant noteSignedAt() {
            return noteSignedAt;
        }

        int adverseEvents() {
            return adverseEvents;
        }
    }

    /** What billing knows. */
    static final class Billing {
        private Set<String> coverages = new TreeSet<>();
        private Map<String, Latest> authorizations = new TreeMap<>();
        private Map<String, Latest> claims = new TreeMap<>();
        private Set<String> selfPayAgreements = new TreeSet<>();
        private @Nullable LocalDate benefitsCheckedOn;
        private @Nullable Latest balance;
        private int openClaims;
        private long paidByPatientCents;

        void apply(BillingEvent event, Received<? extends Event> received) {
            switch (event) {
                case CoverageRecorded e -> coverages.add(e.coverageId());
                case BenefitsChecked e -> {
                    if (benefitsCheckedOn == null || e.checkedOn().isAfter(benefitsCheckedOn)) {
                        benefitsCheckedOn = e.checkedOn();
                    }
                }
                case SelfPayAgreed e -> selfPayAgreements.add(e.estimateId());
                case AuthorizationRequested e ->
                    authorizations.merge(e.authorizationId(), latest("requested", 0, received), Latest::newer);
                case AuthorizationGranted e ->
                    authorizations.merge(e.authorizationId(), latest("granted", 1, received), Latest::newer);
                case AuthorizationDenied e ->
                    authorizations.merge(e.authorizationId(), latest("denied", 1, received), Latest::newer);
                case ClaimSubmitted e -> claims.merge(e.claimId(), latest("submitted", 0, received), Latest::newer);
                case ClaimAdjudicated e -> claims.merge(e.claimId(), latest("paid", 1, received), Latest::newer);
                case ClaimDenied e -> claims.merge(e.claimId(), latest("denied", 1, received), Latest::newer);
                case PaymentReceived e -> paidByPatientCents += e.amount().cents();
                case BalanceChanged e -> balanceIs(e, received);
                case EstimateIssued _, AuthorizationRunningOut _, StatementIssued _, SessionCharged _ -> {
                    // told by the entries alone
                }
            }
        }

        /** The patient's account, and no other aggregate, tells of the balance: its versions decide which is newer. */
        private void balanceIs(BalanceChanged changed, Received<? extends Event> received) {
            var arrived = new Latest(
                    String.valueOf(changed.balance().cents()),
                    received.sequence(),
                    0,
                    changed.changedAt(),
                    received.id());
            if (Latest.newer(balance, arrived).equals(arrived)) {
                balance = arrived;
                openClaims = changed.openClaims();
            }
        }

        /** Nothing is owed, no claim is open, and billing said so after it could know of the last note. */
        boolean settledSince(Instant lastNote) {
            return balance != null
                    && "0".equals(balance.value())
                    && openClaims == 0
                    && !balance.at().isBefore(lastNote);
        }

        int coverages() {
            return coverages.size();
        }

        boolean selfPay() {
            return !selfPayAgreements.isEmpty();
        }

        @Nullable
        LocalDate benefitsCheckedOn() {
            return benefitsCheckedOn;
        }

        long authorizationsIn(String state) {
            return in(authorizations, state);
        }

        long claimsIn(String state) {
            return in(claims, state);
        }

        int claims() {
            return claims.size();
        }

        @Nullable
        Long balanceCents() {
            return balance == null ? null : Long.valueOf(balance.value());
        }

        int openClaims() {
            return openClaims;
        }

        long paidByPatientCents() {
            return paidByPatientCents;
        }

        private static long in(Map<String, Latest> states, String state) {
            return states.values().stream()
                    .filter(latest -> latest.value().equals(state))
                    .count();
        }
    }

    /** What the patient was told, or not. */
    static final class Notices {
        private int delivered;
        private int failed;
        private int suppressed;

        void apply(NotificationEvent event) {
            switch (event) {
                case NoticeDelivered _ -> delivered++;
                case NoticeFailed _ -> failed++;
                case NoticeSuppressed _ -> suppressed++;
            }
        }

        int delivered() {
            return delivered;
        }

        int failed() {
            return failed;
        }

        int suppressed() {
            return suppressed;
        }
    }

    private static Instant later(@Nullable Instant held, Instant arrived) {
        return held == null || arrived.isAfter(held) ? arrived : held;
    }

    private static Latest latest(String value, int rank, Received<? extends Event> received) {
        return new Latest(value, received.sequence(), rank, received.time(), received.id());
    }
}
