package clinicops.notification.link;

import clinicops.notification.template.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A link by which one patient fills in one thing, without an account.
 *
 * <p>Intake asks for it. Each message that tells it gets a token of its own, made at the moment of sending and kept as a hash
 * alone, so that nobody who reads this database can use it; a message that is sent again after a crash brings another token,
 * and both work. It opens until it expires or is revoked, as often as the patient likes: they may stop and go on later.
 *
 * <p>Invariants: purpose, resource, patient and expiry never change; what is revoked stays revoked.
 */
@Document("links")
public final class PatientLink {

    /**
     * A token that went out.
     *
     * @param hash SHA-256 of the token's text, in hexadecimal
     */
    record Issued(String hash, String channel, Instant at) {}

    @Id
    private final String id;

    @Version
    private @Nullable Long version;

    private final String patientId;
    private final String purpose;
    private final String resource;
    private final Instant expiresAt;
    private List<Issued> issued;
    private @Nullable Instant revokedAt;
    private @Nullable Instant lastUsedAt;

    @PersistenceCreator
    PatientLink(
            String id,
            @Nullable Long version,
            String patientId,
            String purpose,
            String resource,
            Instant expiresAt,
            List<Issued> issued,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt) {
        this.id = id;
        this.version = version;
        this.patientId = patientId;
        this.purpose = purpose;
        this.resource = resource;
        this.expiresAt = expiresAt;
        this.issued = issued;
        this.revokedAt = revokedAt;
        this.lastUsedAt = lastUsedAt;
    }

    static PatientLink requested(String id, String patientId, String purpose, String resource, Instant expiresAt) {
        return new PatientLink(id, null, patientId, purpose, resource, expiresAt, List.of(), null, null);
    }

    /** A message with this token is about to go out. */
    void issue(String hash, Channel channel, Instant at) {
        if (revokedAt != null) {
            throw new IllegalStateException("link " + id + " is revoked");
        }
        var more = new ArrayList<>(issued);
        more.add(new Issued(hash, channel.code(), at));
        issued = List.copyOf(more);
    }

    void revoke(Instant at) {
        if (revokedAt == null) {
            revokedAt = at;
        }
    }

    void use(Instant at) {
        lastUsedAt = at;
    }

    boolean isRevoked() {
        return revokedAt != null;
    }

    boolean isExpiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }

    String id() {
        return id;
    }

    long version() {
        return version == null ? 0 : version;
    }

    String patientId() {
        return patientId;
    }

    /** paperwork, assessment. */
    String purpose() {
        return purpose;
    }

    /** What it opens, in intake's words. */
    String resource() {
        return resource;
    }

    Instant expiresAt() {
        return expiresAt;
    }
}
