package clinicops.intake.patient;

import java.time.Instant;

/** A clinician's refusal. {@code reason} is free text and never leaves intake-service. */
public record Decline(ClearanceKind kind, String declinedBy, Instant declinedAt, String reason) {}
