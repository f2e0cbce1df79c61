package clinicops.intake.patient;

import java.time.Instant;

/**
 * The patient turned out to be another one, who goes on in their place.
 *
 * @param into id of that patient
 * @param by username
 * @param before the status that an unmerging restores
 */
public record Merge(String into, String by, Instant at, PatientStatus before) {}
