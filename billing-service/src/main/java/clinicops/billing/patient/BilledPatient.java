package clinicops.billing.patient;

import clinicops.contracts.ContactCard;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What billing knows of a patient: that they exist, a name for statements and claims, and what the plan treats. Facts arrive in
 * any order, so the document may begin with a card or a plan; for the staff the patient exists once registered.
 */
@Document("patients")
public class BilledPatient {
    @Id
    private final String patientId;

    @Version
    private long version;

    private boolean registered;
    private @Nullable String givenName;
    private @Nullable String familyName;
    private @Nullable String diagnosisCode;
    private @Nullable String drug;
    private @Nullable String route;

    @PersistenceCreator
    BilledPatient(
            String patientId,
            long version,
            boolean registered,
            @Nullable String givenName,
            @Nullable String familyName,
            @Nullable String diagnosisCode,
            @Nullable String drug,
            @Nullable String route) {
        this.patientId = patientId;
        this.version = version;
        this.registered = registered;
        this.givenName = givenName;
        this.familyName = familyName;
        this.diagnosisCode = diagnosisCode;
        this.drug = drug;
        this.route = route;
    }

    static BilledPatient unknown(String patientId) {
        return new BilledPatient(patientId, 0, false, null, null, null, null, null);
    }

    void register() {
        registered = true;
    }

    /** Takes the name of the card and nothing else: billing has no use for the rest. */
    void name(ContactCard card) {
        givenName = card.givenName();
        familyName = card.familyName();
    }

    /** The patient asked to be forgotten: money stays, the name goes. */
    void forgetName() {
        givenName = null;
        familyName = null;
    }

    void plan(String diagnosisCode, String drug, String route) {
        this.diagnosisCode = diagnosisCode;
        this.drug = drug;
        this.route = route;
    }

    public String patientId() {
        return patientId;
    }

    /** For statements and claims; null when no card has arrived or it was erased. */
    public @Nullable String fullName() {
        return givenName == null ? null : givenName + " " + familyName;
    }

    /** ICD-10-CM code of the approved plan; null before there is one. */
    public @Nullable String diagnosisCode() {
        return diagnosisCode;
    }

    /** Drug of the approved plan; null before there is one. */
    public @Nullable String drug() {
        return drug;
    }

    /** Route of the approved plan; null before there is one. */
    public @Nullable String route() {
        return route;
    }
}
