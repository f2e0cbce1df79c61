package clinicops.staffweb.insurer;

/**
 * One public key of an insurer.
 *
 * @param kid its id in the headers of the insurer's assertions
 * @param algorithm {@code RS384} or {@code ES384}: a key is good for one
 * @param jwk the key as JSON (RFC 7517), public parts only
 */
record InsurerKey(String kid, String algorithm, String jwk) {}
