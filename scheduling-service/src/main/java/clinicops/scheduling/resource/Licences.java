package clinicops.scheduling.resource;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose credentials hold until when. Only what is on record can expire: a clinic that has not recorded a credential yet is told
 * that it is missing, and is not stopped.
 */
final class Licences {
    private final Map<String, LocalDate> lastDays = new HashMap<>();

    private Licences() {}

    static Licences unknown() {
        return new Licences();
    }

    static Licences of(CredentialTerms terms, List<Credential> credentials) {
        Licences licences = new Licences();
        for (Means.Kind kind : Means.Kind.values()) {
            credentials.stream()
                    .filter(credential -> terms.askedOf(kind).contains(credential.kind()))
                    .forEach(credential -> licences.lastDays.merge(
                            kind.named(credential.username()),
                            credential.expiresOn(),
                            (one, other) -> one.isBefore(other) ? one : other));
        }
        return licences;
    }

    boolean hasExpired(Means.Kind kind, String username, LocalDate day) {
        LocalDate lastDay = lastDays.get(kind.named(username));
        return lastDay != null && day.isAfter(lastDay);
    }
}
