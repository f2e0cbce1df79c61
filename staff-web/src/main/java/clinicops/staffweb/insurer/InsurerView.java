package clinicops.staffweb.insurer;

import java.util.List;

/**
 * A registered insurer as admins see it.
 *
 * @param id also its client id at the token endpoint
 * @param payerCode whose claims its tokens open
 * @param validation {@code validated}: the FHIR door checks what it sends against the whole of FHIR R4; {@code strict}: against
 *     the resources' structure and the clinic's own rules, which is faster
 * @param active an insurer that is switched off gets no new token
 * @param scopes what a token may allow
 * @param version send it as {@code If-Match} with a change
 */
record InsurerView(
        String id,
        String name,
        String payerCode,
        String validation,
        boolean active,
        List<Key> keys,
        List<String> scopes,
        long version) {

    /** @param algorithm {@code RS384} or {@code ES384} */
    record Key(String kid, String algorithm) {}

    static InsurerView of(Insurer insurer) {
        return new InsurerView(
                insurer.id(),
                insurer.name(),
                insurer.payerCode(),
                insurer.validation(),
                insurer.active(),
                insurer.keys().stream()
                        .map(key -> new Key(key.kid(), key.algorithm()))
                        .toList(),
                Insurer.SCOPES,
                insurer.version());
    }
}
