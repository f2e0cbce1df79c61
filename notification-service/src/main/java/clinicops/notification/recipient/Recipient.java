package clinicops.notification.recipient;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A patient as somebody to write to.
 *
 * <p>The card with name and addresses comes on one topic, the preferences on another, in any order; both are needed to reach
 * the patient. The card is kept as it came, sealed, and opened only to write a message. A tombstone erases it: nothing is
 * sent to an erased patient unless a new card comes.
 */
@Document("recipients")
public final class Recipient {

    /**
     * How the patient may be reached.
     *
     * @param language BCP 47
     * @param zone IANA zone that the patient lives in
     */
    public record Preferences(String language, String zone, boolean emailAllowed, boolean smsAllowed) {}

    @Id
    private final String patientId;

    @Version
    private @Nullable Long version;

    private @Nullable String sealedCard;
    private @Nullable Preferences preferences;
    private boolean erased;
    private long looks;

    @PersistenceCreator
    Recipient(
            String patientId,
            @Nullable Long version,
            @Nullable String sealedCard,
            @Nullable Preferences preferences,
            boolean erased,
            long looks) {
        this.patientId = patientId;
        this.version = version;
        this.sealedCard = sealedCard;
        this.preferences = preferences;
        this.erased = erased;
        this.looks = looks;
    }

    /** Somebody of whom nothing is known yet. */
    public static Recipient unknown(String patientId) {
        return new Recipient(patientId, null, null, null, false, 0);
    }

    public void receiveCard(String sealed) {
        sealedCard = sealed;
        erased = false;
    }

    public void erase() {
        sealedCard = null;
        erased = true;
    }

    public void prefer(Preferences stated) {
        preferences = stated;
    }

    /**
     * Somebody looked for the card in vain. Saving this makes the look and a card that arrives at the same moment collide, so
     * that no notice waits for a card that has come.
     */
    public void missed() {
        looks++;
    }

    /** Whether a message can be written: card and preferences are there. */
    public boolean isReachable() {
        return sealedCard != null && preferences != null;
    }

    public String patientId() {
        return patientId;
    }

    public @Nullable String sealedCard() {
        return sealedCard;
    }

    public @Nullable Preferences preferences() {
        return preferences;
    }

    public boolean isErased() {
        return erased;
    }

    /** Null when it is not known yet. */
    public @Nullable ZoneId zone() {
        return preferences == null ? null : ZoneId.of(preferences.zone());
    }
}
