package clinicops.scheduling.session;

import clinicops.scheduling.readiness.PaymentSource;
import clinicops.scheduling.readiness.TreatmentRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** As much of a session as readiness needs; of five hundred patients it is read at once. */
record TreatedSession(
        String id,
        String patientId,
        String drug,
        String route,
        Start place,
        SessionState state,
        TreatmentSession.@Nullable Escort escort,
        @Nullable Instant checkedInAt,
        @Nullable Asked gate,
        @Nullable Instant doseStartedAt,
        @Nullable PaymentSource paidBy,
        @Nullable List<TreatmentSession.AdverseEvent> adverseEvents) {

    record Start(Instant startsAt) {}

    record Asked(TreatmentRecord.@Nullable Answers answers) {}

    TreatmentRecord.@Nullable Answers answers() {
        return gate == null ? null : gate.answers();
    }

    boolean openReview() {
        return adverseEvents != null && adverseEvents.stream().anyMatch(TreatmentSession.AdverseEvent::waitsForReview);
    }

    /** When a dose began, and what paid for it; empty before. */
    Optional<Paid> dose() {
        return doseStartedAt == null || paidBy == null
                ? Optional.empty()
                : Optional.of(new Paid(doseStartedAt, paidBy));
    }

    record Paid(Instant startedAt, PaymentSource by) {}
}
