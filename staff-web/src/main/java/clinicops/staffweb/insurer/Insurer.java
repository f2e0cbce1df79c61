package clinicops.staffweb.insurer;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A program of an insurer that may ask for tokens of the FHIR door. An admin registers it with its public keys; it may change
 * its name, its keys and how its resources are checked, and be switched off and on. The payer it speaks for stays the same for
 * good: its tokens open that payer's rows. It is never deleted, because audit rows name it.
 */
@Document("insurers")
final class Insurer {
    /** What an insurer may do: read and search claims and whom they are for, and answer them (SMART App Launch 2, scopes). */
    static final List<String> SCOPES =
            List.of("system/Claim.rs", "system/ClaimResponse.crs", "system/Patient.rs", "system/Coverage.rs");

    @Id
    private final String id;

    private final String payerCode;
    private String name;
    private String validation;
    private List<InsurerKey> keys;
    private boolean active;

    @Version
    private @Nullable Long version;

    @PersistenceCreator
    Insurer(
            String id,
            String payerCode,
            String name,
            String validation,
            List<InsurerKey> keys,
            boolean active,
            @Nullable Long version) {
        this.id = id;
        this.payerCode = payerCode;
        this.name = name;
        this.validation = validation;
        this.keys = List.copyOf(keys);
        this.active = active;
        this.version = version;
    }

    /** @param validation {@code validated} or {@code strict}: how the FHIR door checks what this insurer sends */
    static Insurer register(String id, String payerCode, String name, String validation, List<InsurerKey> keys) {
        return new Insurer(id, payerCode, name, validation, keys, true, null);
    }

    /** @param newKeys null keeps the present ones */
    void change(String name, String validation, boolean active, @Nullable List<InsurerKey> newKeys) {
        this.name = name;
        this.validation = validation;
        this.active = active;
        if (newKeys != null) {
            this.keys = List.copyOf(newKeys);
        }
    }

    /** These scopes as a token names them: always in the same order. */
    static String named(Set<String> scopes) {
        return SCOPES.stream().filter(scopes::contains).collect(Collectors.joining(" "));
    }

    /** Also its client id at the token endpoint. */
    String id() {
        return id;
    }

    String payerCode() {
        return payerCode;
    }

    String name() {
        return name;
    }

    String validation() {
        return validation;
    }

    List<InsurerKey> keys() {
        return keys;
    }

    boolean active() {
        return active;
    }

    long version() {
        return version == null ? 0 : version;
    }
}
