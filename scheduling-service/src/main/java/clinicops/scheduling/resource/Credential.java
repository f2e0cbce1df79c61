package clinicops.scheduling.resource;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A licence or certificate of a member of staff. There is one of each kind; a renewal replaces the date.
 *
 * @param id {@code username|kind}
 * @param number as issued; null when it has none
 * @param expiresOn the last day on which it is valid
 */
@Document("credentials")
record Credential(
        @Id String id,
        @Version long version,
        String username,
        CredentialKind kind,
        @Nullable String number,
        LocalDate expiresOn) {

    /** Professional licence; DEA registration; advanced and basic life support. */
    enum CredentialKind {
        @JsonProperty("license")
        LICENSE,
        @JsonProperty("dea")
        DEA,
        @JsonProperty("acls")
        ACLS,
        @JsonProperty("bls")
        BLS
    }

    static String id(String username, CredentialKind kind) {
        return username + "|" + kind.name().toLowerCase(Locale.ROOT);
    }

    boolean hasExpiredBy(LocalDate day) {
        return day.isAfter(expiresOn);
    }
}
