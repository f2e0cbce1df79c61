package clinicops.staffweb.journey;

import clinicops.contracts.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A patient's journey through all services.
 *
 * @param billing null for a caller who is not to see money
 * @param endState excluded, declined, awaiting-safety-review, course-complete-zero-balance; null while it goes on
 * @param events how many events it is made of
 * @param entries the newest 500, oldest of them first; null in lists
 */
record JourneyView(
        String patientId,
        IntakeView intake,
        SchedulingView scheduling,
        @Nullable BillingView billing,
        NoticesView notices,
        @Nullable String endState,
        long events,
        @Nullable List<EntryView> entries) {

    /**
     * @param status unknown, referred, screened, needs-review, awaiting-safety-review, excluded, declined, cleared,
     *     clearance-lapsed
     * @param suicideRisk none, low, moderate, high (C-SSRS screener); null before screening and for a biller
     * @param openSafetyAlerts 0 for a biller
     * @param clearedUntil last day before which the clearance holds (exclusive)
     * @param plan approved, or ended- and why; null without one
     */
    record IntakeView(
            String status,
            @Nullable String indication,
            @Nullable String urgency,
            @Nullable String suicideRisk,
            int openSafetyAlerts,
            @Nullable LocalDate clearedUntil,
            List<ConsentView> consents,
            @Nullable String plan) {}

    record ConsentView(
            @Nullable String drug,
            @Nullable String route,
            @Nullable Instant signedAt,
            @Nullable Instant withdrawnAt) {}

    /**
     * @param courses how many were booked
     * @param sessionsByState counts by state: booked, checked-in, held, dosing, stopped, completed, cancelled, missed,
     *     left-against-advice, transferred
     * @param courseComplete whether the latest course is over, notes signed
     * @param nextSessionAt earliest start of a session that is still booked
     */
    record SchedulingView(
            int courses,
            int sessionsBooked,
            int sessionsDone,
            int notesSigned,
            Map<String, Integer> sessionsByState,
            boolean courseComplete,
            @Nullable Instant nextSessionAt) {}

    /**
     * @param balance what the patient owes; null before billing said anything
     * @param openClaims claims and unbilled sessions without an answer
     */
    record BillingView(
            @Nullable Money balance,
            int openClaims,
            int claims,
            long claimsPaid,
            long claimsDenied,
            Money paidByPatient,
            int coverages,
            @Nullable LocalDate benefitsCheckedOn,
            long authorizationsGranted,
            boolean selfPay) {}

    record NoticesView(int delivered, int failed, int suppressed) {}

    /**
     * @param id of the event
     * @param causedBy id of the entry's cause, where an event was the cause
     * @param resource id of what the event is about
     */
    record EntryView(
            String id,
            Instant at,
            String service,
            String type,
            @Nullable String summary,
            String resource,
            @Nullable String causedBy,
            String correlationId) {
        static EntryView of(JourneyEntry entry) {
            return new EntryView(
                    entry.eventId(),
                    entry.at(),
                    entry.service(),
                    entry.type(),
                    entry.summary(),
                    entry.subject(),
                    entry.causedBy(),
                    entry.correlationId());
        }
    }

    static JourneyView of(Journey journey, JourneySight sight, @Nullable List<JourneyEntry> entries) {
        return new JourneyView(
                journey.patientId(),
                intake(journey.intake(), sight != JourneySight.WITHOUT_SCREENING),
                scheduling(journey),
                sight == JourneySight.WITHOUT_MONEY ? null : billing(journey.billing()),
                new NoticesView(
                        journey.notices().delivered(),
                        journey.notices().failed(),
                        journey.notices().suppressed()),
                journey.endState(),
                journey.events(),
                entries == null
                        ? null
                        : entries.stream()
                                .filter(entry -> sight.shows(entry.service() + "." + entry.type()))
                                .map(EntryView::of)
                                .toList());
    }

    private static IntakeView intake(Journey.Intake intake, boolean screening) {
        return new IntakeView(
                intake.status(),
                intake.indication(),
                intake.urgency(),
                screening ? intake.suicideRisk() : null,
                screening ? intake.openSafetyAlerts() : 0,
                intake.clearedUntil(),
                intake.consents().stream()
                        .map(consent -> new ConsentView(
                                consent.drug(), consent.route(), consent.signedAt(), consent.withdrawnAt()))
                        .sorted(Comparator.comparing(
                                ConsentView::signedAt, Comparator.nullsFirst(Comparator.naturalOrder())))
                        .toList(),
                intake.plan());
    }

    private static SchedulingView scheduling(Journey journey) {
        var byState = new TreeMap<String, Integer>();
        var sessions = journey.sessions().values();
        sessions.forEach(session -> byState.merge(session.status(), 1, Integer::sum));
        Instant next = null;
        for (Journey.Session session : sessions) {
            Instant startsAt = session.startsAt();
            if ("booked".equals(session.status()) && startsAt != null && (next == null || startsAt.isBefore(next))) {
                next = startsAt;
            }
        }
        return new SchedulingView(
                journey.courses().size(),
                sessions.size(),
                byState.getOrDefault("completed", 0),
                (int) sessions.stream()
                        .filter(session -> session.noteSignedAt() != null)
                        .count(),
                byState,
                journey.courseComplete(),
                next);
    }

    private static BillingView billing(Journey.Billing billing) {
        Long balance = billing.balanceCents();
        return new BillingView(
                balance == null ? null : Money.usd(balance),
                billing.openClaims(),
                billing.claims(),
                billing.claimsIn("paid"),
                billing.claimsIn("denied"),
                Money.usd(billing.paidByPatientCents()),
                billing.coverages(),
                billing.benefitsCheckedOn(),
                billing.authorizationsIn("granted"),
                billing.selfPay());
    }
}
