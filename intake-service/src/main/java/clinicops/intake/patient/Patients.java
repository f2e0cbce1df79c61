package clinicops.intake.patient;

import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The clinic's patients. Any member of staff whom the access table lets in may see any of them. */
public interface Patients extends Repository<Patient, String> {
    Patient save(Patient patient);

    List<Patient> saveAll(Iterable<Patient> newcomers);

    /** Those of these referrals, by the referrers' own keys, that brought a patient already. */
    @Query("{'referral.importKey': {$in: ?0}}")
    List<Patient> broughtByAny(Collection<String> importKeys);

    @Query("{_id: ?0}")
    Optional<Patient> forStaff(String patientId);

    /**
     * The patient, to add something to what is kept of them.
     *
     * @throws NotFound for an unknown id
     * @throws RuleViolation {@code patient-merged} (409) when another patient goes on in this one's place
     */
    default Patient toActOn(String patientId) {
        Patient patient = forStaff(patientId).orElseThrow(() -> new NotFound("patient", patientId));
        patient.requireNotMerged();
        return patient;
    }

    /** Who goes on for a patient: themselves, unless they were merged into another. The id itself when nobody has it. */
    default String whoGoesOnFor(String patientId) {
        String id = patientId;
        var merge = forStaff(id).map(Patient::merge);
        while (merge.isPresent()) {
            id = merge.get().into();
            merge = forStaff(id).map(Patient::merge);
        }
        return id;
    }

    @Query("{_id: {$in: ?0}}")
    List<Patient> among(Collection<String> patientIds);

    /** The patient whom this referral, by the referrer's own key, brought here. */
    @Query("{'referral.importKey': ?0}")
    Optional<Patient> broughtBy(String importKey);

    /** Who has a clearance whose time is over. */
    @Query(value = "{'clearances.expiresAt': {$lte: ?0}}", fields = "{_id: 1}")
    List<PatientId> withClearanceExpiredBy(Instant now);

    /** True when the clinic has any patient. */
    boolean existsBy();

    /** The clearance that expires next, of whomever. */
    Optional<Patient> findFirstByClearancesExpiresAtAfterOrderByClearancesExpiresAt(Instant anyTime);

    /** Just the id. */
    record PatientId(String id) {}
}
